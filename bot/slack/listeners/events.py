"""Hears what people write: to us, in our threads, anew, and no longer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.promise.question import Owed
from bot.slack import on_call
from bot.slack.listeners.before_ack import BeforeAck, event_of
from bot.slack.listeners.hearing import (
    TO_ANOTHER,
    Body,
    Own,
    deletion_in,
    edit_in,
    is_deletion,
    is_from_a_person,
    is_in_thread,
    is_question,
    own_in,
    question_in,
)
from bot.slack.needs import Needs
from bot.slack.places import Thread
from bot.slack.reception import Reception, thread_key
from bot.slack.workers import Workers


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
NOTED = "noted"  # where the context keeps what was written down


@dataclass(frozen=True, slots=True)
class Noted:
    """What was written down before Slack was told that it arrived."""

    owed: Owed | None = None  # a new question
    again: str = ""  # the key of one that was edited or deleted


def register(app: AsyncApp, reception: Reception, workers: Workers) -> None:
    """Answer questions and follow-ups; keep up with edits and deletions."""

    async def write_down(request: AsyncBoltRequest) -> None:
        context = request.context
        desk, own = reception.speaking(context.client), own_in(context)
        context[NOTED] = await noted(desk, event_of(request), own)

    async def on_message(
        event: Body, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        noted: Noted = context[NOTED]
        if noted.owed is not None:
            await workers.work(noted.owed)
        elif noted.again:
            await workers.take_up(noted.again)
        else:
            await _bring_back(reception.speaking(client), event, own_in(context))

    first = BeforeAck(write_down)
    app.event("app_mention", middleware=[first])(on_message)
    app.event("message", middleware=[first])(on_message)


def register_rest(app: AsyncApp) -> None:
    """Take note of every other event, or Slack counts failures."""

    async def on_anything_else() -> None:
        """Slack has its 200; there is nothing to say."""

    app.event(re.compile(""))(on_anything_else)


async def noted(desk: Reception, event: Body, own: Own) -> Noted:
    """Write down what an event asks of us, if it asks anything."""
    if is_deletion(event):
        key = deletion_in(event, own.team)
        return Noted(again=key if await desk.memories.inbox.withdraw(key) else "")
    if event.get("subtype") == "message_changed":
        return Noted(again=await _edited(desk, event, own))
    if not (is_question(event) or await _is_follow_up(desk, event, own)):
        return Noted()
    asked = question_in(event, own)
    overheard = not is_question(event)
    return Noted(await desk.hear(replace(asked, overheard=overheard)))


async def _edited(desk: Reception, event: Body, own: Own) -> str:
    """The key of a question of ours that was edited; empty if it is none."""
    message = edit_in(event)
    if message is None:
        return ""
    asked = question_in(message, own)
    return asked.key if await desk.rehear(asked) else ""


async def _is_follow_up(desk: Reception, event: Body, own: Own) -> bool:
    """Whether somebody goes on in a thread of ours, and speaks to nobody else."""
    if not _is_said_below(event, own):
        return False
    thread = Thread(event["channel"], event["thread_ts"])
    if await desk.memories.bridges.at(thread) is not None:
        return False
    return await desk.memories.joined.has(thread_key(own.team, thread))


def _is_said_below(event: Body, own: Own) -> bool:
    """Whether a person wrote it in a thread, and not to anybody by name.

    Whoever mentions somebody at the beginning speaks to them; our own mention comes as
    an event of its own.
    """
    text = event.get("text") or ""
    is_named = TO_ANOTHER.match(text) or f"<@{own.bot_user}" in text
    is_asked = is_question(event) or not is_from_a_person(event)
    return not is_asked and is_in_thread(event) and not is_named


async def _bring_back(desk: Reception, event: Body, own: Own) -> None:
    """Bring back what the on-call team says."""
    if not _is_said_below(event, own):
        return
    thread = Thread(event["channel"], event["thread_ts"])
    bridge = await desk.memories.bridges.at(thread)
    if bridge is not None:
        key = f"{own.team}:{event['channel']}:{event['ts']}"
        text = event.get("text") or ""
        await on_call.bring_back(desk, bridge, on_call.Words(event["user"], text, key))
