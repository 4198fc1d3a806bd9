"""Says what a message may be about, and how far each guess is trusted."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from operator import itemgetter

from bot.answering.margins import LOWEST
from bot.knowledge.load import Entry
from bot.knowledge.model import Gap


# Of 1,482 messages that tell something first 217 were told that very thing where the
# more trusted of both readings decided, 127 at 0.5, 148 at 0.7; at 0.3 (117) fewer of
# 1,840 exam questions were right.
PLAIN = 0.5  # trust; above it what is asked points to an entry by itself
CERTAIN = 0.9  # trust; above it what is told is known for what it is: at 0.5 up to two
# points fewer of an exam were right
_NOBODY = (("", LOWEST), ("", LOWEST))  # where fewer than two entries are found


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, and why it may be what was asked for."""

    entry: Entry
    margin: float  # second key; above 0 is more for than against
    measured: bool  # the part (or its context) names a measure of the entry
    aspect: bool  # likewise, an aspect
    uncovered: tuple[str, ...]  # material concepts named that the entry does not cover
    coverage: float  # share of the part's concepts, by rarity, that the entry covers
    trust: float = 0.0  # chance that it is what was asked for, 0 to 1

    def is_same(self, other: Match | None) -> bool:
        """Whether both are about one entry."""
        return other is not None and other.entry.id == self.entry.id

    def trusted(self, trust: float) -> Match:
        """The same match, trusted so much: a chance from 0 to 1."""
        why = (self.measured, self.aspect, self.uncovered, self.coverage)
        return Match(self.entry, self.margin, *why, trust)


@dataclass(frozen=True)
class Matches:
    """Every entry worth a look, most trusted first, and what else a message may be."""

    ranked: tuple[Match, ...]
    labels: Mapping[str, float]  # margins of boundaries, outside and clarify

    def other(self, label: str) -> float:
        """The margin of a boundary, the outside or a plea for clarity."""
        return self.labels.get(label, LOWEST)

    @property
    def best(self) -> Match | None:
        """The most trusted entry; None where there is none."""
        return self.ranked[0] if self.ranked else None

    @property
    def best_margin(self) -> float:
        """The highest margin of any entry."""
        return max((match.margin for match in self.ranked), default=LOWEST)

    @property
    def trust(self) -> float:
        """The chance that the best entry is the one meant; 0 where there is none."""
        return self.ranked[0].trust if self.ranked else 0.0

    @cached_property
    def best_elsewhere(self) -> float:
        """The highest margin of anything that is no entry."""
        return max(self.labels.values(), default=LOWEST)

    def best_beside(self, match: Match) -> float:
        """The highest margin of any entry but this one."""
        (first, best), (_, second) = self._best_two
        return second if first == match.entry.id else best

    @cached_property
    def _best_two(self) -> Sequence[tuple[str, float]]:
        """The two entries with the highest margins; nobody's where there are fewer."""
        margins = [(match.entry.id, match.margin) for match in self.ranked]
        return [*nlargest(2, margins, key=itemgetter(1)), *_NOBODY][:2]


@dataclass(frozen=True, slots=True)
class Found:
    """What a message may be about: the whole of it, and each of several parts."""

    whole: Matches
    parts: tuple[Matches, ...] = ()
    asked: Matches | None = None  # what it asks, where it tells something besides
    told: Matches | None = None  # and what that is about

    @property
    def clearest(self) -> Matches:
        """What a message asks, if that points to an entry; else whichever does more.

        The whole of it may point to what it tells.
        """
        if self.asked is None or self.asked.trust >= PLAIN:
            return self.asked or self.whole
        told = self.told.best if self.told is not None else None
        if told is not None and told.trust >= CERTAIN:
            is_all = told.is_same(self.whole.best)
            if is_all and not told.is_same(self.asked.best):
                return self.asked
        return max((self.whole, self.asked), key=lambda matches: matches.trust)


def signs_of(match: Match, among: Matches) -> Mapping[str, float]:
    """What speaks for a match: its margin, its lead, and how well it covers the part."""
    return {
        "intercept": 1.0,
        "margin": match.margin,
        "lead": match.margin - among.best_beside(match),
        "lead_elsewhere": match.margin - among.best_elsewhere,
        "measured": float(match.measured),
        "aspect": float(match.aspect),
        "has_aspect": float(bool(match.entry.aspect)),
        "uncovered": float(bool(match.uncovered)),
        "coverage": match.coverage,
        "gap": float(isinstance(match.entry, Gap)),
    }


def chance(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """The logistic of the weighted signs: a chance between 0 and 1."""
    weighed = [weights[name] * sign for name, sign in signs.items() if name in weights]
    total = math.fsum(weighed)
    return 1.0 / (1.0 + math.exp(-total))
