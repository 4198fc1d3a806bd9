"""Splits a text into words, brings each to its stem, and repairs typing errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

import Stemmer
from rapidfuzz.distance import OSA


_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)\b"  # ordinals stay whole
    r"|\d+(?:[.,]\d+)*"
    r"|[a-z]+\d+[a-z0-9]*"  # letters with digits: a marker, a day
    r"|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)?"
    r"|[?%]"
)
_SPELLINGS = (  # British to American, so that one entry serves both
    (re.compile(r"(?<=[a-z])ae(?=[a-z])"), "e"),
    (re.compile(r"oe(?=a|dem|sop)"), "e"),  # diarrhoea, oedema, oesophagus
    (re.compile(r"(?<=[a-z]{2})our(?=s?$|ed$|ing$|able$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})is(?=e$|ed$|es$|ing$|ation)"), "iz"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"amme(s?)$"), r"am\1"),
)
_BRITISH_MARKS = ("ae", "oe", "our", "is", "tre", "amme")  # one stands in each of them
_SHORTEST_REPAIRED = 4  # letters; below, one edit makes too many other words
_LONG = 8  # letters; from here two edits are still nearer than another word
_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven"),
            *("eight", "nine", "ten", "eleven", "twelve"),
        )
    )
}

FILLERS = frozenset(  # never part of what a form means
    """
    a an the of in on at to for from by with as into onto about this that these those
    is are was were be been being am do does did done have has had having can could
    would should will shall may might must and or but so if then than too also just
    please thanks thank hi hello hey ok okay pls plz any some such very there here
    it its i me my we our they them their s t re ve ll d m say said tell know
    give get got need want
    """.split()  # noqa: SIM905  a list in lines reads better than ninety quoted words
)
STOP_WORDS = FILLERS | frozenset(  # carry nothing alone, but tell forms apart
    """
    you your he him his she her hers who whom whose which what when where why how many
    much ones isn wasn aren didn doesn don
    """.split()  # noqa: SIM905  likewise
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question: as typed, as read, and its stem."""

    typed: str
    read: str
    stem: str

    @property
    def repaired(self) -> bool:
        """Whether it was read as another word than the one typed."""
        return self.read != american(self.typed)

    tells: bool  # part of what a form means
    carries: bool  # carries information of its own

    @classmethod
    def of(cls, typed: str, read: str) -> Word:
        """A word as typed, and as it is read."""
        read = _NUMBER_WORDS.get(read, read)
        tells = read not in FILLERS and read.isalnum()
        carries = tells and read not in STOP_WORDS
        return cls(typed, read, stem_of(read), tells, carries)


@lru_cache(maxsize=8192)
def american(word: str) -> str:
    """Bring a spelling to its American form, the one the lists are kept in."""
    if not any(mark in word for mark in _BRITISH_MARKS):
        return word
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word


@lru_cache(maxsize=8192)
def stem_of(word: str) -> str:
    """Take off the ending, by the Snowball rules for English (Porter 2001)."""
    return str(_stemmer().stemWord(word))


def split(text: str) -> list[str]:
    """Split a text into lower-case words, numbers and question marks."""
    return _TOKEN.findall(text.lower())


def plain_words(text: str) -> tuple[Word, ...]:
    """Read the words of a curated form: no repair, they are right."""
    return tuple(map(_plain, split(text)))


class Lexicon:
    """The words that are known, and the nearest known word to one that is not."""

    def __init__(self, domain: Iterable[str], others: Iterable[str] = ()) -> None:
        self._domain = frozenset(domain)
        self._known = self._domain | frozenset(others) | _everyday().keys()

    def words(self, text: str) -> tuple[Word, ...]:
        """Read a text word by word, each repaired where it is not a known one."""
        return tuple(map(self._word, split(text)))

    @lru_cache(maxsize=8192)  # noqa: B019  a lexicon lives as long as the process
    def _word(self, typed: str) -> Word:
        return Word.of(typed, self.read(typed))

    def read(self, typed: str) -> str:
        """The word meant: itself where known or short, else the nearest known one."""
        word = american(typed)
        if word in self._known or len(word) < _SHORTEST_REPAIRED or not word.isalpha():
            return word
        if stem_of(word) in self._known:
            return word
        return self._nearest(word) or word

    def knows(self, word: str) -> bool:
        """Whether a word is in the pack's own or the everyday list."""
        return word in self._known

    @cached_property
    def _rank(self) -> Mapping[str, int]:
        """The known words, the pack's own before the everyday ones."""
        return {**_everyday(), **dict.fromkeys(self._domain, 0)}

    @cached_property
    def _near(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        return _by_first_letters(self._rank)

    def _nearest(self, word: str) -> str | None:
        allowed = 1 if len(word) < _LONG else 2
        best: tuple[int, int, str] | None = None
        for other in self._candidates(word, allowed):
            distance = OSA.distance(word, other, score_cutoff=allowed)
            if distance <= allowed:
                found = (distance, self._rank[other], other)
                best = found if best is None else min(best, found)
        return None if best is None else best[2]

    def _candidates(self, word: str, allowed: int) -> Iterable[str]:
        for letter in {word[0], word[1]}:  # a swapped start is one edit, too
            for length in range(len(word) - allowed, len(word) + allowed + 1):
                yield from self._near.get((letter, length), ())


def everyday_rank(word: str) -> int | None:
    """How frequent a word is in everyday English, 1 the most; None if it is rare."""
    return _everyday().get(american(word))


@lru_cache(maxsize=8192)
def _plain(typed: str) -> Word:
    return Word.of(typed, american(typed))


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


@lru_cache(maxsize=1)
def _everyday() -> Mapping[str, int]:
    """Everyday English words in American spelling, the most frequent ranked 1."""
    listed = files("bot.understanding").joinpath("english.txt").read_text("utf-8")
    return {word: rank for rank, word in enumerate(listed.split(), start=1)}


def _by_first_letters(
    words: Iterable[str],
) -> Mapping[tuple[str, int], tuple[str, ...]]:
    buckets: dict[tuple[str, int], list[str]] = {}
    for word in sorted(words):
        if len(word) >= _SHORTEST_REPAIRED - 1 and word.isalpha():
            buckets.setdefault((word[0], len(word)), []).append(word)
    return {key: tuple(listed) for key, listed in buckets.items()}
