"""Keeps the app silent where other organisations would read it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.listeners.hearing import is_shared_outside


class Silence(AsyncMiddleware):
    """Takes note of what comes from a channel shared outside, and answers nothing."""

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002  Bolt's signature
    ) -> BoltResponse | None:
        """Acknowledge it where others read it; else go on."""
        if is_shared_outside(req.body):
            return await req.context.ack()
        await next()
        return resp
