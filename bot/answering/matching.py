"""Holds every entry of the pack against one part of a question.

Two independent keys: what the curators declared (measure, aspect, what is covered)
and what the question bank taught.  Neither decides alone: both enter the trust.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.margins import Margins, Roll, Unkeyed
from bot.answering.matches import Found, Match, Matches, chance, signs_of
from bot.knowledge.load import Entry, Knowledge, concepts_of
from bot.understanding.features import features_of
from bot.understanding.reading import Part, Reading
from bot.understanding.second_key import SecondKey
from bot.understanding.vocabulary import Vocabulary


MOST = 12  # entries looked at; the right one is among them in 98 of 100 (held out)
CLEAR = 0.6  # trust; a part below it may be a word after the one before

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
class _Asked:
    """What every entry is held against, counted once for a part."""

    named: frozenset[str]  # concepts of the part itself
    material: frozenset[str]  # those of them that an answer has to cover
    near: frozenset[str]  # with what the context named, and all that is broader
    rarity: float  # of the named ones together


class Matcher:
    """Finds what a part is about, by concept index and by the second key."""

    def __init__(
        self, knowledge: Knowledge, vocabulary: Vocabulary, key: SecondKey | None
    ) -> None:
        self._knowledge = knowledge
        self._vocabulary = vocabulary
        self._weights = WITHOUT_KEY if key is None else key.card.trust
        self._covered = {e.id: self._all_of(e) for e in knowledge.entries()}
        self._roll = None if key is None else Roll(key, self._covered)
        self._by_measure = self._index()
        self._rarity = self._rarities()

    def match(self, part: Part) -> Matches:
        """The best entries for a part, most trusted first; ties are broken by id."""
        margins = (
            Unkeyed() if self._roll is None else self._roll.heard(features_of(part))
        )
        likely = {*margins.foremost(MOST), *self._measured(part, margins)}
        names = sorted(name for name in likely if self._may_be(name, part))
        asked = self._asked(part)
        plain = Matches(
            tuple(self._match(asked, name, margins) for name in names),
            margins.others(),
        )
        trusted = [
            match.trusted(chance(self._weights, signs_of(match, plain)))
            for match in plain.ranked
        ]
        trusted.sort(key=lambda match: (-match.trust, match.entry.id))
        return Matches(tuple(trusted[:MOST]), plain.labels)

    def find(self, reading: Reading) -> Found:
        """The best entries for a whole message and for what it asks."""
        asked = None if reading.asked is None else self.match(reading.asked)
        told = None if reading.told is None else self.match(reading.told)
        return Found(self.match(reading.whole), self._match_parts(reading), asked, told)

    def _match_parts(self, reading: Reading) -> tuple[Matches, ...]:
        """The same for each part of a message that has several; none of one alone."""
        if len(reading.parts) == 1:
            return ()
        ways = zip(reading.parts, reading.otherwise, strict=True)
        found = ((part, self._clearest(part, others)) for part, others in ways)
        return tuple(m for part, m in found if part.asks_for or m.trust >= CLEAR)

    def _clearest(self, part: Part, others: Sequence[Part]) -> Matches:
        """A part for itself, or where that is unclear as it is clearest."""
        alone = self.match(part)
        if alone.trust >= CLEAR or not others:
            return alone
        found = (alone, *map(self.match, others))
        return max(found, key=lambda matches: matches.trust)

    def _match(self, asked: _Asked, name: str, margins: Margins) -> Match:
        entry, covered = self._knowledge.entry(name), self._covered[name]
        coverage = self._share(asked, covered)
        return Match(
            entry=entry,
            margin=margins.of(name, coverage),
            measured=not asked.near.isdisjoint(entry.measure),
            aspect=not asked.near.isdisjoint(entry.aspect),
            uncovered=tuple(sorted(asked.material - covered)),
            coverage=coverage,
        )

    def _may_be(self, name: str, part: Part) -> bool:
        """Whether the part names nothing that the entry is not about."""
        return part.concepts.isdisjoint(self._knowledge.entry(name).excludes)

    def _asked(self, part: Part) -> _Asked:
        named = part.concepts
        return _Asked(
            named=named,
            material=frozenset(filter(self._vocabulary.is_material, named)),
            near=self._vocabulary.with_broader({*named, *part.inherited}),
            rarity=self._rarity_of(named),
        )

    def _measured(self, part: Part, margins: Margins) -> Iterable[str]:
        """Entries that the concept index finds: all without a key, else the likely."""
        named = part.concepts or part.inherited  # a follow-up may name nothing itself
        for concept in self._vocabulary.with_broader(named):
            yield from filter(margins.is_likely, self._by_measure.get(concept, ()))

    def _share(self, asked: _Asked, covered: frozenset[str]) -> float:
        held = self._rarity_of(asked.named & covered)
        return held / asked.rarity if asked.rarity else 0.0

    def _rarity_of(self, concepts: Iterable[str]) -> float:
        return math.fsum([self._rarity.get(concept, 0.0) for concept in concepts])

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
