"""Changes the text of curated files, one entry at a time, the rest left as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from bot.curation.entry_text import entry_text
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Draft, Fact, Gap
from bot.knowledge.rules import signature_of


_EMPTY = re.compile(r"(?m)^(\w+): *\[\]$")
_ITEM = re.compile(r"(?m)^ *- ")

Edits: TypeAlias = Mapping[str, str | None]  # file of the pack: its new text, or gone


def with_draft(draft: Draft, topic: str, knowledge: Knowledge) -> Edits:
    """The pack with this draft in it, in the place of an earlier one of its id."""
    name = f"drafts/{topic}.yaml"
    earlier = _without(("drafts", draft.id), knowledge)
    text = earlier.get(name, _text(knowledge.directory / name))
    return {
        **earlier,
        name: _appended(
            text or _opening("drafts", knowledge.directory), entry_text(draft)
        ),
    }


def with_fact(fact: Fact, knowledge: Knowledge) -> Edits:
    """The pack with a draft among the facts, in the place of one of its id.

    A gap that it answers whole, asked for by the same questions, is taken out.
    """
    draft = knowledge.places["drafts", fact.id].path
    text = entry_text(fact)
    if fact.id in knowledge.facts:
        place = knowledge.places["facts", fact.id].path
        changed = _replaced(("facts", fact.id), text, knowledge)
    else:
        place = knowledge.directory / "facts" / draft.name
        changed = _appended(
            _text(place) or _opening("facts", knowledge.directory), text
        )
    name = place.relative_to(knowledge.directory).as_posix()
    return {
        **_without(("drafts", fact.id), knowledge),
        **_without_gap(fact, knowledge),
        name: changed,
    }


def closed_whole(fact: Fact, knowledge: Knowledge) -> Gap | None:
    """The gap that a fact closes and takes the very place of."""
    found = (
        gap
        for gap in knowledge.gaps.values()
        if gap.number == fact.closes_gap and signature_of(gap) == signature_of(fact)
    )
    return next(found, None)


def _without_gap(fact: Fact, knowledge: Knowledge) -> dict[str, str | None]:
    gap = closed_whole(fact, knowledge)
    if gap is None:
        return {}
    left = _without(("gaps", gap.id), knowledge)
    return {name: text or "gaps: []\n" for name, text in left.items()}


def _without(key: tuple[str, str], knowledge: Knowledge) -> dict[str, str | None]:
    """The file of an entry without it; gone, where it was the last one in it."""
    if key not in knowledge.places:
        return {}
    path = knowledge.places[key].path
    left = _replaced(key, "", knowledge)
    others = [k for k, place in knowledge.places.items() if place.path == path]
    name = path.relative_to(knowledge.directory).as_posix()
    return {name: None if others == [key] else left}


def _replaced(key: tuple[str, str], text: str, knowledge: Knowledge) -> str:
    """The file of an entry with other text in its place."""
    place = knowledge.places[key]
    lines = _text(place.path).splitlines(keepends=True)
    first = place.line - 1
    last = _end_of_entry(lines, first)
    return "".join([*lines[:first], text, *lines[last:]])


def _end_of_entry(lines: list[str], first: int) -> int:
    """The line after an entry; remarks and empty lines before the next stay there."""
    indent = len(lines[first]) - len(lines[first].lstrip())
    last = first + 1
    for at in range(first + 1, len(lines)):
        line = lines[at]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        if line.strip():
            last = at + 1
    return last


def _appended(text: str, entry: str) -> str:
    """The file with one entry more, in a list that may have been empty."""
    opened = _EMPTY.sub(r"\1:", text.rstrip())
    between = "\n\n" if _ITEM.search(opened) else "\n"
    return f"{opened}{between}{entry}"


def _opening(key: str, directory: Path) -> str:
    """The first lines of a file in a folder of the pack: its schema, its list."""
    own = (directory / "schema.json").is_file()
    place = "../schema.json" if own else "../../schema.json"  # beside the packs
    return f"# yaml-language-server: $schema={place}\n{key}:\n"


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
