"""Hears when somebody presses Stop while we work on an answer."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.listeners.hearing import Body
from bot.slack.needs import Needs
from bot.slack.places import Thread
from bot.slack.reception import Reception


NEEDS = Needs(events=("agent_session_stopped",))


def register(app: AsyncApp, reception: Reception) -> None:
    """Give up the answer of that conversation.

    We never stream, so the messages that Slack itself has stopped are none of ours.
    """

    async def on_stopped(
        event: Body, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        thread = Thread(event["channel"], event["thread_ts"])
        await reception.speaking(client).stop(context.team_id or "", thread)

    app.event("agent_session_stopped")(on_stopped)
