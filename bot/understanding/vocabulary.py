"""Finds in a person's words the concepts that the pack knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from bot.knowledge.model import Concept, SharedForm
from bot.understanding.words import Lexicon, Word, american, plain_words


_SLACK = 3  # words that may stand between the words of one form
_EXCLUDERS = frozenset(
    {"not", "except", "excluding", "without", "besides", "rather", "other", "apart"}
)
_REACH = 3  # words after an excluder that it still governs
_HEARD = frozenset({"sign", "stance"})  # kinds of concepts that no entry is about


class Form(NamedTuple):
    """One way to say a concept: its stems, and whether they must stand together."""

    concept: str
    said: str
    stems: tuple[str, ...]
    exact: bool  # an abbreviation: these very words, side by side

    @property
    def rank(self) -> tuple[int, int, int]:
        """Longest first: more words, then side by side, then more letters."""
        return (-len(self.stems), -self.exact, -sum(map(len, self.stems)))


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a text, where, and by which form."""

    concept: str
    form: str
    places: tuple[int, ...]  # positions of the words it was read from
    excluded: bool = False  # "not the dose", "apart from fever"


class Vocabulary:
    """Every form of every concept, indexed by its rarest stem."""

    def __init__(
        self, concepts: Iterable[Concept], shared: Iterable[SharedForm] = ()
    ) -> None:
        self.concepts: Mapping[str, Concept] = {c.id: c for c in concepts}
        self._shared = {key_of(rule.form): rule for rule in shared}
        self.forms, self.lexicon = _gathered(self.concepts.values())
        self._index = _by_rarest_stem([form for form in self.forms if not form.exact])
        self._exact = _by_words(form for form in self.forms if form.exact)
        self._lengths = _lengths_by_first_word(self._exact)

    def mentions(self, words: Sequence[Word]) -> tuple[Mention, ...]:
        """The concepts named, longest form first, in the order of the text."""
        taken: set[int] = set()
        found: dict[str, Mention] = {}
        for form, places in self._matches(words):
            if set(places) <= taken:
                continue
            excluded = _excluded(words, places, taken)
            taken.update(places)
            mention = Mention(form.concept, form.said, places, excluded)
            found.setdefault(form.concept, mention)
        settled = (self._settled(mention, found) for mention in found.values())
        return tuple(sorted(settled, key=lambda m: (m.places, m.concept)))

    def with_broader(self, concepts: Iterable[str]) -> frozenset[str]:
        """The concepts and all that is broader than any of them."""
        reached: set[str] = set()
        waiting = list(concepts)
        while waiting:
            concept = waiting.pop()
            if concept in self.concepts and concept not in reached:
                reached.add(concept)
                waiting.extend(self.concepts[concept].broader)
        return frozenset(reached)

    def is_material(self, concept: str) -> bool:
        """Whether a question that names it is only answered by what covers it."""
        return self.concepts[concept].material

    @cached_property
    def public_names(self) -> tuple[str, ...]:
        """Names that anybody may write: those of the pack's public people."""
        return public_names(self.concepts.values())

    def _matches(self, words: Sequence[Word]) -> Iterable[tuple[Form, tuple[int, ...]]]:
        hits = [*self._side_by_side(words), *self._in_any_order(words)]
        hits.sort(key=lambda hit: (hit[0].rank, hit[1], hit[0].concept))
        return hits

    def _side_by_side(
        self, words: Sequence[Word]
    ) -> Iterator[tuple[Form, tuple[int, ...]]]:
        """Each exact form, at the first place where its words stand together."""
        said = tuple(word.read for word in words)
        seen: set[tuple[str, ...]] = set()
        for start, first in enumerate(said):
            for length in self._lengths.get(first, ()):
                stands = said[start : start + length]
                if stands in self._exact and stands not in seen:
                    seen.add(stands)
                    where = tuple(range(start, start + length))
                    yield from ((form, where) for form in self._exact[stands])

    def _in_any_order(
        self, words: Sequence[Word]
    ) -> Iterator[tuple[Form, tuple[int, ...]]]:
        """Each form whose stems stand near one another."""
        places = _places(words)
        said = frozenset(places)
        for stem in places:
            for form in self._index.get(stem, ()):
                if said.issuperset(form.stems):
                    where = _closest(form.stems, places)
                    if where is not None:
                        yield form, where

    def _settled(self, mention: Mention, found: Mapping[str, Mention]) -> Mention:
        rule = self._shared.get(key_of(mention.form))
        if rule is None:
            return mention
        concept = next(
            (means for other, means in rule.unless_with.items() if other in found),
            rule.means,
        )
        return Mention(concept, mention.form, mention.places, mention.excluded)


