"""Lists the features of a part by which the second key knows it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from bot.understanding.reading import Part


_GRAM = 4  # letters; UNDERSTANDING: character n-grams survive what repair misses
_WINDOW = 4  # words; pairs further apart seldom belong together


def features_of(part: Part) -> tuple[str, ...]:
    """Words, neighbours, pairs, letters, concepts and vital signs, each once, sorted."""
    found = {
        *_words(part),
        *_letters(part),
        *_concepts(part),
        *(f"t:{stem}" for stem in part.context),
        *(f"tm:{concept}" for concept in part.inherited),
        *(f"k:{kind}" for kind in part.asks_for),
        *(f"v:{sign}" for sign in part.vitals),
        *_before(part),
    }
    return tuple(sorted(found))


def _before(part: Part) -> Iterator[str]:
    """What the thread said, as if said again: a follow-up leans on it."""
    if part.before:
        yield from (f"w:{stem}" for stem in part.before)
        yield from (f"m:{concept}" for concept in part.inherited)


def _words(part: Part) -> Iterator[str]:
    stems = ["^", *(word.stem for word in part.words), "$"]
    yield from (f"w:{stem}" for stem in stems)
    yield from (f"b:{one}_{two}" for one, two in pairwise(stems))
    carrying = [word.stem for word in part.words if word.carries]
    for place, stem in enumerate(carrying):
        for other in carrying[place + 1 : place + _WINDOW]:
            yield "p:" + "_".join(sorted((stem, other)))


def _letters(part: Part) -> Iterator[str]:
    for word in part.words:
        framed = f"^{word.read}$"
        for start in range(len(framed) - _GRAM + 1):
            yield "c:" + framed[start : start + _GRAM]


def _concepts(part: Part) -> Iterator[str]:
    named = sorted(part.concepts)
    yield from (f"m:{concept}" for concept in named)
    yield from (f"mm:{one}_{two}" for one, two in combinations(named, 2))
    yield from (f"x:{m.concept}" for m in part.mentions if m.excluded)
    for concept in named:
        yield from (f"mk:{concept}_{kind}" for kind in part.asks_for)
