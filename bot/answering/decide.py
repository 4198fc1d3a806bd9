"""Decides what each part of a question deserves.

The thresholds come from the card of the second key: chosen on held-out voices by
`becar7 train`, with the procedure and its guarantee written beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from bot.answering.compose import nearest_of
from bot.answering.matching import Match, Matches
from bot.answering.reply import (
    Answer,
    BoundaryReply,
    Clarify,
    NotReported,
    OutOfScope,
    Reply,
    Told,
)
from bot.knowledge.load import Entry, Knowledge
from bot.knowledge.model import Gap


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a reply may be given; margins of the second key unless said otherwise."""

    answer: float = -0.45  # below it a fact is only suggested
    lead: float = 0.05  # by which a fact must beat a gap, a boundary or the outside
    gap: float = -0.60  # below it a gap is only suggested
    beside: float = -0.25  # above it a second fact is told beside the first
    emergency: float = -0.55  # above it a message is taken for an emergency
    advice: float = -0.35
    report: float = -0.40
    outside: float = -0.50
    part: float = -0.50  # above it a piece of a message stands for itself

    @classmethod
    def of(cls, chosen: Mapping[str, float]) -> Thresholds:
        """The thresholds of a card; what it does not name keeps its default."""
        names = {field.name for field in fields(cls)}
        return cls(**{name: at for name, at in chosen.items() if name in names})


class Judge:
    """Gives each part its reply: veto first, then both keys, then the thresholds."""

    def __init__(self, knowledge: Knowledge, thresholds: Thresholds) -> None:
        self._knowledge = knowledge
        self._at = thresholds

    @property
    def part_threshold(self) -> float:
        """The margin above which a piece of a message stands for itself."""
        return self._at.part

    def boundary(self, matches: Matches) -> BoundaryReply | None:
        """The boundary that a whole message meets, the most urgent one first."""
        found = matches.labels
        best = matches.ranked[0].margin if matches.ranked else -1.0
        if found.get("boundary:emergency", -1.0) > self._at.emergency:
            return BoundaryReply("emergency")
        if found.get("boundary:report", -1.0) > max(self._at.report, best):
            return BoundaryReply("report")
        if found.get("boundary:patient_advice", -1.0) > max(self._at.advice, best):
            return BoundaryReply("patient_advice")
        return None

    def reply(self, matches: Matches) -> Reply:
        """What one part deserves."""
        if not matches.ranked:
            return OutOfScope()
        best = matches.ranked[0]
        if self._is_outside(best, matches):
            return OutOfScope()
        if matches.labels.get("clarify", -1.0) > best.margin:
            return Clarify(self._choices(matches))
        return self._of_entry(best, matches)

    def _of_entry(self, best: Match, matches: Matches) -> Reply:
        if isinstance(best.entry, Gap):
            return self._gap(best.entry, best, matches)
        return self._told(best, matches)

    def _is_outside(self, best: Match, matches: Matches) -> bool:
        outside = matches.labels.get("outside", -1.0)
        return outside > best.margin and outside > self._at.outside

    def _gap(self, gap: Gap, best: Match, matches: Matches) -> Reply:
        if best.margin < self._at.gap:
            return Clarify(self._choices(matches))
        nearest = nearest_of(gap, self._knowledge)
        return NotReported(gap, (), nearest, self._next_best(matches, nearest))

    def _told(self, best: Match, matches: Matches) -> Reply:
        if best.uncovered:
            return self._not_covered(best, matches)
        if not self._sure(best, matches):
            return Clarify(self._choices(matches))
        entries = (best, *self._beside(matches))
        told = tuple(_told_of(match.entry) for match in entries)
        return Answer(told, self._next_best(matches, told))

    def _sure(self, best: Match, matches: Matches) -> bool:
        if best.margin < self._at.answer or not best.measured:
            return False
        rivals = [m.margin for m in matches.ranked if isinstance(m.entry, Gap)]
        rivals += [m for label, m in matches.labels.items() if label != "clarify"]
        return best.margin - max(rivals, default=-1.0) >= self._at.lead

    def _not_covered(self, best: Match, matches: Matches) -> Reply:
        """A material qualifier is not covered: a gap that covers it, or its name."""
        for match in matches.ranked[:5]:
            if isinstance(match.entry, Gap) and not match.uncovered:
                return self._gap(match.entry, match, matches)
        nearest = (_told_of(best.entry),)
        rest = self._next_best(matches, nearest)
        return NotReported(None, best.uncovered, nearest, rest)

    def _beside(self, matches: Matches) -> Iterable[Match]:
        """Another fact that was as good as asked for, if there is one."""
        for match in matches.ranked[1:3]:
            sure = match.margin > self._at.beside and not match.uncovered
            if sure and match.measured and not isinstance(match.entry, Gap):
                yield match

    def _choices(self, matches: Matches) -> tuple[Entry, ...]:
        return tuple(match.entry for match in matches.ranked[:3])

    def _next_best(self, matches: Matches, told: Iterable[Told]) -> tuple[Entry, ...]:
        names = {entry.id for entry in told}
        rest = (match.entry for match in matches.ranked if match.entry.id not in names)
        return tuple(rest)[:3]


def _told_of(entry: Entry) -> Told:
    if isinstance(entry, Gap):
        raise TypeError(f"{entry.id} is a gap: nobody can tell it")
    return entry