def _gathered(concepts: Iterable[Concept]) -> tuple[tuple[Form, ...], Lexicon]:
    """Every form, and the words of all; a typing error is likely a subject's word."""
    forms: list[Form] = []
    subjects: set[str] = set()
    others: set[str] = set()
    for concept in concepts:
        typed = others if concept.kind in _HEARD else subjects
        for form, words in _forms_of(concept):
            forms.append(form)
            typed.update(word.typed for word in words)
    return tuple(forms), Lexicon(_spelt(subjects), _spelt(others))


def _forms_of(concept: Concept) -> Iterator[tuple[Form, tuple[Word, ...]]]:
    """Each form of a concept with its words.

    An abbreviation is these very words; other forms are words in any order, or side
    by side where no word carries a meaning.
    """
    for said in concept.abbreviations:
        words = plain_words(said)
        yield Form(concept.id, said, _read(words), exact=True), words
    for said in (concept.name, *concept.synonyms, *concept.lay):
        words = plain_words(said)
        exact = not any(word.carries for word in words)
        stems = _read(words) if exact else _key(words)
        yield Form(concept.id, said, stems, exact), words


@lru_cache(maxsize=4096)  # forms, all of them the pack's own words
def key_of(said: str) -> tuple[str, ...]:
    """The stems by which a form is found: two forms with the same key are one."""
    return _key(plain_words(said))


def _key(words: Sequence[Word]) -> tuple[str, ...]:
    telling = [word.stem for word in words if word.tells]
    return tuple(sorted(telling)) or tuple(word.stem for word in words)


def _read(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.read for word in words)


def _spelt(typed: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in map(american, typed) if word.isalpha())


def _by_rarest_stem(forms: Sequence[Form]) -> Mapping[str, tuple[Form, ...]]:
    frequency = Counter(stem for form in forms for stem in set(form.stems))
    index: dict[str, list[Form]] = {}
    for form in forms:
        rarest = min(form.stems, key=lambda stem: (frequency[stem], stem))
        index.setdefault(rarest, []).append(form)
    return {stem: tuple(listed) for stem, listed in index.items()}


def _by_words(forms: Iterable[Form]) -> Mapping[tuple[str, ...], tuple[Form, ...]]:
    index: dict[tuple[str, ...], list[Form]] = {}
    for form in forms:
        index.setdefault(form.stems, []).append(form)
    return {words: tuple(listed) for words, listed in index.items()}


def _lengths_by_first_word(
    exact: Iterable[tuple[str, ...]],
) -> Mapping[str, tuple[int, ...]]:
    """How many words the exact forms have that begin with a word."""
    lengths: dict[str, set[int]] = {}
    for stands in filter(None, exact):
        lengths.setdefault(stands[0], set()).add(len(stands))
    return {first: tuple(sorted(found)) for first, found in lengths.items()}


def _places(words: Sequence[Word]) -> Mapping[str, tuple[int, ...]]:
    places: dict[str, list[int]] = {}
    for position, word in enumerate(words):
        for key in {word.stem, word.read}:
            places.setdefault(key, []).append(position)
    return {key: tuple(listed) for key, listed in places.items()}


def _closest(
    stems: tuple[str, ...], places: Mapping[str, tuple[int, ...]]
) -> tuple[int, ...] | None:
    """The tightest set of places, if it is tight enough, by starting at each place."""
    widest = len(stems) + _SLACK
    best: tuple[int, ...] | None = None
    for anchor in places[stems[0]]:
        near = tuple(_nearest(places[stem], anchor) for stem in stems)
        span = max(near) - min(near) + 1
        if span <= widest and (best is None or span < max(best) - min(best) + 1):
            best = near
    return None if best is None else tuple(sorted(set(best)))


def _nearest(places: tuple[int, ...], anchor: int) -> int:
    if len(places) == 1:
        return places[0]
    return min(places, key=lambda place: (abs(place - anchor), place))


def _excluded(
    words: Sequence[Word], places: tuple[int, ...], taken: Collection[int]
) -> bool:
    """Whether an excluder governs it that is no part of another, longer form."""
    first = min(places)
    before = range(max(0, first - _REACH), first)
    return any(words[at].read in _EXCLUDERS and at not in taken for at in before)


def public_names(concepts: Iterable[Concept]) -> tuple[str, ...]:
    """Names that anybody may write: those of the public people among the concepts."""
    kinds = {"person", "population"}  # the first patient is publicly named
    people = (concept for concept in concepts if concept.kind in kinds)
    said = (name for one in people for name in (one.name, *one.synonyms, *one.lay))
    return tuple(name for name in said if name[0].isupper())
