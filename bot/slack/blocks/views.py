"""Draws windows: to ask in private, to share, to copy a citation, to say what helped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import SECTION_TEXT, VIEW_BLOCKS
from bot.slack.blocks.text import Markup, bold, pieces
from bot.slack.feedback import REASONS


ASK = "ask-privately"
SHARE_TO = "share-to"
FEEDBACK_REASON = "feedback-reason"
TO_ON_CALL = "to-on-call"
MORE = Markup("There is more than a window can hold; ask in a message to see all.")
QUESTION_LENGTH = 3_000  # characters that a text field takes at most; docs.slack.dev


@dataclass(frozen=True, slots=True)
class Form:
    """What makes a window one to fill in and submit."""

    submit: str
    callback: str
    carries: Any = None  # comes back with what was filled in


def window(title: str, blocks: Iterable[Block], form: Form | None = None) -> Block:
    """A modal, to read or to fill in."""
    view: Block = {
        "type": "modal",
        "title": kit.label(title),
        "close": kit.label("Close"),
        "blocks": list(_fitting(tuple(blocks))),
    }
    if form is None:
        return view
    carries = "" if form.carries is None else json.dumps(form.carries)
    return {
        **view,
        "close": kit.label("Cancel"),
        "submit": kit.label(form.submit),
        "callback_id": form.callback,
        "private_metadata": carries,
    }


def showing(*messages: Message, title: str = "From the trial file") -> Block:
    """A window with what messages would say; what is folded stands open."""
    return window(title, in_window(messages))


def in_window(messages: Iterable[Message]) -> tuple[Block, ...]:
    """The blocks of messages as a window can show them."""
    blocks = (block for message in messages for block in message.blocks)
    return tuple(part for block in blocks for part in _unfolded(block))


def asking() -> Block:
    """A window with one field for a question."""
    element = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": QUESTION_LENGTH,
        "focus_on_load": True,
    }
    field = kit.field("question", "Your question", element, "Only you see the answer.")
    return window("Ask in private", (field,), Form("Ask", ASK))


def sharing(preview: Iterable[Block], reply: str, channel: str = "") -> Block:
    """A window that shows what would be shared, and asks where."""
    element: Block = {
        "type": "conversations_select",
        "default_to_current_conversation": not channel,
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
    }
    element |= {"initial_conversation": channel} if channel else {}
    field = kit.field("channel", "Where", element, "I have to be in that channel.")
    blocks = (field, kit.divider("line"), *preview)
    return window("Share this reply", blocks, Form("Share", SHARE_TO, reply))


def citing(styles: Iterable[tuple[str, str]]) -> Block:
    """A window with the references, ready to copy, style by style."""
    return window("Copy citation", _styles(styles))


def why_not(reply: str) -> Block:
    """A window that asks what was wrong with a reply."""
    options = [kit.option(reason.capitalize(), reason) for reason in REASONS]
    field = kit.field(
        "reason", "What was wrong?", {"type": "radio_buttons", "options": options}
    )
    return window("Not helpful", (field,), Form("Send", FEEDBACK_REASON, reply))


def asking_on_call(preview: Iterable[Block], carries: Any, warning: str = "") -> Block:
    """A window that shows what the on-call team will read, with room for a note.

    A warning says first, in an emergency, what this does and what it does not.
    """
    element = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": QUESTION_LENGTH,
    }
    note = kit.field(
        "note",
        "What else should they know?",
        element,
        "No names, numbers or dates of birth: this is not a clinical record.",
    )
    note["optional"] = True
    blocks = (*paragraphs("warning", warning), note, kit.divider("line"), *preview)
    title = "URGENT to on-call" if warning else "Ask the on-call team"
    return window(title, blocks, Form("Send", TO_ON_CALL, carries))


def _styles(styles: Iterable[tuple[str, str]]) -> Iterator[Block]:
    for place, (style, text) in enumerate(styles, start=1):
        yield kit.header(f"style-{place}", style)
        for part, start in enumerate(range(0, len(text), SECTION_TEXT), start=1):
            piece = text[start : start + SECTION_TEXT]
            yield kit.preformatted(f"style-{place}-{part}", piece)


def _unfolded(block: Block) -> Iterator[Block]:
    if block["type"] == "container":
        title = bold(block["title"]["text"], SECTION_TEXT)
        for place, part in enumerate(title, start=1):
            yield kit.section(f"{block['block_id']}-title-{place}", part)
        yield from block["child_blocks"]
    elif block["type"] != "context_actions":
        yield block


def _fitting(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    if len(blocks) <= VIEW_BLOCKS:
        return blocks
    more = kit.context("more", [kit.words(MORE)])
    return (*blocks[: VIEW_BLOCKS - 1], more)


def paragraphs(name: str, text: str) -> Iterator[Block]:
    """Plain words as sections."""
    for place, part in enumerate(pieces(text, SECTION_TEXT), start=1):
        yield kit.section(f"{name}-{place}", part)
