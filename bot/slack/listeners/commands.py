"""Hears the slash command: the same answer, for the eyes of the asker alone."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.keeping import Asked
from bot.slack.listeners.hearing import Body, person_in
from bot.slack.lookups import look_up
from bot.slack.needs import Needs
from bot.slack.places import Aside
from bot.slack.reception import Reception
from bot.slack.subcommands import read_command
from bot.slack.workers import Workers


NEEDS = Needs(scopes={"commands": "hears its slash command and its shortcuts"})


def register(app: AsyncApp, reception: Reception, workers: Workers) -> None:
    """Answer a command aside; without a question, say how to ask.

    A question is written down before its acknowledgement; the rest is shown at once.
    """

    async def on_command(
        ack: AsyncAck, command: Body, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        desk, asker = reception.speaking(client), person_in(command, context)
        place = Aside(command["response_url"])
        commanded = read_command(command.get("text") or "")
        if commanded.verb != "ask":
            await ack()
            messages = await look_up(desk, commanded, asker)
            await desk.delivery.post(place, *messages)
            return
        key = f"{command['team_id']}:{command['channel_id']}:{command['trigger_id']}"
        asked = Asked(commanded.rest, place, key, thread=key, asker=asker)
        owed = await desk.hear(asked)  # a command belongs to no thread
        await ack()
        if owed is not None:
            await workers.work(owed)

    app.command(reception.house.command)(on_command)
