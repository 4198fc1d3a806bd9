"""What a rule is, and what it says against an entry that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.knowledge.load import Knowledge


@dataclass(frozen=True, slots=True, order=True)
class Objection:
    """What a rule holds against one entry, and what to do about it."""

    listed_as: str  # facts, gaps, conflicts, concepts, sources, figures
    entry: str
    rule: str
    advice: str


Rule: TypeAlias = Callable[[Knowledge], Iterator[Objection]]
