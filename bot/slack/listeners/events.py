"""Hears mentions and direct messages."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack.listeners.hearing import Body, is_question, question_in
from bot.slack.needs import Needs
from bot.slack.reception import Reception


NEEDS = Needs(
    scopes={
        "app_mentions:read": "hears when somebody mentions the app",
        "im:history": "hears what somebody writes to the app directly",
    },
    events=("app_mention", "message.im"),
)


def register(app: AsyncApp, reception: Reception) -> None:
    """Answer questions; take note of every other event, or Slack counts failures."""

    async def on_message(event: Body, context: AsyncBoltContext) -> None:
        if is_question(event):
            bot_user = context.bot_user_id or ""
            asked = question_in(event, context.team_id or "", bot_user)
            await reception.answer(asked)

    async def on_anything_else() -> None:
        """Slack has its 200; there is nothing to say."""

    app.event("app_mention")(on_message)
    app.event("message")(on_message)
    app.event(re.compile(""))(on_anything_else)
