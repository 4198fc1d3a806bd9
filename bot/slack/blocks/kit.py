"""Thin builders for the few blocks that a reply is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.slack.blocks.text import Markup


Block: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: a text for notifications and screen readers, and blocks."""

    text: Markup
    blocks: tuple[Block, ...] = ()


def section(name: str, text: Markup) -> Block:
    """A paragraph that Slack never folds by itself."""
    return {"type": "section", "block_id": name, "text": words(text), "expand": True}


def context(name: str, elements: Iterable[Block]) -> Block:
    """A line of small print."""
    return {"type": "context", "block_id": name, "elements": list(elements)}


def container(name: str, title: str, children: Iterable[Block]) -> Block:
    """A part that is closed until somebody opens it."""
    return {
        "type": "container",
        "block_id": name,
        "title": label(title),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": list(children),
    }


def actions(name: str, buttons: Iterable[Block]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "block_id": name, "elements": list(buttons)}


def button(name: str, text: str, value: str) -> Block:
    """A button; its value comes back when somebody taps it."""
    return {"type": "button", "action_id": name, "text": label(text), "value": value}


def words(text: Markup) -> Block:
    """Markup in which Slack looks for no addresses, names or channels of its own."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def label(text: str) -> Block:
    """Words without any markup."""
    return {"type": "plain_text", "text": text, "emoji": False}
