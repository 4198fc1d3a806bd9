"""Thin builders for the few blocks that a reply is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as attribute  # a field here is one of a form
from typing import Any, TypeAlias

from bot.slack.blocks.text import Markup


Block: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: a text for notifications and screen readers, and blocks."""

    text: Markup
    blocks: tuple[Block, ...] = ()
    # its very blocks were found within Slack's limits: nobody need look again
    checked: bool = attribute(default=False, compare=False)


def as_one(messages: Iterable[Message]) -> Message:
    """Several messages in one, for a window; the text is that of the first."""
    first, *rest = messages
    blocks = (block for message in (first, *rest) for block in message.blocks)
    return Message(first.text, tuple(blocks))


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


def header(name: str, text: str) -> Block:
    """A heading."""
    return {"type": "header", "block_id": name, "text": label(text)}


def divider(name: str) -> Block:
    """A line between two parts."""
    return {"type": "divider", "block_id": name}


def image(name: str, alt: str, file: str) -> Block:
    """A picture that Slack has, with what it says to those who cannot see it."""
    return {
        "type": "image",
        "block_id": name,
        "alt_text": alt,
        "slack_file": {"id": file},
    }


def preformatted(name: str, text: str) -> Block:
    """Words to copy as they stand; rich text reads no markup and needs no escaping."""
    said = {"type": "text", "text": text}
    inner = {"type": "rich_text_preformatted", "elements": [said]}
    return {"type": "rich_text", "block_id": name, "elements": [inner]}


def field(name: str, title: str, element: Block, hint: str = "") -> Block:
    """A field to fill in, under the name `value`."""
    block = {
        "type": "input",
        "block_id": name,
        "label": label(title),
        "element": {**element, "action_id": "value"},
    }
    return {**block, "hint": label(hint)} if hint else block


def option(text: str, value: str) -> Block:
    """One of several to choose from."""
    return {"text": label(text), "value": value}


def select(name: str, options: Iterable[Block], chosen: Block) -> Block:
    """A list that drops down, with one entry chosen."""
    return {
        "type": "static_select",
        "action_id": name,
        "options": list(options),
        "initial_option": chosen,
    }


def chooser(name: str, text: str, options: Iterable[Block]) -> Block:
    """A list that drops down, from which nothing is chosen yet."""
    return {
        "type": "static_select",
        "action_id": name,
        "placeholder": label(text),
        "options": list(options),
    }


def thumbs(name: str, value: str) -> Block:
    """Two small buttons that ask whether this helped."""
    buttons = {
        "type": "feedback_buttons",
        "action_id": name,
        "positive_button": {"text": label("Helpful"), "value": f"good:{value}"},
        "negative_button": {"text": label("Not helpful"), "value": f"bad:{value}"},
    }
    return {"type": "context_actions", "block_id": name, "elements": [buttons]}
