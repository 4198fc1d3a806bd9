"""Hears taps on the buttons under a reply."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.slack.blocks.reply import SUGGESTION
from bot.slack.listeners.hearing import Body, places_of
from bot.slack.needs import Needs
from bot.slack.reception import Reception


NEEDS = Needs()  # taps come to every app that posts buttons


def register(app: AsyncApp, reception: Reception) -> None:
    """Show what a suggestion names, where it was tapped; take note of other taps."""

    async def on_suggestion(ack: AsyncAck, action: Body, body: Body) -> None:
        await ack()
        key = f"{body['user']['id']}:{body['trigger_id']}:{action['action_id']}"
        for place in places_of(body):
            await reception.tell(action["value"], place, key)

    async def on_anything_else(ack: AsyncAck) -> None:
        await ack()

    app.action(SUGGESTION)(on_suggestion)
    app.action(re.compile(""))(on_anything_else)
