"""Tells replies in words, and remembers what was told of the same entries before.

Nothing of anybody's question is in a telling or in the name that it is kept under:
both are made of the pack's own entries, concepts and boundaries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeAlias, assert_never

from bot.answering.above import fitting, shown
from bot.answering.aids import Aids
from bot.answering.compose import Composer
from bot.answering.composition import FigureRef, Fold, NumberedCitation, Point
from bot.answering.contacts import Contacts
from bot.answering.reply import (
    Answer,
    BoundaryReply,
    Clarify,
    NotReported,
    OutOfScope,
    Reply,
)
from bot.answering.wish import Wish
from bot.answering.wording import has_interval
from bot.knowledge.load import Entry, Knowledge
from bot.knowledge.model import Fact


_KEPT = 256  # tellings of some ten kilobytes; questions come back to the same entries

REST = "I answer six things at a time: please ask the rest again."
NO_PICTURE = "No picture of this is drawn."
NO_INTERVAL = "Intervals are computed for counts of people; this is none."

_Name: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """All that a message is told, whoever asks and in whatever words."""

    points: tuple[Point, ...]
    answer: str  # what is seen without opening anything
    text: str  # everything, folded parts included
    facts: tuple[str, ...]
    evidence: tuple[str, ...]
    citations: tuple[NumberedCitation, ...]
    figures: tuple[FigureRef, ...]
    badges: tuple[str, ...]
    folds: tuple[Fold, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """Replies under the name of what they tell; the buttons below are none of it."""

    name: _Name
    wish: Wish
    today: date  # tells whether a review is overdue
    replies: tuple[Reply, ...] = field(compare=False)


class Teller:
    """Puts replies into words, those about the same entries once."""

    def __init__(self, knowledge: Knowledge, contacts: Contacts, aids: Aids) -> None:
        self._knowledge = knowledge
        self._contacts = contacts
        self._aids = aids
        self._kept = lru_cache(maxsize=_KEPT)(self._written)

    def telling(self, replies: Sequence[Reply], wish: Wish) -> Telling:
        """What is told to a message that deserves these replies."""
        names = tuple(map(_name_of, replies))
        return self._kept(_Told(names, wish, self._aids.today(), tuple(replies)))

    def _written(self, told: _Told) -> Telling:
        composer = Composer(self._knowledge, self._contacts)
        points = [composer.point(reply, told.wish) for reply in told.replies]
        if len(points) > 1:
            points = list(map(_in_a_line, points))
        figures = self._figures(points, [entry.id for entry in composer.told])
        missing = _missing(told.wish, composer.told, figures)
        points[0] = _of_lines(points[0], (*missing, *points[0].lines))
        if told.wish.rest and len(points) > 1:
            points[-1] = _of_lines(points[-1], (*points[-1].lines, REST))
        fit = fitting(_numbered(points))
        answer = "\n".join(map(shown, fit))
        folds = composer.folds(told.wish)
        closed = "\n".join("\n".join([fold.title, *fold.lines]) for fold in folds)
        facts = tuple(entry.id for entry in composer.told)
        evidence = (one for entry in composer.told for one in entry.evidence)
        return Telling(
            points=fit,
            answer=answer,
            text=f"{answer}\n{closed}".strip(),
            facts=facts,
            evidence=tuple(dict.fromkeys(evidence)),
            citations=composer.citations.listed(),
            figures=figures,
            badges=composer.badges(told.today),
            folds=folds,
        )

    def _figures(
        self, points: Sequence[Point], facts: Sequence[str]
    ) -> tuple[FigureRef, ...]:
        """What an answer shows; nothing is drawn beside any other reply."""
        answered = any(point.decision == "answered" for point in points)
        return self._aids.pictures.of(facts) if answered else ()


def _numbered(points: Sequence[Point]) -> tuple[Point, ...]:
    if len(points) == 1:
        return tuple(points)
    return tuple(
        point.model_copy(update={"number": number})
        for number, point in enumerate(points, start=1)
    )


def _missing(
    wish: Wish, told: Sequence[Entry], figures: Sequence[FigureRef]
) -> tuple[str, ...]:
    """What a follow-up asked for and what was told does not have."""
    facts = (entry for entry in told if isinstance(entry, Fact))
    if wish.asked == "interval" and not any(map(has_interval, facts)):
        return (NO_INTERVAL,)
    return (NO_PICTURE,) if wish.asked == "picture" and not figures else ()


def _of_lines(point: Point, lines: tuple[str, ...]) -> Point:
    return point.model_copy(update={"lines": lines})


def _in_a_line(point: Point) -> Point:
    """Among others a choice is one line, which nothing takes away from it."""
    if point.decision != "clarify" or not point.lines:
        return point
    headline = " ".join((point.headline, *point.lines))
    return point.model_copy(update={"headline": headline, "lines": ()})


def _name_of(reply: Reply) -> _Name:  # noqa: PLR0911  one per outcome
    """What a reply tells, by the names of its entries."""
    match reply:
        case Answer():
            return ("answer", _ids(reply.entries))
        case NotReported():
            gap = () if reply.gap is None else (reply.gap.id,)
            return ("not-reported", gap, reply.qualifiers, _ids(reply.nearest))
        case Clarify():
            return ("clarify", _ids(reply.choices))
        case BoundaryReply():
            return ("boundary", reply.boundary)
        case OutOfScope():
            return ("outside", reply.greeting, reply.foreign)
        case _:
            assert_never(reply)


def _ids(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries)
