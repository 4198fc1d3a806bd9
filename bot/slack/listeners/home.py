"""Hears when somebody opens the app: its home tab, or the conversation with it."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.home import show_home
from bot.slack.listeners.hearing import Body
from bot.slack.needs import Needs
from bot.slack.person import Person
from bot.slack.places import Thread
from bot.slack.reception import Reception


NEEDS = Needs(events=("app_home_opened",))


def register(app: AsyncApp, reception: Reception) -> None:
    """Show the home tab; offer first questions in a conversation."""

    async def on_opened(
        event: Body, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        desk = reception.speaking(client)
        if event.get("tab") == "home":
            await show_home(desk, Person(context.team_id or "", event["user"]))
        elif event.get("tab") == "messages":
            examples = desk.house.catalogue.trial.examples
            await desk.courtesies.suggest(Thread(event["channel"]), examples)

    app.event("app_home_opened")(on_opened)
