"""Reads a question: what is asked about what, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.understanding.asking import AnswerKind, kinds_wanted
from bot.understanding.clauses import parts_of
from bot.understanding.premises import Said, said_in
from bot.understanding.question import Question
from bot.understanding.vitals import danger_signs
from bot.understanding.vocabulary import Mention, Vocabulary
from bot.understanding.words import Word


MOST_PARTS = 6  # the issue asks for four; longer messages are rarely typed to a bot
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

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The concepts that the part itself names and does not exclude."""
        return frozenset(m.concept for m in self.mentions if not m.excluded)

    @cached_property
    def vitals(self) -> tuple[str, ...]:
        """The vital signs and values in its text that mean danger to a person."""
        return danger_signs(self.text)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The words that carry information but belong to no concept."""
        return tuple(word.read for word in self._unknown)

    @property
    def unknown_as_typed(self) -> tuple[str, ...]:
        """The same before they were repaired: what no list knows may be well spelt."""
        return tuple(word.typed for word in self._unknown)

    @property
    def _unknown(self) -> tuple[Word, ...]:
        taken = {place for mention in self.mentions for place in mention.places}
        words = enumerate(self.words)
        return tuple(w for place, w in words if w.carries and place not in taken)


@dataclass(frozen=True)
class Reading:
    """What a message asks: one part or several."""

    parts: tuple[Part, ...]
    whole: Part
    follows: bool  # whether it leans on what was said before in the thread
    left_out: int = 0  # questions beyond those
    asked: Part | None = None  # what it asks, where it tells something besides
    told: Part | None = None  # and what that is
    otherwise: tuple[tuple[Part, ...], ...] = ()  # each part of several, read in other
    # ways: after what it tells itself, and after the part before it


def read(question: Question, vocabulary: Vocabulary) -> Reading:
    """Read a question into its parts; a follow-up inherits what it does not say."""
    thread = [_heard(earlier, vocabulary) for earlier in question.thread[-2:]]
    message = _heard(question.text, vocabulary)
    whole, said = _part(message, thread, []), said_in(question.text)
    parts = parts_of(question.text if said is None else said.asked)
    told, asked = _apart(said, thread, vocabulary)
    pieces, rest = parts[:MOST_PARTS], parts[MOST_PARTS:]
    if len(pieces) == 1:
        follows = bool(question.thread)
        return Reading((whole,), whole, follows, asked=asked, told=told)
    heard = [_heard(piece, vocabulary) for piece in pieces]
    before = [[], *([one] for one in heard)]
    return Reading(
        parts=tuple(_part(one, thread, [message]) for one in heard),
        whole=whole,
        follows=bool(question.thread),
        left_out=len(rest),
        asked=asked,
        told=told,
        otherwise=tuple(
            tuple(_otherwise(one, [*thread, *last], message, vocabulary))
            for one, last in zip(heard, before, strict=False)
        ),
    )


def _otherwise(
    piece: _Heard, before: Sequence[_Heard], message: _Heard, vocabulary: Vocabulary
) -> Iterator[Part]:
    _, asked = _apart(said_in(piece.text), before, vocabulary)
    if asked is not None:
        yield asked
    if before:
        yield _part(piece, before, [message])


def _apart(
    said: Said | None, thread: Sequence[_Heard], vocabulary: Vocabulary
) -> tuple[Part, Part] | tuple[None, None]:
    """What is told, and what is asked as if that had been a message before it."""
    if said is None:
        return None, None
    told, asked = _heard(said.told, vocabulary), _heard(said.asked, vocabulary)
    return _part(told, thread, []), _part(asked, [*thread, told], [])


@dataclass(frozen=True, slots=True)
class _Heard:
    """A text, its words, and the concepts in them."""

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]


def _heard(text: str, vocabulary: Vocabulary) -> _Heard:
    words = vocabulary.lexicon.words(text)
    return _Heard(text, words, vocabulary.mentions(words))


def _part(own: _Heard, thread: Sequence[_Heard], message: Sequence[_Heard]) -> Part:
    """A text as one thing asked, beside what the thread and its message said."""
    named = {mention.concept for mention in own.mentions}
    around = [*thread, *message]
    said = dict.fromkeys(m.concept for near in around for m in near.mentions)
    return Part(
        text=own.text,
        words=own.words,
        mentions=own.mentions,
        asks_for=kinds_wanted(own.text),
        numbers=tuple(dict.fromkeys(_FIGURE.findall(own.text))),
        context=tuple(dict.fromkeys(_carrying(around))),
        inherited=tuple(concept for concept in said if concept not in named),
        before=tuple(dict.fromkeys(_carrying(thread))),
    )


def _carrying(around: Iterable[_Heard]) -> Iterator[str]:
    for near in around:
        yield from (word.stem for word in near.words if word.carries)
