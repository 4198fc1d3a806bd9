"""Hears when a conversation begins in the older assistant view.

The agent view, which is first, tells of this by `app_home_opened`; see listeners.home.
"""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.listeners.hearing import Body
from bot.slack.needs import Needs
from bot.slack.places import Thread
from bot.slack.reception import Reception


FALLBACK_EVENTS = ("assistant_thread_started", "assistant_thread_context_changed")
NEEDS = Needs()  # the fallback events are in a comment of the manifest


def register(app: AsyncApp, reception: Reception) -> None:
    """Offer first questions in a new conversation."""

    async def on_started(event: Body, client: AsyncWebClient) -> None:
        about = event.get("assistant_thread") or {}
        thread = Thread(about["channel_id"], about["thread_ts"])
        examples = reception.house.catalogue.trial.examples
        await reception.speaking(client).courtesies.suggest(thread, examples)

    async def on_context() -> None:
        """What somebody looks at changes no answer."""

    app.event("assistant_thread_started")(on_started)
    app.event("assistant_thread_context_changed")(on_context)
