"""Composes a reply from curated sentences: nothing is said that nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import assert_never

from bot.answering.badges import badges_of
from bot.answering.citing import Citations, source_line, vancouver
from bot.answering.composition import Fold, Point
from bot.answering.contacts import Contacts, Need
from bot.answering.reply import (
    Answer,
    BoundaryReply,
    Clarify,
    NotReported,
    OutOfScope,
    Reply,
    Told,
)
from bot.answering.wish import Wish
from bot.answering.wording import brief_of, day, method_lines
from bot.knowledge.load import Entry, Knowledge
from bot.knowledge.model import Conflict, Fact, Gap


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")

_NEAR_GAPS = 3  # so many near a fact are listed below it; more is a catalogue's work
ENGLISH_ONLY = "I read English only: please ask again in English."
IN_DANGER = "If somebody may be in danger, use your hospital's emergency procedure now."
MOST_SUGGESTIONS = 3  # UNDERSTANDING: at most three
_BOUNDARY_IDS = {
    "emergency": "emergency",
    "patient_advice": "patient-advice",
    "report": "report",
}


class Composer:
    """Writes one reply: its points, its citations, what is folded."""

    def __init__(self, knowledge: Knowledge, contacts: Contacts) -> None:
        self._knowledge = knowledge
        self._contacts = contacts
        self._citations = Citations(knowledge)
        self._told: dict[str, Told] = {}

    def point(self, reply: Reply, wish: Wish) -> Point:  # noqa: PLR0911  one per outcome
        """What is said to one part of a message."""
        match reply:
            case Answer():
                return self._answer(reply, wish)
            case NotReported():
                return self._not_reported(reply)
            case Clarify():
                return self._clarify(reply)
            case BoundaryReply():
                return self._boundary(reply)
            case OutOfScope():
                return self._outside(reply)
            case _:
                assert_never(reply)

    @property
    def told(self) -> tuple[Told, ...]:
        """The entries told so far."""
        return tuple(self._told.values())

    @property
    def citations(self) -> Citations:
        """The works cited so far."""
        return self._citations

    def folds(self, wish: Wish) -> tuple[Fold, ...]:
        """What is closed until somebody opens it; empty where nothing was told."""
        facts = tuple(entry for entry in self.told if isinstance(entry, Fact))
        listed = self._citations.listed()
        works = [self._knowledge.sources[citation.source] for citation in listed]
        folds = (
            Fold(
                title="Numbers and method",
                lines=_unique(
                    line
                    for fact in facts
                    for line in method_lines(fact, with_wilson=wish.wilson)
                ),
            ),
            Fold(title="What this does not tell you", lines=self._limits(facts)),
            Fold(title="Where sources differ", lines=self._differences()),
            Fold(title="Sources", lines=tuple(map(source_line, listed))),
            Fold(title="How to cite", lines=_unique(map(vancouver, works))),
        )
        return tuple(fold for fold in folds if fold.lines)

    def badges(self, today: date = date.min) -> tuple[str, ...]:
        """Words that say at a glance what the evidence is, and how fresh today."""
        facts = [entry for entry in self.told if isinstance(entry, Fact)]
        return badges_of(facts, self._knowledge, today)

    def _answer(self, reply: Answer, wish: Wish) -> Point:
        first, *others = reply.entries
        headline, rest = self._opening(first, wish)
        told = [self._line(entry, wish) for entry in others]
        works = self._works() if wish.asked == "source" else ()
        # Where there is no room for all, the last goes first, and harms last of all.
        lines = [*self._harms(reply.entries), *works, *rest, *told]
        if isinstance(first, Fact):
            lines += first.caveats[:1]
        names = tuple(entry.id for entry in reply.entries)
        return Point(
            decision="answered", headline=headline, lines=tuple(lines), facts=names
        )

    def _works(self) -> tuple[str, ...]:
        return tuple(map(source_line, self._citations.listed()))

    def _not_reported(self, reply: NotReported) -> Point:
        if reply.gap is not None:
            headline = reply.gap.wording
        else:
            names = [self._knowledge.concepts[c].name for c in reply.qualifiers]
            headline = f"No source read reports this for: {' and '.join(names)}."
        lines = [f"Nearest: {self._line(entry, Wish())}" for entry in reply.nearest[:1]]
        lines += self._harms(reply.nearest[:1])
        return Point(
            decision="not_reported",
            headline=headline,
            lines=(*lines, self._ask("on-call")),
            facts=tuple(entry.id for entry in reply.nearest[:1]),
        )

    def _clarify(self, reply: Clarify) -> Point:
        labels = [choice.label for choice in reply.choices[:MOST_SUGGESTIONS]]
        return Point(
            decision="clarify",
            headline="Which one do you mean?",
            lines=(" · ".join(labels),) if labels else (),
        )

    def _boundary(self, reply: BoundaryReply) -> Point:
        text = self._knowledge.boundaries[_BOUNDARY_IDS[reply.boundary]]
        ask = self._ask(text.contact)
        said = (ask, text.says) if reply.boundary == "emergency" else (text.says, ask)
        offer = () if text.offer is None else (text.offer,)
        return Point(
            decision=reply.boundary, headline=said[0], lines=(*said[1:], *offer)
        )

    def _outside(self, reply: OutOfScope) -> Point:
        if reply.foreign:
            return Point(
                decision="out_of_scope", headline=ENGLISH_ONLY, lines=(IN_DANGER,)
            )
        trial = self._knowledge.trial
        tries = " · ".join(trial.examples)
        return Point(
            decision="out_of_scope",
            headline=trial.greeting if reply.greeting else trial.outside,
            lines=(f"Try: {tries}",) if reply.greeting else (),
        )

    def _opening(self, entry: Told, wish: Wish) -> tuple[str, list[str]]:
        """The sentence that answers, with its marks, and what else belongs to it."""
        first, *rest = _SENTENCE_END.split(_said(entry, wish), maxsplit=1)
        return f"{first} {self._marks(entry)}".strip(), rest

    def _line(self, entry: Told, wish: Wish) -> str:
        return f"{_said(entry, wish)} {self._marks(entry)}".strip()

    def _marks(self, entry: Told) -> str:
        self._told.setdefault(entry.id, entry)
        return self._citations.marks(entry)

    def _harms(self, entries: Iterable[Told]) -> list[str]:
        """The harms that the told benefits travel with, each once."""
        names = [e.pair_with for e in entries if isinstance(e, Fact) and e.pair_with]
        harms = [self._knowledge.facts[name] for name in dict.fromkeys(names)]
        return [self._line(h, Wish()) for h in harms if h.id not in self._told]

    def _ask(self, need: Need) -> str:
        contact = self._contacts.of(need)
        if contact is None:
            return _WITHOUT_CONTACT[need]
        if need == "emergency":
            return f"Call {contact.says} now."
        verb = "Report it through" if need == "reporting" else "Ask"
        return f"{verb} {contact.says} (checked {day(contact.checked)})."

    def _limits(self, facts: Sequence[Fact]) -> tuple[str, ...]:
        if not facts:
            return ()
        lines = [line for fact in facts for line in fact.caveats]
        lines += [f"Population: {fact.population}." for fact in facts]
        lines += [f"Time: {fact.time}." for fact in facts if fact.time]
        measures = {measure for fact in facts for measure in fact.measure}
        gaps = self._knowledge.gaps.values()
        near = (gap.wording for gap in gaps if not measures.isdisjoint(gap.measure))
        lines += islice(near, _NEAR_GAPS)
        return _unique(lines)

    def _differences(self) -> tuple[str, ...]:
        told = self._told.keys()
        return tuple(
            f"{conflict.label}: {conflict.phrase}"
            for conflict in self._knowledge.conflicts.values()
            if conflict.id not in told and not told.isdisjoint(conflict.facts)
        )


_WITHOUT_CONTACT: dict[Need, str] = {
    "emergency": "Use your hospital's emergency procedure now.",
    "on-call": "Ask your on-call trial team.",
    "reporting": "Report it through the route in your protocol.",
    "press": "Ask your press office.",
}


def reply_about(entry: Entry, knowledge: Knowledge) -> Reply:
    """The reply that tells one entry, whatever was asked."""
    if isinstance(entry, Gap):
        nearest = nearest_of(entry, knowledge)
        return NotReported(entry, (), nearest, followed_by(nearest, knowledge))
    return Answer((entry,), followed_by((entry,), knowledge))


def followed_by(told: Sequence[Told], knowledge: Knowledge) -> tuple[Entry, ...]:
    """What a reader is likely to ask after these: by curators, with the nearest gap."""
    names = {entry.id for entry in told}
    names |= {e.pair_with for e in told if isinstance(e, Fact) and e.pair_with}
    beside = (name for entry in told for name in _beside(entry))
    related = [name for name in dict.fromkeys(beside) if name not in names]
    gaps = knowledge.gaps.values()
    lacking = (gap.id for gap in gaps if told and told[0].id in gap.nearest)
    *first, last = (*related, None)[:MOST_SUGGESTIONS]
    chosen = (*first, next(lacking, last))
    return tuple(knowledge.entry(name) for name in chosen if name is not None)


def _beside(entry: Told) -> tuple[str, ...]:
    return entry.related if isinstance(entry, Fact) else entry.facts


def nearest_of(gap: Gap, knowledge: Knowledge) -> tuple[Told, ...]:
    """The facts nearest to what a gap lacks."""
    found = (knowledge.entry(name) for name in gap.nearest)
    return tuple(entry for entry in found if not isinstance(entry, Gap))


def _said(entry: Told, wish: Wish) -> str:
    """What is said of an entry, its sources aside."""
    if isinstance(entry, Conflict):
        return entry.phrase
    return brief_of(entry, exact=wish.exact)


def _unique(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))
