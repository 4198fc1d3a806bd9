"""Draws a count with its interval on a full axis, in one line of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.composition import Composition
from bot.figures.axis import sketched
from bot.knowledge.load import Knowledge
from bot.knowledge.values import Count, Items, Value


FEWEST = 3  # people; ANSWERS: no interval for a subset with n ≤ 2
MOST_BARS = 4  # more is a chart, not a line beside the answer


@dataclass(frozen=True, slots=True)
class Bar:
    """A count that is worth drawing, and what it counts."""

    label: str
    count: Count

    def told(self) -> str:
        """The count in words, with what it counts."""
        return f"{self.count.k} of {self.count.n}: {self.label}"

    def drawn(self) -> str:
        """The share as a dot, its exact interval as a line, on an axis to 100 %."""
        return sketched(self.count)


def bars_of(composition: Composition, knowledge: Knowledge) -> tuple[Bar, ...]:
    """The bars of the counts that an answer tells, each count once."""
    if composition.decision != "answered":
        return ()
    facts = (knowledge.facts.get(name) for name in composition.facts)
    bars = [
        Bar(label, count)
        for fact in facts
        if fact is not None
        for label, count in _counts(_inside(fact.label), fact.value)
        if count.n >= FEWEST
    ]
    first: dict[tuple[int, int], Bar] = {}
    for bar in bars:
        first.setdefault((bar.count.k, bar.count.n), bar)
    return tuple(first.values())[:MOST_BARS]


def _inside(label: str) -> str:
    """A label as it stands within a line: its first letter small, names as they are."""
    second_small = label[1:2].islower()
    return label[0].lower() + label[1:] if second_small else label


def _counts(label: str, value: Value) -> Iterator[tuple[str, Count]]:
    if isinstance(value, Count):
        yield label, value
    elif isinstance(value, Items):
        for item in value.items:
            if isinstance(item.value, Count):
                yield item.name, item.value
