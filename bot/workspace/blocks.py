"""Objects to blocks as Slack does, with its words and its pointers.

Limits: docs.slack.dev, reference/block-kit; wording: seen in errors that people posted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from bot.workspace.elements import (
    ACCESSORY,
    ACTION,
    ADDRESS,
    CONTEXT_ACTION,
    IDENTIFIER,
    IMAGE,
    INPUT,
)
from bot.workspace.rules import (
    EITHER,
    Objections,
    Rule,
    anything,
    both,
    each,
    either,
    one_of,
    said,
    shape,
    text,
    typed,
    unique,
    words,
)


Block: TypeAlias = dict[str, Any]
Surface: TypeAlias = Literal["message", "modal", "home"]

MOST_BLOCKS = 50  # in one message
MOST_TEXT = 13_200  # characters in all blocks together, bolt-js issue 2509
MOST_MARKDOWN = 12_000  # characters in all markdown blocks of one payload
MOST_CELLS = 10_000  # characters in all tables of one message
MOST_IN_VIEW = 100
NOT_IN_CONTAINER = frozenset({"container", "carousel", "plan"})
NOT_IN_MESSAGE = frozenset({"alert"})
NOT_IN_HOME = frozenset(
    {"alert", "context_actions", "file", "markdown", "plan", "task_card"}
)
NOT_IN_MODAL = NOT_IN_HOME - {"alert"} | {
    "carousel",
    "container",
    "data_table",
    "data_visualization",
    "table",
}

_CELL = typed({"raw_text": shape(), "raw_number": shape(), "rich_text": shape()})
_CARD = both(
    shape(
        may={
            "title": text(150, EITHER),
            "subtitle": text(150, EITHER),
            "body": text(200, EITHER),
            "subtext": text(200, EITHER),
            "hero_image": IMAGE,
            "icon": IMAGE,
            "actions": each(ACTION, 3),
        }
    ),
    either("title", "body", "hero_image", "actions"),
)
_TASK = shape(
    needs={
        "task_id": words(255),
        "title": words(256),
        "status": one_of("pending", "in_progress", "complete", "error"),
    }
)


def _rows(least: int, most: int) -> Rule:
    return each(each(_CELL, 20, least=1), most, least)


_LEAVES: dict[str, Rule] = {
    "actions": shape(
        needs={"elements": both(each(ACTION, 25), unique("action_id", "/action_id"))}
    ),
    "alert": shape(
        needs={"text": text(200, EITHER)},
        may={"level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": _CARD,
    "carousel": shape(needs={"elements": each(_CARD, 10, least=1)}),
    "context": shape(
        needs={
            "elements": each(
                typed(
                    {
                        "image": IMAGE,
                        "mrkdwn": text(3000, EITHER),
                        "plain_text": text(3000, EITHER),
                    }
                ),
                10,
            )
        }
    ),
    "context_actions": shape(needs={"elements": each(CONTEXT_ACTION, 5)}),
    "data_table": shape(needs={"rows": _rows(2, 201), "caption": words(2000)}),
    "data_visualization": shape(needs={"title": words(50), "chart": shape()}),
    "divider": anything,
    "file": shape(needs={"external_id": words(255), "source": one_of("remote")}),
    "header": shape(needs={"text": text(150)}),
    "image": both(IMAGE, shape(may={"title": text(2000)})),
    "input": shape(
        needs={"label": text(2000), "element": INPUT}, may={"hint": text(2000)}
    ),
    "markdown": shape(needs={"text": words(MOST_MARKDOWN)}),
    "plan": shape(needs={"title": words(256)}, may={"tasks": each(_TASK, 50)}),
    "rich_text": shape(needs={"elements": each(anything, 10_000)}),
    "section": both(
        either("text", "fields"),
        shape(
            may={
                "text": text(3000, EITHER),
                "fields": each(text(2000, EITHER), 10),
                "accessory": ACCESSORY,
            }
        ),
    ),
    "table": shape(
        needs={"rows": _rows(1, 100)}, may={"column_settings": each(anything, 20)}
    ),
    "task_card": _TASK,
    "video": shape(
        needs={
            "alt_text": words(2000),
            "title": text(200),
            "thumbnail_url": ADDRESS,
            "video_url": ADDRESS,
        }
    ),
}
_IN_CONTAINER = {k: v for k, v in _LEAVES.items() if k not in NOT_IN_CONTAINER}
_CONTAINER = both(
    either("title", "rich_text_title"),
    shape(
        needs={"child_blocks": each(typed(_IN_CONTAINER), 10)},
        may={"title": text(150), "subtitle": text(150, EITHER)},
    ),
)


def _surface(barred: frozenset[str], most: int) -> Rule:
    named = shape(may={"block_id": IDENTIFIER})
    kinds = {**_LEAVES, "container": _CONTAINER}
    known = {
        kind: both(named, rule) for kind, rule in kinds.items() if kind not in barred
    }
    return both(each(typed(known), most), unique("block_id"))


_BLOCKS: dict[Surface, Rule] = {
    "message": _surface(NOT_IN_MESSAGE, MOST_BLOCKS),
    "modal": _surface(NOT_IN_MODAL, MOST_IN_VIEW),
    "home": _surface(NOT_IN_HOME, MOST_IN_VIEW),
}


def objections(
    blocks: object, pointer: str = "/blocks", surface: Surface = "message"
) -> Objections:
    """What Slack would say against these blocks; nothing, if it would take them."""
    yield from _BLOCKS[surface](blocks, pointer)
    if isinstance(blocks, list):
        yield from _too_much(blocks, pointer)


def total_text(part: object) -> int:
    """How many characters all texts inside add up to."""
    if isinstance(part, list):
        return sum(total_text(inner) for inner in part)
    if not isinstance(part, dict):
        return 0
    own = part.get("text")
    return (len(own) if isinstance(own, str) else 0) + sum(
        total_text(inner) for inner in part.values()
    )


def _too_much(blocks: list[Any], pointer: str) -> Objections:
    """What only all blocks together can do wrong."""
    found = list(_all(blocks, "table"))
    if len(found) > 1:
        yield said("only_one_table_allowed", pointer)
    if total_text(found) > MOST_CELLS:
        yield said(f"tables must be less than {MOST_CELLS + 1} characters", pointer)
    if total_text(list(_all(blocks, "markdown"))) > MOST_MARKDOWN:
        yield said(
            f"markdown must be less than {MOST_MARKDOWN + 1} characters", pointer
        )
    if len(list(_all(blocks, "data_visualization"))) > 2:  # noqa: PLR2004  docs.slack.dev
        yield said("no more than 2 data_visualization blocks allowed", pointer)


def _all(blocks: list[Any], kind: str) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, dict):
            if block.get("type") == kind:
                yield block
            children = block.get("child_blocks")
            yield from _all(children if isinstance(children, list) else [], kind)
