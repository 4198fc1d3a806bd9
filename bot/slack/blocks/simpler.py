"""Draws a message in plainer and plainer blocks, for where Slack refuses the better ones."""

from __future__ import annotations

from collections.abc import Iterator

from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import SECTION_TEXT
from bot.slack.blocks.pictures import worded
from bot.slack.blocks.text import Markup, bold, escaped, joined


def simpler(message: Message) -> Iterator[Message]:
    """The message as drawn, with words for its pictures, and in the plainest blocks."""
    yield message
    in_words = worded(message)
    if in_words != message:
        yield in_words
    yield plainer(message)


def plainer(message: Message) -> Message:
    """The same words in sections and contexts only; the buttons become a line."""
    blocks = (s for block in worded(message).blocks for s in _simple(block))
    return Message(message.text, tuple(blocks))


def _simple(block: Block) -> Iterator[Block]:
    if block["type"] == "container":
        title = bold(block["title"]["text"], SECTION_TEXT)
        for place, text in enumerate(title, start=1):
            yield kit.section(f"{block['block_id']}-title-{place}", text)
        yield from (part for child in block["child_blocks"] for part in _simple(child))
    elif block["type"] == "actions":
        parts = (p for e in block["elements"] for p in e.get("options", (e,)))
        labels = (escaped(part["text"]["text"]) for part in parts)
        line = joined((Markup("You can also ask for: "), joined(labels, " · ")), "")
        yield kit.context(block["block_id"], [kit.words(line)])
    elif block["type"] != "context_actions":
        yield block
