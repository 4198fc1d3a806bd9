"""Reads a question: what is asked about what, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.understanding.asking import AnswerKind, kinds_wanted
from bot.understanding.clauses import parts_of
from bot.understanding.question import Question
from bot.understanding.vocabulary import Mention, Vocabulary
from bot.understanding.words import Word


_Said: TypeAlias = Sequence[Sequence[Word]]

_FIGURE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?![\w]|\.\d)")


@dataclass(frozen=True)
class Part:
    """One thing asked: its words, the concepts in them, the kind of answer wanted."""

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    asks_for: tuple[AnswerKind, ...]
    numbers: tuple[str, ...]  # figures the asker names: claimed, never repeated as ours
    context: tuple[str, ...] = ()  # stems of what the message or thread said around it
    inherited: tuple[str, ...] = ()  # concepts that only the context names
    before: tuple[str, ...] = ()  # stems of what was said before in the thread

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts that the part itself names and does not exclude."""
        return frozenset(m.concept for m in self.mentions if not m.excluded)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The words that carry information but belong to no concept."""
        taken = {place for mention in self.mentions for place in mention.places}
        return tuple(
            word.read
            for place, word in enumerate(self.words)
            if word.carries and place not in taken
        )


@dataclass(frozen=True)
class Reading:
    """What a message asks: one part or several."""

    parts: tuple[Part, ...]
    whole: Part
    follows: bool  # whether it leans on what was said before in the thread


def read(question: Question, vocabulary: Vocabulary) -> Reading:
    """Read a question into its parts; a follow-up inherits what it does not say."""
    thread = [_words_of(earlier, vocabulary) for earlier in question.thread[-2:]]
    whole = _part(question.text, vocabulary, thread, [])
    pieces = parts_of(question.text)
    if len(pieces) == 1:
        return Reading((whole,), whole, bool(question.thread))
    parts = (_part(piece, vocabulary, thread, [whole.words]) for piece in pieces)
    return Reading(tuple(parts), whole, bool(question.thread))


def _part(text: str, vocabulary: Vocabulary, thread: _Said, message: _Said) -> Part:
    words = _words_of(text, vocabulary)
    mentions = vocabulary.mentions(words)
    own = {mention.concept for mention in mentions}
    around = [*thread, *message]
    said = [m.concept for near in around for m in vocabulary.mentions(near)]
    return Part(
        text=text,
        words=words,
        mentions=mentions,
        asks_for=kinds_wanted(text),
        numbers=tuple(dict.fromkeys(_FIGURE.findall(text))),
        context=tuple(dict.fromkeys(_carrying(around))),
        inherited=tuple(c for c in dict.fromkeys(said) if c not in own),
        before=tuple(dict.fromkeys(_carrying(thread))),
    )


def _words_of(text: str, vocabulary: Vocabulary) -> tuple[Word, ...]:
    return vocabulary.lexicon.words(text)


def _carrying(around: _Said) -> Iterator[str]:
    for words in around:
        yield from (word.stem for word in words if word.carries)
