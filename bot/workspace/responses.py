"""What an app says through a response URL or in an acknowledgement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.workspace.block_ids import with_ids
from bot.workspace.blocks import objections
from bot.workspace.files import Files
from bot.workspace.grants import Origin
from bot.workspace.messages import Message
from bot.workspace.state import State


class RefusedError(ValueError):
    """Slack does not take what the app said; carries Slack's word and its reasons."""

    def __init__(
        self,
        error: str,
        messages: tuple[str, ...] = (),
        explained: tuple[dict[str, str], ...] = (),
        needs: tuple[str, ...] = (),  # the scope that is missing, and those given
    ) -> None:
        super().__init__(": ".join((error, *messages)))
        self.error = error
        self.messages = messages
        self.explained = explained
        self.needs = needs


class Posts(Protocol):
    """Whoever writes on behalf of the app."""

    state: State

    def post(self, message: Message) -> Message:
        """Write a new message."""
        ...

    def revise(self, message: Message) -> None:
        """Write a message anew."""
        ...

    def remove(self, message: Message) -> None:
        """Take a message away."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a message, checked as Slack checks them."""

    text: str
    blocks: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, fields: Mapping[str, Any], ts: str, files: Files) -> Said:
        """Take text and blocks; RefusedError if Slack would not."""
        blocks = fields.get("blocks") or []
        said = (*objections(blocks), *files.objections(blocks))
        if said:
            raise RefusedError("invalid_blocks", said)
        text = str(fields.get("text") or "")
        markdown = fields.get("markdown_text")
        if markdown and (text or blocks):
            raise RefusedError("markdown_text_conflict")
        if markdown:
            blocks = [{"type": "markdown", "text": markdown}]
            text = str(markdown)
        if not text and not blocks and not fields.get("attachments"):
            raise RefusedError("no_text")
        return cls(text, with_ids(blocks, f"b{ts}"))


def respond(posts: Posts, origin: Origin, fields: Mapping[str, Any]) -> None:
    """Post, replace or delete as the fields say; only the person sees it by default."""
    original = _original(posts.state, origin)
    if fields.get("delete_original") and original:
        posts.remove(original)
        return
    ts = posts.state.board.next_ts()
    said = Said.of(fields, ts, posts.state.files)
    if fields.get("replace_original") and original:
        posts.revise(replace(original, text=said.text, blocks=said.blocks, edited=ts))
    else:
        posts.post(
            _new(
                posts.state, origin, fields, Message("", ts, "", said.text, said.blocks)
            )
        )


def fields_of(body: str) -> Mapping[str, Any]:
    """The response inside an acknowledgement: JSON, or plain text."""
    try:
        fields = json.loads(body)
    except ValueError:
        return {"text": body}
    return fields if isinstance(fields, dict) else {"text": body}


def _new(
    state: State, origin: Origin, fields: Mapping[str, Any], draft: Message
) -> Message:
    public = fields.get("response_type") == "in_channel"
    return replace(
        draft,
        channel=origin.channel,
        user=state.directory.bot.id,
        thread_ts=fields.get("thread_ts"),
        only_for=None if public else origin.user,
    )


def _original(state: State, origin: Origin) -> Message | None:
    if origin.message_ts is None:
        return None
    return state.board.find(origin.channel, origin.message_ts)
