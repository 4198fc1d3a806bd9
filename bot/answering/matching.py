"""Holds every entry of the pack against one part of a question.

Two independent keys: what the curators declared (measure, aspect, what is covered)
and what the question bank taught.  Neither decides alone: both enter the trust.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.knowledge.load import Entry, Knowledge, concepts_of
from bot.knowledge.model import Gap
from bot.understanding.features import features_of
from bot.understanding.reading import Part
from bot.understanding.second_key import SecondKey
from bot.understanding.vocabulary import Vocabulary


MOST = 12  # entries looked at; the right one is among them in 98 of 100 (held out)
_LOWEST = -1.5  # margin of a label that was not scored, below any that was

# A pack without a second key stands on its declared concepts alone: an entry is
# trusted only where its measure is named and all that is named is covered.
WITHOUT_KEY: Mapping[str, float] = {
    "intercept": -6.0,
    "measured": 3.0,
    "aspect": 1.0,
    "coverage": 3.0,
    "lead": 4.0,
    "uncovered": -4.0,
}


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


@dataclass(frozen=True)
class Matches:
    """Every entry worth a look, most trusted first, and what else a message may be."""

    ranked: tuple[Match, ...]
    labels: Mapping[str, float]  # margins of boundaries, outside and clarify

    def other(self, label: str) -> float:
        """The margin of a boundary, the outside or a plea for clarity."""
        return self.labels.get(label, _LOWEST)

    @property
    def best_margin(self) -> float:
        """The highest margin of any entry."""
        return max((match.margin for match in self.ranked), default=_LOWEST)


class Matcher:
    """Finds what a part is about, by concept index and by the second key."""

    def __init__(
        self, knowledge: Knowledge, vocabulary: Vocabulary, key: SecondKey | None
    ) -> None:
        self._knowledge = knowledge
        self._vocabulary = vocabulary
        self._key = key
        self._weights = WITHOUT_KEY if key is None else key.card.trust
        self._covered = {e.id: self._all_of(e) for e in knowledge.entries()}
        self._by_measure = self._index()
        self._rarity = self._rarities()

    def match(self, part: Part) -> Matches:
        """The best entries for a part, most trusted first; ties are broken by id."""
        margins = {} if self._key is None else self._key.scores(features_of(part))
        known = [label for label in margins if label in self._covered]
        names = sorted({*known[:MOST], *self._measured(part, margins)})
        near = self._vocabulary.with_broader({*part.concepts, *part.inherited})
        found = tuple(self._match(part, name, margins, near) for name in names)
        others = {x: m for x, m in margins.items() if x not in self._covered}
        plain = Matches(found, others)
        trusted = [
            replace(match, trust=chance(self._weights, signs_of(match, plain)))
            for match in found
        ]
        trusted.sort(key=lambda match: (-match.trust, match.entry.id))
        return Matches(tuple(trusted[:MOST]), others)

    def _match(
        self,
        part: Part,
        name: str,
        margins: Mapping[str, float],
        reached: frozenset[str],
    ) -> Match:
        entry, covered = self._knowledge.entry(name), self._covered[name]
        named = part.concepts
        material = (c for c in named - covered if self._vocabulary.is_material(c))
        coverage = self._share(named, covered)
        return Match(
            entry=entry,
            margin=margins.get(name, _LOWEST) if margins else coverage - 1.0,
            measured=not reached.isdisjoint(entry.measure),
            aspect=not reached.isdisjoint(entry.aspect),
            uncovered=tuple(sorted(material)),
            coverage=coverage,
        )

    def _measured(self, part: Part, margins: Mapping[str, float]) -> Iterable[str]:
        """Entries that the concept index finds: all without a key, else the likely."""
        named = part.concepts or part.inherited  # a follow-up may name nothing itself
        for concept in sorted(self._vocabulary.with_broader(named)):
            for name in self._by_measure.get(concept, ()):
                if not margins or margins.get(name, _LOWEST) > -1.0:
                    yield name

    def _share(self, named: frozenset[str], covered: frozenset[str]) -> float:
        total = math.fsum(self._rarity.get(concept, 0.0) for concept in named)
        held = math.fsum(self._rarity.get(concept, 0.0) for concept in named & covered)
        return held / total if total else 0.0

    def _all_of(self, entry: Entry) -> frozenset[str]:
        return self._vocabulary.with_broader(concepts_of(entry))

    def _index(self) -> Mapping[str, tuple[str, ...]]:
        index: dict[str, list[str]] = {}
        for entry in self._knowledge.entries():
            for concept in entry.measure:
                index.setdefault(concept, []).append(entry.id)
        return {concept: tuple(names) for concept, names in index.items()}

    def _rarities(self) -> Mapping[str, float]:
        """How much a concept tells: the fewer entries it belongs to, the more."""
        entries = len(self._covered)
        belongs = dict.fromkeys(self._knowledge.concepts, 0)
        for covered in self._covered.values():
            for concept in covered:
                belongs[concept] += 1
        return {
            concept: math.log((1 + entries) / (1 + n))
            for concept, n in belongs.items()
            if self._knowledge.concepts[concept].kind not in {"sign", "stance"}
        }


def signs_of(match: Match, among: Matches) -> Mapping[str, float]:
    """What speaks for a match: its margin, its lead, and how well it covers the part."""
    rivals = [m.margin for m in among.ranked if m.entry.id != match.entry.id]
    elsewhere = max(among.labels.values(), default=_LOWEST)
    return {
        "intercept": 1.0,
        "margin": match.margin,
        "lead": match.margin - max(rivals, default=_LOWEST),
        "lead_elsewhere": match.margin - elsewhere,
        "measured": float(match.measured),
        "aspect": float(match.aspect),
        "has_aspect": float(bool(match.entry.aspect)),
        "uncovered": float(bool(match.uncovered)),
        "coverage": match.coverage,
        "gap": float(isinstance(match.entry, Gap)),
    }


def chance(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """The logistic of the weighted signs: a chance between 0 and 1."""
    total = math.fsum(weights.get(name, 0.0) * sign for name, sign in signs.items())
    return 1.0 / (1.0 + math.exp(-total))
