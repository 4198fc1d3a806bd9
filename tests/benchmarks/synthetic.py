"""Makes larger packs in memory: the real facts again and again, in invented words.

Each copy of the pack has concepts of its own.  In their forms some words are invented
(every form has at least one, where it has a word at all) and the others are those of
the real pack, so that copies share many of the words by which they are found.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy import sparse

from bot.knowledge.load import Knowledge
from bot.knowledge.model import Concept, Fact
from bot.understanding.question import Question
from bot.understanding.second_key import CARD, WEIGHTS, Card, SecondKey
from bot.understanding.words import STOP_WORDS, american, stem_of


MOST_KEYED = 32_000  # facts; beyond, a replicated key holds over 100 million weights

_WORD = re.compile(r"[^\W\d_]+")
_ONSETS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
_SYLLABLES = (2, 3, 4)  # of an invented word; with its ending 5 to 9 letters


@dataclass(frozen=True)
class Dialect:
    """The words of one copy of the pack."""

    number: int  # 0 is the real pack
    renewed: frozenset[str]  # stems that each copy has its own word for

    def says(self, text: str) -> str:
        """A text in the words of this copy."""
        if self.number == 0:
            return text
        return _WORD.sub(lambda word: self._word(word[0]), text)

    def names(self, name: str) -> str:
        """The id that an entry or a concept has in this copy."""
        return name if self.number == 0 else f"{name}-{self.number}"

    def _word(self, word: str) -> str:
        stem = _stem(word)
        return invented(stem, self.number) if stem in self.renewed else word


def dialects(knowledge: Knowledge, facts: int) -> list[Dialect]:
    """As many copies as so many facts take, the real pack first."""
    renewed = _renewed(knowledge.concepts.values())
    copies = -(-facts // len(knowledge.facts))
    return [Dialect(number, renewed) for number in range(copies)]


def enlarged(knowledge: Knowledge, spoken: Sequence[Dialect], facts: int) -> Knowledge:
    """The pack with so many facts; gaps and conflicts stay as they are."""
    kept = dict(list(_facts(knowledge, spoken))[:facts])
    concepts = {
        copy.id: copy
        for dialect in spoken
        for concept in knowledge.concepts.values()
        for copy in [_concept(concept, dialect)]
    }
    places = {
        ("facts", dialect.names(fact)): knowledge.places["facts", fact]
        for dialect in spoken
        for fact in knowledge.facts
    }
    places = {**knowledge.places, **places}
    return replace(knowledge, facts=kept, concepts=concepts, places=places)


def replicated(knowledge: Knowledge, spoken: Sequence[Dialect]) -> SecondKey:
    """The second key with the weights of every fact once more for each copy.

    All copies weigh on the same features: more work than a trained key would have.
    """
    folder = knowledge.directory
    card = Card.model_validate_json((folder / CARD).read_text("utf-8"))
    weights = _stored(folder / WEIGHTS, len(card.labels))
    own = [place for place, label in enumerate(card.labels) if label in knowledge.facts]
    labels = [d.names(card.labels[place]) for d in spoken[1:] for place in own]
    bias = (*card.bias, *([card.bias[place] for place in own] * (len(spoken) - 1)))
    larger = card.model_copy(update={"labels": (*card.labels, *labels), "bias": bias})
    columns = weights.tocsc()[:, own]
    stacked = sparse.hstack([weights, *[columns] * (len(spoken) - 1)], format="csr")
    return SecondKey.of(larger, stacked)


def in_dialect(question: Question, dialect: Dialect) -> Question:
    """A question as somebody would ask it of this copy of the pack."""
    thread = tuple(map(dialect.says, question.thread))
    return replace(question, text=dialect.says(question.text), thread=thread)


@lru_cache(maxsize=2**20)
def invented(stem: str, number: int) -> str:
    """A word that nobody uses, always the same one for a stem and a copy."""
    seed = zlib.crc32(f"{number} {stem}".encode())
    letters = []
    for _ in range(_SYLLABLES[seed % len(_SYLLABLES)]):
        seed, onset = divmod(seed, len(_ONSETS))
        seed, vowel = divmod(seed, len(_VOWELS))
        letters += [_ONSETS[onset], _VOWELS[vowel]]
    return "".join(letters) + "k"


def _facts(
    knowledge: Knowledge, spoken: Sequence[Dialect]
) -> Iterator[tuple[str, Fact]]:
    for dialect in spoken:
        for fact in knowledge.facts.values():
            copy = _fact(fact, dialect)
            yield copy.id, copy


def _fact(fact: Fact, dialect: Dialect) -> Fact:
    return fact.model_copy(
        update={
            "id": dialect.names(fact.id),
            "label": dialect.says(fact.label),
            "measure": tuple(map(dialect.names, fact.measure)),
            "aspect": tuple(map(dialect.names, fact.aspect)),
            "covers": tuple(map(dialect.names, fact.covers)),
        }
    )


def _concept(concept: Concept, dialect: Dialect) -> Concept:
    return concept.model_copy(
        update={
            "id": dialect.names(concept.id),
            "name": dialect.says(concept.name),
            "synonyms": tuple(map(dialect.says, concept.synonyms)),
            "abbreviations": tuple(map(dialect.says, concept.abbreviations)),
            "lay": tuple(map(dialect.says, concept.lay)),
            "broader": tuple(map(dialect.names, concept.broader)),
        }
    )


def _renewed(concepts: Iterable[Concept]) -> frozenset[str]:
    """Stems so chosen that every form holds at least one: the longest of each."""
    chosen: set[str] = set()
    for concept in concepts:
        said = (concept.name, *concept.synonyms, *concept.abbreviations, *concept.lay)
        for form in said:
            stems = [_stem(word) for word in _WORD.findall(form) if _carries(word)]
            if stems and chosen.isdisjoint(stems):
                chosen.add(max(stems, key=lambda stem: (len(stem), stem)))
    return frozenset(chosen)


def _carries(word: str) -> bool:
    return word.lower() not in STOP_WORDS


def _stem(word: str) -> str:
    return stem_of(american(word.lower()))


def _stored(path: Path, labels: int) -> sparse.csr_matrix:
    with np.load(path, allow_pickle=False) as stored:
        ends = np.concatenate([[0], np.cumsum(stored["lengths"], dtype=np.int64)])
        parts = (stored["weights"], stored["labels"].astype(np.int32), ends)
        return sparse.csr_matrix(parts, shape=(len(ends) - 1, labels))
