"""Keeps the app silent where other organisations would read it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse

from bot.slack.listeners.hearing import Body, is_shared_outside


async def stay_silent(
    body: Body, ack: AsyncAck, next_: Callable[[], Awaitable[None]]
) -> BoltResponse | None:
    """Take note of what comes from a channel shared outside, and answer nothing."""
    if is_shared_outside(body):
        return await ack()
    await next_()
    return None
