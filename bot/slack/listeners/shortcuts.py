"""Hears the shortcuts: on anyone's message, and from anywhere to ask in private."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks import views
from bot.slack.keeping import Asked
from bot.slack.listeners.hearing import Body, person_in
from bot.slack.needs import Needs
from bot.slack.places import Aside, Opening
from bot.slack.reception import Reception, without_mention
from bot.slack.workers import Workers


ANSWER_THIS = "answer-from-the-file"
ASK_PRIVATELY = "ask-privately"
NEEDS = Needs(shortcuts={ANSWER_THIS: "message", ASK_PRIVATELY: "global"})


def register(app: AsyncApp, reception: Reception, workers: Workers) -> None:
    """Answer a message for whoever wants to know; open a window to ask in."""

    async def on_message(
        ack: AsyncAck, shortcut: Body, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        text = (shortcut.get("message") or {}).get("text") or ""
        person = person_in(shortcut, context)
        key = f"{person.team}:{person.user}:{shortcut['trigger_id']}"
        asked = Asked(
            text=without_mention(text, context.bot_user_id or ""),
            place=Aside(shortcut["response_url"]),
            key=key,
            thread=key,
            asker=person,
        )
        owed = await reception.speaking(client).hear(asked)
        await ack()
        if owed is not None:
            await workers.work(owed)

    async def on_anywhere(
        ack: AsyncAck, shortcut: Body, client: AsyncWebClient
    ) -> None:
        await ack()
        window = Opening(shortcut["trigger_id"])
        await reception.speaking(client).delivery.show(window, views.asking())

    app.message_shortcut(ANSWER_THIS)(on_message)
    app.global_shortcut(ASK_PRIVATELY)(on_anywhere)
