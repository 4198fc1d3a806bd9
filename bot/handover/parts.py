"""Takes facts apart into single values, each with its share and its interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from bot.answering.intervals import FEWEST, clopper_pearson
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.knowledge.terms import Topic
from bot.knowledge.values import Count, Items, Percentage, Single


COMPUTED = "Clopper\N{EN DASH}Pearson, computed, not in the source"
PUBLISHED = "as published"
_DIGITS = 2  # places of a percentage: enough to reprint, far above a float's error


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval of 95 %, both ends in percent, and who worked it out."""

    low: float
    high: float
    origin: str


@dataclass(frozen=True, slots=True)
class Part:
    """A value of a fact: the only one, or one line of its list."""

    fact: Fact
    number: int | None  # its place in the list, from 1 on
    name: str
    value: Single | None  # a line of a list may be a name and nothing else

    @property
    def id(self) -> str:
        """The id of the fact, with the place in its list."""
        return self.fact.id if self.number is None else f"{self.fact.id}.{self.number}"

    @property
    def label(self) -> str:
        """A few words that say which value this is."""
        return f"{self.fact.label}: {self.name}" if self.name else self.fact.label


def chapters(knowledge: Knowledge) -> Mapping[str, tuple[Fact, ...]]:
    """The facts by topic: topics in the order of the model, facts in that of the pack."""
    found: dict[str, list[Fact]] = {topic: [] for topic in get_args(Topic)}
    for fact in knowledge.facts.values():
        found.setdefault(knowledge.topic(fact.id), []).append(fact)
    return {topic: tuple(facts) for topic, facts in found.items() if facts}


def parts_of(fact: Fact) -> tuple[Part, ...]:
    """Every value of a fact, in the order of the source."""
    if not isinstance(fact.value, Items):
        return (Part(fact, None, "", fact.value),)
    numbered = enumerate(fact.value.items, start=1)
    return tuple(Part(fact, place, item.name, item.value) for place, item in numbered)


def share_of(count: Count) -> float:
    """So many of so many, in percent."""
    return 100 * count.k / count.n


def exported(percent: float) -> float:
    """A percentage as programs get it: with two places."""
    return round(percent, _DIGITS)


def interval_of(value: Single | None) -> Interval | None:
    """The exact interval of a count, the published one of a percentage, or None.

    A count of fewer than three has none: ANSWERS.
    """
    if isinstance(value, Count) and value.n >= FEWEST:
        low, high = clopper_pearson(value.k, value.n)
        return Interval(low, high, COMPUTED)
    if isinstance(value, Percentage) and value.interval is not None:
        low, high = value.interval
        return Interval(float(low), float(high), PUBLISHED)
    return None


def proportions_in(fact: Fact) -> Iterator[tuple[Part, Count | Percentage]]:
    """The values of a fact that are counts or percentages."""
    for part in parts_of(fact):
        if isinstance(part.value, Count | Percentage):
            yield part, part.value
