"""Objects to blocks as Slack does, with its words and its pointers.

Limits: docs.slack.dev, reference/block-kit; wording: seen in errors that people posted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias


Block: TypeAlias = dict[str, Any]
Objections: TypeAlias = Iterator[str]

MOST_BLOCKS = 50  # in one message
MOST_TEXT = 13_200  # characters in all blocks together, bolt-js issue 2509
SECTION_TEXT = 3000
FIELDS = 10
FIELD_TEXT = 2000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
IDENTIFIER = 255  # block_id and action_id
CONTAINER_TITLE = 150
CHILD_BLOCKS = 10
ALT_TEXT = 2000
IMAGE_URL = 3000
MARKDOWN_TEXT = 12_000
NOT_IN_CONTAINER = frozenset({"container", "carousel", "plan"})


def objections(blocks: object, pointer: str = "/blocks") -> Objections:
    """What Slack would say against these blocks; nothing, if it would take them."""
    if not isinstance(blocks, list):
        yield _said("must be an array", pointer)
        return
    if len(blocks) > MOST_BLOCKS:
        yield _said(f"no more than {MOST_BLOCKS} items allowed", pointer)
    for place, block in enumerate(blocks):
        yield from _block(block, f"{pointer}/{place}")
    yield from _same_ids(blocks, pointer)


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


def _said(reason: str, pointer: str) -> str:
    return f"{reason} [json-pointer:{pointer}]"


def _block(block: object, pointer: str) -> Objections:
    if not isinstance(block, dict):
        yield _said("must be an object", pointer)
        return
    kind = block.get("type")
    if kind not in _CHECKS:
        yield _said(f"unsupported type: {kind}", f"{pointer}/type")
        return
    yield from _length(block.get("block_id"), IDENTIFIER, f"{pointer}/block_id")
    yield from _CHECKS[kind](block, pointer)


def _same_ids(blocks: list[Any], pointer: str) -> Objections:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        name = block.get("block_id") if isinstance(block, dict) else None
        if name in seen:
            yield _said(f'block_id "{name}" already exists', f"{pointer}/{place}")
        seen.update({name} if isinstance(name, str) else set())


def _required(part: Block, field: str, pointer: str) -> Objections:
    if part.get(field) in (None, "", []):
        yield _said(f"missing required field: {field}", pointer)


def _length(text: object, most: int, pointer: str) -> Objections:
    if isinstance(text, str) and len(text) > most:
        yield _said(f"must be less than {most + 1} characters", pointer)


def _text(part: object, most: int, pointer: str, *kinds: str) -> Objections:
    """Object to a text object: its type, and its length from 1 to `most`."""
    if not isinstance(part, dict):
        yield _said("must be a valid text object", pointer)
        return
    if part.get("type") not in kinds:
        yield _said(f"unsupported type: {part.get('type')}", f"{pointer}/type")
    text = part.get("text")
    if not isinstance(text, str) or not text:
        yield _said("must be more than 0 characters", f"{pointer}/text")
    yield from _length(text, most, f"{pointer}/text")


def _section(block: Block, pointer: str) -> Objections:
    if "text" not in block and "fields" not in block:
        yield _said("missing required field: text", pointer)
    if "text" in block:
        yield from _text(
            block["text"], SECTION_TEXT, f"{pointer}/text", "mrkdwn", "plain_text"
        )
    yield from _fields(block.get("fields", []), f"{pointer}/fields")
    if "accessory" in block:
        yield from _element(block["accessory"], f"{pointer}/accessory")


def _fields(fields: list[Any], pointer: str) -> Objections:
    yield from _count(fields, FIELDS, pointer)
    for place, field in enumerate(fields):
        yield from _text(
            field, FIELD_TEXT, f"{pointer}/{place}", "mrkdwn", "plain_text"
        )


def _header(block: Block, pointer: str) -> Objections:
    yield from _text(block.get("text"), HEADER_TEXT, f"{pointer}/text", "plain_text")


def _count(items: object, most: int, pointer: str) -> Objections:
    if not isinstance(items, list):
        yield _said("must be an array", pointer)
    elif len(items) > most:
        yield _said(f"no more than {most} items allowed", pointer)


def _context(block: Block, pointer: str) -> Objections:
    yield from _required(block, "elements", pointer)
    elements = block.get("elements") or []
    yield from _count(elements, CONTEXT_ELEMENTS, f"{pointer}/elements")
    for place, element in enumerate(elements):
        yield from _context_element(element, f"{pointer}/elements/{place}")


def _context_element(element: object, pointer: str) -> Objections:
    if isinstance(element, dict) and element.get("type") == "image":
        yield from _image(element, pointer)
    else:
        yield from _text(element, SECTION_TEXT, pointer, "mrkdwn", "plain_text")


def _actions(block: Block, pointer: str) -> Objections:
    yield from _required(block, "elements", pointer)
    elements = block.get("elements") or []
    yield from _count(elements, ACTIONS_ELEMENTS, f"{pointer}/elements")
    seen: set[str] = set()
    for place, element in enumerate(elements):
        where = f"{pointer}/elements/{place}"
        yield from _element(element, where)
        name = element.get("action_id") if isinstance(element, dict) else None
        if name in seen:
            yield _said(f'action_id "{name}" already exists', f"{where}/action_id")
        seen.update({name} if isinstance(name, str) else set())


def _element(element: object, pointer: str) -> Objections:
    kind = element.get("type") if isinstance(element, dict) else None
    if not isinstance(element, dict) or kind not in {"button", "image"}:
        yield _said(f"unsupported type: {kind}", f"{pointer}/type")
    elif kind == "image":
        yield from _image(element, pointer)
    else:
        yield from _button(element, pointer)


def _button(button: Block, pointer: str) -> Objections:
    yield from _text(button.get("text"), BUTTON_TEXT, f"{pointer}/text", "plain_text")
    yield from _length(button.get("value"), BUTTON_VALUE, f"{pointer}/value")
    yield from _length(button.get("action_id"), IDENTIFIER, f"{pointer}/action_id")
    yield from _length(button.get("url"), IMAGE_URL, f"{pointer}/url")
    if button.get("style", "primary") not in {"primary", "danger"}:
        yield _said("must be a valid enum value", f"{pointer}/style")


def _image(image: Block, pointer: str) -> Objections:
    yield from _required(image, "alt_text", pointer)
    yield from _length(image.get("alt_text"), ALT_TEXT, f"{pointer}/alt_text")
    yield from _length(image.get("image_url"), IMAGE_URL, f"{pointer}/image_url")
    if not image.get("image_url") and not image.get("slack_file"):
        yield _said("missing required field: image_url", pointer)


def _container(block: Block, pointer: str) -> Objections:
    if "rich_text_title" not in block:
        yield from _text(
            block.get("title"), CONTAINER_TITLE, f"{pointer}/title", "plain_text"
        )
    if "subtitle" in block:
        yield from _text(
            block["subtitle"],
            CONTAINER_TITLE,
            f"{pointer}/subtitle",
            "mrkdwn",
            "plain_text",
        )
    yield from _required(block, "child_blocks", pointer)
    yield from _children(block.get("child_blocks") or [], f"{pointer}/child_blocks")


def _children(children: list[Any], pointer: str) -> Objections:
    yield from _count(children, CHILD_BLOCKS, pointer)
    for place, child in enumerate(children):
        where = f"{pointer}/{place}"
        if isinstance(child, dict) and child.get("type") in NOT_IN_CONTAINER:
            yield _said(f"unsupported type: {child['type']}", f"{where}/type")
        else:
            yield from _block(child, where)


def _markdown(block: Block, pointer: str) -> Objections:
    yield from _required(block, "text", pointer)
    yield from _length(block.get("text"), MARKDOWN_TEXT, f"{pointer}/text")


def _rich_text(block: Block, pointer: str) -> Objections:
    yield from _required(block, "elements", pointer)


def _divider(_block: Block, _pointer: str) -> Objections:
    yield from ()


_CHECKS: dict[object, Callable[[Block, str], Objections]] = {
    "actions": _actions,
    "container": _container,
    "context": _context,
    "divider": _divider,
    "header": _header,
    "image": _image,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "section": _section,
}
