"""The files methods: announce, complete, describe, delete."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.api.chat import writable
from bot.workspace.files import MOST_BYTES, File
from bot.workspace.messages import Message
from bot.workspace.responses import RefusedError
from bot.workspace.workspace import Workspace


LONGEST_ALT = 1_000  # characters; docs.slack.dev, files.getUploadURLExternal


def upload_url(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """An address that takes the bytes of one file."""
    name, length = given.required("filename"), given.count("length", 0)
    if not 0 < length <= MOST_BYTES:
        said = f"length must be from 1 to {MOST_BYTES} [json-pointer:/length]"
        raise RefusedError("invalid_arguments", (said,))
    now = desk.state.clock.now()
    file = desk.files.announce(name, length, desk.bot.id, now)
    alt = given.text("alt_txt")
    if len(alt) > LONGEST_ALT:
        raise RefusedError("alt_txt_too_large")
    desk.files.keep(replace(file, alt=alt))
    return {"upload_url": f"{desk.url}/upload/v1/{file.id}", "file_id": file.id}


def complete(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Finish uploads, and share them where the call says."""
    asked = given.listed("files")
    if not asked:
        raise RefusedError("invalid_arguments", ("missing required field: files",))
    place = _where(desk, given)
    uploaded = [(_uploaded(desk, about), about) for about in asked]
    lag = desk.faults.lag("files.completeUploadExternal")
    titled = (
        replace(file, title=str(about.get("title") or ""), channels=place)
        for file, about in uploaded
    )
    files = tuple(desk.files.complete(file, lag) for file in titled)
    for channel in place:
        _share(desk, given, channel, files)
    return {"files": list(map(desk.files.told, files))}


def about(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Describe one file."""
    return {"file": desk.files.told(_found(desk, given))}


def delete(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Forget a file of the app."""
    file = _found(desk, given)
    if file.user != desk.bot.id:
        raise RefusedError("cant_delete_file")
    desk.files.remove(file)
    return {}


def _where(desk: Workspace, given: Arguments) -> tuple[str, ...]:
    wanted = given.text("channels") or given.text("channel_id")
    named = filter(None, wanted.split(","))
    return tuple(
        writable(desk, Arguments({"channel": channel})).id for channel in named
    )


def _uploaded(desk: Workspace, about: dict[str, Any]) -> File:
    file = desk.files.find(str(about.get("id")))
    if file is None or not file.is_uploaded:
        raise RefusedError("file_not_found")
    if file.is_complete:
        raise RefusedError("file_update_failed")
    return file


def _share(
    desk: Workspace, given: Arguments, channel: str, files: tuple[File, ...]
) -> None:
    desk.post(
        Message(
            channel=channel,
            ts=desk.state.board.next_ts(),
            user=desk.bot.id,
            text=given.text("initial_comment"),
            thread_ts=given.text("thread_ts") or None,
            files=tuple(map(desk.files.told, files)),
            subtype="file_share",
        )
    )


def _found(desk: Workspace, given: Arguments) -> File:
    file = desk.files.find(given.required("file"))
    if file is None or not file.is_complete:
        raise RefusedError("file_not_found")
    return file
