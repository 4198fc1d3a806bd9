"""Hears the slash command: the same answer, for the eyes of the asker alone."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.slack.delivery import Aside
from bot.slack.listeners.hearing import Body
from bot.slack.needs import Needs
from bot.slack.reception import Asked, Reception


NEEDS = Needs(scopes={"commands": "hears its slash command"})


def register(app: AsyncApp, reception: Reception) -> None:
    """Answer a command aside; without a question, say how to ask."""

    async def on_command(ack: AsyncAck, command: Body) -> None:
        await ack()
        key = f"{command['team_id']}:{command['channel_id']}:{command['trigger_id']}"
        asked = Asked(
            text=command.get("text") or "",
            place=Aside(command["response_url"]),
            key=key,
            thread=key,  # a command belongs to no thread
        )
        await reception.answer(asked)

    app.command(reception.command)(on_command)
