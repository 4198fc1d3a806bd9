"""The chat methods: post, update, delete, permalink, unfurl."""

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
MOST_ATTACHMENTS = 100
LONGEST_UPDATE = 4_000  # characters of text; docs.slack.dev, chat.update


def post_message(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Post in a channel, a thread, or a person's talk with the app."""
    place = writable(desk, given)
    lag = desk.faults.lag("chat.postMessage")
    draft = _draft(desk, given, place)
    seen_from = desk.state.clock.now() + lag if lag else 0.0
    return posted(desk, desk.post(replace(draft, seen_from=seen_from)))


def post_ephemeral(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Post for one person's eyes."""
    place, user = writable(desk, given), given.required("user")
    if user not in place.members:
        raise RefusedError("user_not_in_channel")
    message = desk.post(replace(_draft(desk, given, place), only_for=user))
    return {"message_ts": message.ts}


def update(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Write one of the app's messages anew."""
    message = given.message(desk.state)
    if message.user != desk.state.directory.bot.id:
        raise RefusedError("cant_update_message")
    if len(given.text("text")) > LONGEST_UPDATE:
        raise RefusedError("msg_too_long")
    said = _said(desk, given, message.ts)
    edited = desk.state.board.next_ts()
    changed = replace(
        message,
        text=said.text,
        blocks=said.blocks,
        edited=edited,
        metadata=given.given.get("metadata") or message.metadata,
    )
    desk.revise(changed)
    return posted(desk, changed) | {"text": changed.text}


def delete(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Take one of the app's messages away."""
    message = given.message(desk.state)
    if message.user != desk.state.directory.bot.id:
        raise RefusedError("cant_delete_message")
    desk.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """The address of a message; the page opens it."""
    message = given.message(desk.state, "message_ts")
    address = f"{desk.url}/archives/{message.channel}/p{message.ts.replace('.', '')}"
    if not message.is_root:
        address += f"?thread_ts={message.thread_ts}&cid={message.channel}"
    return {"channel": message.channel, "permalink": address}


def unfurl(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Show under a person's message what its links lead to."""
    message = _linking(desk, given)
    unfurls = given.given.get("unfurls")
    if not isinstance(unfurls, dict) or not unfurls:
        raise RefusedError("missing_unfurls")
    shown = [_unfurled(desk, message, url, about) for url, about in unfurls.items()]
    desk.state.write(replace(message, attachments=(*message.attachments, *shown)))
    return {}


def _linking(desk: Workspace, given: Arguments) -> Message:
    if name := given.text("unfurl_id"):
        channel, _, ts = name.partition(".")
        given = replace(given, given={"channel": channel, "ts": ts})
    try:
        return given.message(desk.state)
    except RefusedError as error:
        raise RefusedError("cannot_find_message") from error


def _unfurled(
    desk: Workspace, message: Message, url: str, about: Any
) -> dict[str, Any]:
    if url not in message.text.replace("&amp;", "&"):
        raise RefusedError("cannot_unfurl_url")
    if not isinstance(about, dict):
        raise RefusedError("cannot_parse_attachment")
    said = Said.of({"text": url, **about}, message.ts, desk.state.files)
    return {
        **about,
        "blocks": list(said.blocks),
        "from_url": url,
        "is_app_unfurl": True,
    }


def writable(desk: Workspace, given: Arguments) -> Channel:
    """The channel of the call, if the app may write there."""
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
    said = _said(desk, given, ts)
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


def _said(desk: Workspace, given: Arguments, ts: str) -> Said:
    if len(given.text("text")) > LONGEST:
        raise RefusedError("msg_too_long")
    if len(given.listed("attachments")) > MOST_ATTACHMENTS:
        raise RefusedError("too_many_attachments")
    said = Said.of(given.given, ts, desk.state.files)
    if total_text(list(said.blocks)) > MOST_TEXT:
        raise RefusedError("msg_blocks_too_long")
    return said


def posted(desk: Workspace, message: Message) -> dict[str, Any]:
    """What a call answers that wrote a message."""
    return {
        "channel": message.channel,
        "ts": message.ts,
        "message": desk.state.scribe.to_slack(message),
    }
