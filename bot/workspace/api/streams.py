"""The methods that write a message bit by bit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.api.assistant import set_session
from bot.workspace.api.chat import posted, writable
from bot.workspace.block_ids import with_ids
from bot.workspace.blocks import MOST_MARKDOWN, Block, objections
from bot.workspace.messages import Message
from bot.workspace.responses import RefusedError
from bot.workspace.workspace import Workspace


LIFE = 300.0  # seconds; python-slack-sdk issue 1859
KINDS = ("markdown_text", "task_update", "plan_update", "blocks")
TASK = ("title", "status", "details", "output", "sources")


def start(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Begin a message in a thread."""
    place, root = writable(desk, given), given.required("thread_ts")
    if not place.direct and not given.text("recipient_user_id"):
        raise RefusedError("missing_recipient_user_id")
    ts = desk.state.board.next_ts()
    fresh = Message(place.id, ts, desk.bot.id, "", thread_ts=root)
    message = _grown(desk, fresh, given)
    desk.post(message)
    desk.streams[place.id, ts] = desk.state.clock.now()
    return {"channel": place.id, "ts": ts}


def append(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Write more of it."""
    message = _streaming(desk, given)
    desk.state.write(_grown(desk, message, given))
    return {"channel": message.channel, "ts": message.ts}


def stop(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Write the last of it; from now on it is a message like any other."""
    message = _grown(desk, _streaming(desk, given), given)
    last = given.listed("blocks")
    said = (*objections(last), *desk.files.objections(last))
    if said:
        raise RefusedError("invalid_blocks", said)
    done = replace(
        message,
        blocks=(*message.blocks, *with_ids(last, f"e{message.ts}")),
        metadata=given.given.get("metadata"),
    )
    del desk.streams[message.channel, message.ts]
    desk.revise(done)
    if status := given.text("session_status"):
        session = {"channel_id": done.channel, "thread_ts": done.root, "status": status}
        set_session(desk, Arguments(session))
    return posted(desk, done)


def _streaming(desk: Workspace, given: Arguments) -> Message:
    message = given.message(desk.state)
    begun = desk.streams.get((message.channel, message.ts))
    if begun is None or desk.state.clock.now() - begun > LIFE:
        raise RefusedError("message_not_in_streaming_state")
    return message


def _grown(desk: Workspace, message: Message, given: Arguments) -> Message:
    chunks = given.listed("chunks")
    if words := given.text("markdown_text"):
        chunks = [{"type": "markdown_text", "text": words}, *chunks]
    for chunk in chunks:
        if chunk.get("type") not in KINDS:
            raise RefusedError("invalid_chunks")
        message = _with_chunk(desk, message, chunk)
    return message


def _with_chunk(desk: Workspace, message: Message, chunk: Mapping[str, Any]) -> Message:
    kind = chunk["type"]
    if kind == "markdown_text":
        return _with_words(message, str(chunk.get("text") or ""))
    if kind == "blocks":
        added = chunk.get("blocks")
        said = (*objections(added), *desk.files.objections(added))
        if said or not isinstance(added, list):
            raise RefusedError("invalid_blocks", said)
        prefix = f"s{message.ts}-{len(message.blocks)}"
        return replace(message, blocks=(*message.blocks, *with_ids(added, prefix)))
    return replace(message, blocks=_with_tasks(message.blocks, chunk))


def _with_words(message: Message, words: str) -> Message:
    text = message.text + words
    if len(text) > MOST_MARKDOWN:
        raise RefusedError("msg_too_long")
    last = message.blocks[-1] if message.blocks else {}
    if last.get("type") == "markdown":
        more = {**last, "text": last["text"] + words}
        return replace(message, text=text, blocks=(*message.blocks[:-1], more))
    name = f"m{message.ts}-{len(message.blocks)}"
    block = {"type": "markdown", "block_id": name, "text": words}
    return replace(message, text=text, blocks=(*message.blocks, block))


def _with_tasks(
    blocks: tuple[Block, ...], chunk: Mapping[str, Any]
) -> tuple[Block, ...]:
    """The plan, with this task or title in it; there is one plan, and it is first."""
    plan = next((block for block in blocks if block["type"] == "plan"), None)
    rest = tuple(block for block in blocks if block["type"] != "plan")
    plan = plan or {"type": "plan", "block_id": "plan", "title": "Working", "tasks": []}
    if chunk["type"] == "plan_update":
        return ({**plan, "title": str(chunk.get("title") or "")}, *rest)
    fresh = {name: chunk[name] for name in TASK if chunk.get(name)}
    tasks = {task["task_id"]: task for task in plan["tasks"]}
    name = str(chunk.get("id"))
    tasks[name] = {**tasks.get(name, {}), "task_id": name, **fresh}
    return ({**plan, "tasks": list(tasks.values())}, *rest)
