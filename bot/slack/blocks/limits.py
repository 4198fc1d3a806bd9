"""Checks blocks against Slack's limits before Slack does, and packs what is too much.

The numbers are those of docs.slack.dev, reference/block-kit and chat.postMessage,
where slack_sdk.models.blocks knows them too, the same; others name their source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from bot.slack.blocks.kit import Block, Message


MESSAGE_TEXT = 40_000  # longer texts are truncated by chat.postMessage
SECTION_TEXT = 3_000
CONTEXT_ELEMENTS = 10
CONTAINER_TITLE = 150
CONTAINER_CHILDREN = 10
ACTIONS_ELEMENTS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
NAME = 255  # block_id and action_id
CONTEXT_ACTIONS = 5
HEADER = 150
IMAGE_ALT = 2_000
INPUT_LABEL = 2_000
OPTIONS = 100
OPTION = 75
OPTION_VALUE = 150
VIEW_BLOCKS = 100
VIEW_TITLE = 24
VIEW_METADATA = 3_000


@dataclass(frozen=True, slots=True)
class Room:
    """How many blocks, and how many characters in all their texts, go in together."""

    blocks: int
    text: int


IN_MESSAGE = Room(50, 13_200)  # text: msg_blocks_too_long above it, bolt-js issue 2509
IN_CONTAINER = Room(CONTAINER_CHILDREN, IN_MESSAGE.text - CONTAINER_TITLE)
IN_CONTEXT = Room(CONTEXT_ELEMENTS, IN_MESSAGE.text)


def packs(parts: Iterable[Block], room: Room) -> Iterator[tuple[Block, ...]]:
    """All parts in their order, as many together as there is room for."""
    pack: list[Block] = []
    blocks = text = 0
    for part in parts:
        more, longer = _count((part,)), _text(part)
        if pack and (blocks + more > room.blocks or text + longer > room.text):
            yield tuple(pack)
            pack, blocks, text = [], 0, 0
        pack.append(part)
        blocks, text = blocks + more, text + longer
    if pack:
        yield tuple(pack)


def checked(message: Message) -> Message:
    """The message; if Slack will take it, with a mark that saves another look."""
    return replace(message, checked=not breaches(message))


def breaches(message: Message) -> tuple[str, ...]:
    """What Slack would refuse, by block and number, never by words; empty if nothing."""
    if message.checked:
        return ()
    every = [*message.blocks, *chain.from_iterable(map(_children, message.blocks))]
    names = Counter(str(block.get("block_id")) for block in every)
    return (
        *_over("message", "characters", len(message.text), MESSAGE_TEXT),
        *_over("message", "blocks", _count(message.blocks), IN_MESSAGE.blocks),
        *_over("message", "text", _text(message.blocks), IN_MESSAGE.text),
        *(f"{name}: used {times} times" for name, times in names.items() if times > 1),
        *chain.from_iterable(map(_breaches_of, every)),
    )


def _breaches_of(block: Block) -> Iterator[str]:
    name = str(block.get("block_id", ""))
    yield from _between(name, "characters of block_id", len(name), NAME)
    check = _CHECKS.get(str(block.get("type")))
    if check is None:
        yield f"{name}: not a kind of block that we send"
    else:
        yield from check(name, block)


def _section(name: str, block: Block) -> Iterator[str]:
    yield from _between(name, "characters", len(block["text"]["text"]), SECTION_TEXT)


def _context(name: str, block: Block) -> Iterator[str]:
    yield from _between(name, "elements", len(block["elements"]), CONTEXT_ELEMENTS)
    for element in block["elements"]:
        yield from _between(name, "characters", len(element["text"]), SECTION_TEXT)


def _container(name: str, block: Block) -> Iterator[str]:
    title = block["title"]["text"]
    yield from _between(name, "characters of title", len(title), CONTAINER_TITLE)
    children = block["child_blocks"]
    yield from _between(name, "children", len(children), CONTAINER_CHILDREN)
    if any(child["type"] == "container" for child in children):
        yield f"{name}: a container in a container"


def _actions(name: str, block: Block) -> Iterator[str]:
    yield from _between(name, "buttons", len(block["elements"]), ACTIONS_ELEMENTS)
    for element in block["elements"]:
        yield from _element(name, element)


def _element(name: str, element: Block) -> Iterator[str]:
    """A button, a list to choose from, or a field to fill in."""
    yield from _over(name, "characters of action_id", len(element["action_id"]), NAME)
    if element["type"] == "button":
        label = element["text"]["text"]
        yield from _between(name, "characters of label", len(label), BUTTON_TEXT)
        yield from _over(
            name, "characters of value", len(element["value"]), BUTTON_VALUE
        )
    if "options" in element:
        yield from _between(name, "options", len(element["options"]), OPTIONS)
    for option in element.get("options", ()):
        yield from _between(name, "of an option", len(option["text"]["text"]), OPTION)
        yield from _between(name, "of its value", len(option["value"]), OPTION_VALUE)


def _context_actions(name: str, block: Block) -> Iterator[str]:
    yield from _between(name, "elements", len(block["elements"]), CONTEXT_ACTIONS)


def _header(name: str, block: Block) -> Iterator[str]:
    yield from _between(name, "characters", len(block["text"]["text"]), HEADER)


def _input(name: str, block: Block) -> Iterator[str]:
    yield from _between(name, "characters", len(block["label"]["text"]), INPUT_LABEL)
    yield from _element(name, block["element"])


def _rich_text(name: str, block: Block) -> Iterator[str]:
    yield from _between(name, "elements", len(block["elements"]), ACTIONS_ELEMENTS)


def _image(name: str, block: Block) -> Iterator[str]:
    yield from _between(name, "characters of alt", len(block["alt_text"]), IMAGE_ALT)


def _divider(name: str, block: Block) -> Iterator[str]:  # noqa: ARG001  has no limits
    return iter(())


_CHECKS: dict[str, Callable[[str, Block], Iterator[str]]] = {
    "section": _section,
    "context": _context,
    "container": _container,
    "actions": _actions,
    "context_actions": _context_actions,
    "header": _header,
    "input": _input,
    "rich_text": _rich_text,
    "divider": _divider,
    "image": _image,
}
_HOLDING = (dict, list, tuple)  # other parts may lie in these
ONLY_IN_MESSAGES = frozenset({"container", "context_actions"})


def breaches_of_view(view: Block) -> tuple[str, ...]:
    """What Slack would refuse of a modal or a home tab; empty if nothing."""
    blocks, title = view["blocks"], view.get("title", {}).get("text", "")
    names = Counter(block["block_id"] for block in blocks)
    metadata = len(view.get("private_metadata", ""))
    return (
        *_over("view", "blocks", len(blocks), VIEW_BLOCKS),
        *_over("view", "characters of title", len(title), VIEW_TITLE),
        *_over("view", "characters of private_metadata", metadata, VIEW_METADATA),
        *(f"{name}: used {times} times" for name, times in names.items() if times > 1),
        *(
            f"{block['block_id']}: only in messages"
            for block in blocks
            if block["type"] in ONLY_IN_MESSAGES
        ),
        *chain.from_iterable(map(_breaches_of, blocks)),
    )


def _between(name: str, what: str, size: int, most: int) -> Iterator[str]:
    if size == 0:
        yield f"{name}: no {what}"
    yield from _over(name, what, size, most)


def _over(name: str, what: str, size: int, most: int) -> Iterator[str]:
    if size > most:
        yield f"{name}: {size} {what}, {most} at most"


def _count(blocks: Iterable[Block]) -> int:
    return sum(1 + len(_children(block)) for block in blocks)


def _children(block: Block) -> list[Block]:
    children: list[Block] = block.get("child_blocks", [])
    return children


def _text(part: Block | Iterable[object]) -> int:
    """How many characters all texts inside have together."""
    length, parts = 0, part
    if isinstance(part, dict):
        own, parts = part.get("text"), part.values()
        length = len(own) if isinstance(own, str) else 0
    for inner in parts:
        if isinstance(inner, _HOLDING):
            length += _text(inner)
    return length
