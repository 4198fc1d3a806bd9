"""Says what a rule may hold against an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.knowledge.load import Entry, Knowledge
from bot.knowledge.model import Conflict, Fact, Gap


@dataclass(frozen=True, slots=True, order=True)
class Objection:
    """What a rule holds against one entry, and what to do about it."""

    listed_as: str  # facts, gaps, conflicts, concepts, sources, withdrawn
    entry: str
    rule: str
    advice: str


Rule: TypeAlias = Callable[[Knowledge], Iterator[Objection]]


def against(entry: Entry, rule: str, advice: str) -> Objection:
    """An objection to a fact, a gap or a conflict."""
    kinds = {Fact: "facts", Gap: "gaps", Conflict: "conflicts"}
    return Objection(kinds[type(entry)], entry.id, rule, advice)
