"""The older assistant view: threads that begin by themselves, and what is in sight.

Apps with the agent view are told by `app_home_opened` and `app_context_changed` instead.
"""

from __future__ import annotations

import asyncio
from typing import Any

from bot.workspace.calling import Answered
from bot.workspace.directory import Person
from bot.workspace.messages import Message
from bot.workspace.room import Room


NEW_THREAD = "New assistant thread"
SUBTYPE = "assistant_app_thread"  # docs.slack.dev, migrating to agent messaging
CHANNEL_ID = "slack#/types/channel_id"  # docs.slack.dev, app_context_changed


def begin(desk: Room, person: Person, direct: str) -> asyncio.Task[Answered] | None:
    """Begin the person's thread with the app, once, in an app that has this view."""
    is_assistant = desk.state.config.features.conversation == "assistant"
    if not is_assistant or direct in desk.conversations.begun:
        return None
    ts = desk.state.board.next_ts()
    desk.post(Message(direct, ts, desk.bot.id, NEW_THREAD, subtype=SUBTYPE))
    desk.conversations.begun[direct] = ts
    talk = _talk(person, direct, ts)
    return desk.event("assistant_thread_started", assistant_thread=talk)


def turn_to(desk: Room, person: Person, direct: str, channel: str) -> None:
    """Tell the app which channel the person looks at while they talk with it."""
    team = desk.state.directory.team.id
    if desk.state.config.features.conversation == "agent":
        entity = {"type": CHANNEL_ID, "value": channel, "team_id": team}
        seen = {"entities": [entity]}
        desk.event("app_context_changed", user=person.id, channel=direct, context=seen)
    elif ts := desk.conversations.begun.get(direct):
        seen_there = {"channel_id": channel, "team_id": team, "enterprise_id": None}
        talk = _talk(person, direct, ts) | {"context": seen_there}
        desk.event("assistant_thread_context_changed", assistant_thread=talk)


def _talk(person: Person, direct: str, ts: str) -> dict[str, Any]:
    return {
        "user_id": person.id,
        "context": {},
        "channel_id": direct,
        "thread_ts": ts,
    }
