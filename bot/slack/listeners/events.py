"""Hears what people write: to us, in our threads, anew, and no longer."""

from __future__ import annotations

import re
from dataclasses import replace

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import on_call
from bot.slack.listeners.hearing import (
    TO_ANOTHER,
    Body,
    deletion_in,
    edit_in,
    is_deletion,
    is_from_a_person,
    is_in_thread,
    is_question,
    question_in,
)
from bot.slack.needs import Needs
from bot.slack.places import Thread
from bot.slack.reception import Reception, thread_key


NEEDS = Needs(
    scopes={
        "app_mentions:read": "hears when somebody mentions the app",
        "im:history": "hears what somebody writes to the app directly",
        "channels:history": "hears follow-ups in threads where it was asked",
        "groups:history": "hears follow-ups in threads of private channels",
        "mpim:history": "hears follow-ups in threads of group messages",
    },
    events=(
        "app_mention",
        "message.im",
        "message.channels",
        "message.groups",
        "message.mpim",
    ),
)


def register(app: AsyncApp, reception: Reception) -> None:
    """Answer questions and follow-ups; keep up with edits and deletions."""

    async def on_message(
        event: Body, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        desk = reception.speaking(client)
        if is_deletion(event):
            await desk.take_back(*deletion_in(event, context.team_id or ""))
        elif event.get("subtype") == "message_changed":
            await _on_edit(desk, event, context)
        else:
            await _on_words(desk, event, context)

    app.event("app_mention")(on_message)
    app.event("message")(on_message)


def register_rest(app: AsyncApp) -> None:
    """Take note of every other event, or Slack counts failures."""

    async def on_anything_else() -> None:
        """Slack has its 200; there is nothing to say."""

    app.event(re.compile(""))(on_anything_else)


async def _on_words(desk: Reception, event: Body, context: AsyncBoltContext) -> None:
    team, bot_user = context.team_id or "", context.bot_user_id or ""
    if is_question(event):
        await desk.answer(question_in(event, team, bot_user))
    elif is_from_a_person(event) and is_in_thread(event):
        await _on_words_in_thread(desk, event, context)


async def _on_words_in_thread(
    desk: Reception, event: Body, context: AsyncBoltContext
) -> None:
    """Bring back what the on-call team says, or answer a follow-up.

    Whoever mentions somebody at the beginning speaks to them, and not to us.
    """
    text, team = event.get("text") or "", context.team_id or ""
    if TO_ANOTHER.match(text) or f"<@{context.bot_user_id}" in text:
        return  # our own mention comes as an event of its own
    thread = Thread(event["channel"], event["thread_ts"])
    bridge = await desk.memories.bridges.at(thread)
    if bridge is not None:
        key = f"{team}:{event['channel']}:{event['ts']}"
        await on_call.bring_back(desk, bridge, on_call.Words(event["user"], text, key))
    elif await desk.memories.joined.has(thread_key(team, thread)):
        asked = question_in(event, team, context.bot_user_id or "")
        await desk.answer(replace(asked, overheard=True))


async def _on_edit(desk: Reception, event: Body, context: AsyncBoltContext) -> None:
    message = edit_in(event)
    if message is not None:
        bot_user = context.bot_user_id or ""
        await desk.revise(question_in(message, context.team_id or "", bot_user))
