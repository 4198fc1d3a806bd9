"""The chat methods: post, update, delete."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.blocks import MOST_TEXT, total_text
from bot.workspace.directory import Channel
from bot.workspace.messages import Message
from bot.workspace.responses import RefusedError, Said
from bot.workspace.workspace import Workspace


LONGEST = 40_000  # characters of text; docs.slack.dev, chat.postMessage
LONGEST_UPDATE = 4_000  # characters of text; docs.slack.dev, chat.update


def post_message(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Post in a channel, a thread, or a person's talk with the app."""
    place = _writable(desk, given)
    message = desk.post(_draft(desk, given, place))
    return _posted(desk, message)


def post_ephemeral(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Post for one person's eyes."""
    place, user = _writable(desk, given), given.required("user")
    if user not in place.members:
        raise RefusedError("user_not_in_channel")
    message = desk.post(replace(_draft(desk, given, place), only_for=user))
    return {"message_ts": message.ts}


def update(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Write one of the app's messages anew."""
    message = given.message(desk.state)
    if message.user != desk.state.directory.bot.id:
        raise RefusedError("cant_update_message")
    said = _said(given, message.ts, LONGEST_UPDATE)
    edited = desk.state.board.next_ts()
    changed = replace(
        message,
        text=said.text,
        blocks=said.blocks,
        edited=edited,
        metadata=given.given.get("metadata") or message.metadata,
    )
    desk.revise(changed)
    return _posted(desk, changed) | {"text": changed.text}


def delete(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Take one of the app's messages away."""
    message = given.message(desk.state)
    if message.user != desk.state.directory.bot.id:
        raise RefusedError("cant_delete_message")
    desk.state.erase(message)
    return {"channel": message.channel, "ts": message.ts}


def _writable(desk: Workspace, given: Arguments) -> Channel:
    wanted = given.required("channel")
    direct = desk.state.directory.direct(wanted)  # a user id opens the direct talk
    place = direct or given.place(desk.state)
    if place.is_archived:
        raise RefusedError("is_archived")
    if desk.state.directory.bot.id not in place.members:
        raise RefusedError("not_in_channel")
    return place


def _draft(desk: Workspace, given: Arguments, place: Channel) -> Message:
    ts = desk.state.board.next_ts()
    said = _said(given, ts, LONGEST)
    return Message(
        channel=place.id,
        ts=ts,
        user=desk.state.directory.bot.id,
        text=said.text,
        blocks=said.blocks,
        thread_ts=given.text("thread_ts") or None,
        metadata=given.given.get("metadata"),
        attachments=tuple(given.given.get("attachments") or ()),
    )


def _said(given: Arguments, ts: str, longest: int) -> Said:
    if len(given.text("text")) > longest:
        raise RefusedError("msg_too_long")
    said = Said.of(given.given, ts)
    if total_text(list(said.blocks)) > MOST_TEXT:
        raise RefusedError("msg_blocks_too_long")
    return said


def _posted(desk: Workspace, message: Message) -> dict[str, Any]:
    return {
        "channel": message.channel,
        "ts": message.ts,
        "message": desk.state.scribe.to_slack(message),
    }
