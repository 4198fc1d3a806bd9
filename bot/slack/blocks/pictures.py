"""Draws pictures in a reply: as pictures where Slack has them, else in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import BUTTON_VALUE, CONTAINER_TITLE, SECTION_TEXT
from bot.slack.blocks.text import pieces, plain, shortened


PICTURE = re.compile(r"picture-\d+")  # the action_id of a button that shows one
IMAGE = re.compile(r"picture-\d+-image:(.+)")  # the block_id of one that is shown
SHOW = "Show the picture"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that belongs to a reply: what it says, and where Slack has it."""

    name: str  # empty where the pack has it no more
    title: str
    alt: str
    file: str = ""  # Slack's id of it; empty while Slack has none to show


def folded(pictures: Iterable[Picture]) -> Iterator[Block]:
    """Each picture in a part of its own, which somebody may open."""
    for place, picture in enumerate(pictures, start=1):
        yield _fold(f"picture-{place}", picture)


def opened(pictures: Iterable[Picture]) -> Iterator[Block]:
    """The same, with the first standing open: somebody asked to see it."""
    for place, fold in enumerate(folded(pictures)):
        yield fold if place else {**fold, "default_collapsed": False}


def shown(name: str, picture: Picture) -> Iterator[Block]:
    """The picture; while Slack has none, its words and a button to try again."""
    if picture.file:
        yield kit.image(f"{name}-image:{picture.name}", picture.alt, picture.file)
        return
    yield from _in_words(name, picture.alt)
    if picture.name and len(picture.name) <= BUTTON_VALUE:
        yield kit.actions(f"{name}-show", [kit.button(name, SHOW, picture.name)])


def named(messages: Iterable[Message]) -> tuple[str, ...]:
    """The names of the pictures that messages show, or have words for, each once."""
    blocks = (block for message in messages for block in message.blocks)
    return tuple(dict.fromkeys(filter(None, map(_named_in, blocks))))


def files_in(messages: Iterable[Message]) -> tuple[str, ...]:
    """Slack's ids of the pictures that messages show; empty where words stand for one."""
    blocks = (block for message in messages for block in message.blocks)
    return tuple(_file_in(block) for block in blocks if _named_in(block))


def hung(message: Message, pictures: Mapping[str, Picture]) -> Message:
    """The message with pictures as Slack has them now, also in the place of words."""
    return Message(message.text, tuple(_hung(one, pictures) for one in message.blocks))


def worded(message: Message) -> Message:
    """The message with words in the place of its pictures."""
    blocks = (part for one in message.blocks for part in _worded(one))
    return Message(message.text, tuple(blocks))


def _fold(name: str, picture: Picture) -> Block:
    what = "Picture" if picture.file else "Picture in words"
    title = plain(f"{what}: {picture.title}" if picture.title else what)
    return kit.container(name, shortened(title, CONTAINER_TITLE), shown(name, picture))


def _named_in(block: Block) -> str:
    """The name of the picture that a part shows or puts in words; empty: of none."""
    if not PICTURE.fullmatch(str(block.get("block_id"))):
        return ""
    children = block.get("child_blocks", ())
    buttons = (str(b["value"]) for child in children for b in child.get("elements", ()))
    images = (IMAGE.fullmatch(str(child.get("block_id"))) for child in children)
    found = (*buttons, *(image[1] for image in images if image))
    return found[0] if found else ""


def _file_in(block: Block) -> str:
    children = block.get("child_blocks", ())
    images = (child for child in children if child["type"] == "image")
    return next((str(one["slack_file"]["id"]) for one in images), "")


def _hung(block: Block, pictures: Mapping[str, Picture]) -> Block:
    picture = pictures.get(_named_in(block))
    if picture is None or not picture.file:
        return block
    fold = _fold(block["block_id"], picture)
    return {**fold, "default_collapsed": block["default_collapsed"]}


def _worded(block: Block) -> Iterator[Block]:
    if block["type"] == "image":
        yield from _in_words(block["block_id"], block["alt_text"])
    elif "child_blocks" in block:
        children = [part for child in block["child_blocks"] for part in _worded(child)]
        yield {**block, "child_blocks": children}
    else:
        yield block


def _in_words(name: str, alt: str) -> Iterator[Block]:
    for place, part in enumerate(pieces(alt, SECTION_TEXT), start=1):
        yield kit.section(f"{name}-words-{place}", part)
