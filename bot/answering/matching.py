"""Holds every entry of the pack against one part of a question.

Two independent keys: what the curators declared (measure, aspect, what is covered)
and what the question bank taught.  Neither decides alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.knowledge.load import Entry, Knowledge, concepts_of
from bot.understanding.features import features_of
from bot.understanding.reading import Part
from bot.understanding.second_key import SecondKey
from bot.understanding.vocabulary import Vocabulary


_MEASURE = 0.20  # margin that a named measure is worth; chosen on held-out voices
_ASPECT = 0.10  # likewise, a named aspect
_UNCOVERED = 0.35  # likewise, the cost of a material concept the entry lacks


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, and why it may be what was asked for."""

    entry: Entry
    margin: float  # second key; above 0 is more for than against
    measured: bool  # the part (or its context) names a measure of the entry
    uncovered: tuple[str, ...]  # material concepts named that the entry does not cover
    coverage: float  # share of the part's concepts, by rarity, that the entry covers
    score: float


@dataclass(frozen=True)
class Matches:
    """Every entry worth a look, best first, and what else the message may be."""

    ranked: tuple[Match, ...]
    labels: Mapping[str, float]  # margins of boundaries, outside and clarify


class Matcher:
    """Finds what a part is about, by concept index and by the second key."""

    def __init__(
        self, knowledge: Knowledge, vocabulary: Vocabulary, key: SecondKey | None
    ) -> None:
        self._knowledge = knowledge
        self._vocabulary = vocabulary
        self._key = key
        self._covered = {e.id: self._all_of(e) for e in knowledge.entries()}
        self._by_measure = self._index()
        self._rarity = self._rarities()

    def match(self, part: Part, most: int = 12) -> Matches:
        """The best entries for a part, best first; ties are broken by id."""
        margins = {} if self._key is None else self._key.scores(features_of(part))
        known = [label for label in margins if label in self._covered]
        candidates = {*known[:most], *self._measured(part)}
        found = [self._match(part, entry, margins) for entry in candidates]
        found.sort(key=lambda match: (-match.score, match.entry.id))
        others = {x: m for x, m in margins.items() if x not in self._covered}
        return Matches(tuple(found[:most]), others)

    def _match(self, part: Part, name: str, margins: Mapping[str, float]) -> Match:
        entry = self._knowledge.entry(name)
        covered = self._covered[name]
        named = part.concepts
        around = named | frozenset(part.inherited)
        reached = self._vocabulary.with_broader(around)
        measured = not reached.isdisjoint(entry.measure)
        aspect = not reached.isdisjoint(entry.aspect)
        uncovered = tuple(
            sorted(c for c in named - covered if self._vocabulary.is_material(c))
        )
        coverage = self._share(named, covered)
        margin = margins.get(name, -1.0 if self._key else coverage - 1.0)
        score = margin + _MEASURE * measured + _ASPECT * aspect
        return Match(
            entry=entry,
            margin=margin,
            measured=measured,
            uncovered=uncovered,
            coverage=coverage,
            score=score - _UNCOVERED * bool(uncovered),
        )

    def _measured(self, part: Part) -> Iterable[str]:
        for concept in self._vocabulary.with_broader(part.concepts):
            yield from self._by_measure.get(concept, ())

    def _share(self, named: frozenset[str], covered: frozenset[str]) -> float:
        total = sum(self._rarity.get(concept, 0.0) for concept in named)
        held = sum(self._rarity.get(concept, 0.0) for concept in named & covered)
        return held / total if total else 0.0

    def _all_of(self, entry: Entry) -> frozenset[str]:
        declared = frozenset(concepts_of(entry))
        return declared | self._vocabulary.with_broader(declared)

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
        return {c: math.log((1 + entries) / (1 + n)) for c, n in belongs.items()}
