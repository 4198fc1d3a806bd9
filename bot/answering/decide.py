"""Decides what each part of a question deserves.

The thresholds come from the card of the second key: chosen on held-out voices by
`becar7 train`, with the procedure and its guarantee written beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
)
from bot.knowledge.load import Entry, Knowledge
from bot.knowledge.model import Gap


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a reply may be given: chances of trust, margins where it says so."""

    answer: float = 0.60  # chance; below it a fact is not told alone
    together: float = 0.70  # chance that one of two facts told together is meant
    gap: float = 0.15  # chance; below it a gap is only suggested
    emergency: float = -0.60  # margin; above it somebody may be in danger
    report: float = -0.55  # margin
    advice: float = -0.50  # margin
    outside: float = -0.75  # margin
    part: float = 0.60  # chance; above it a piece of a message stands for itself
    part_of_gap: float = 0.85  # likewise where the whole message meets a gap
    one: float = 0.80  # chance; above it a whole message asks one thing
    behind: float = 0.20  # how far a boundary may lie behind the best entry's margin

    @classmethod
    def of(cls, chosen: Mapping[str, float]) -> Thresholds:
        """The thresholds of a card; what it does not name keeps its default."""
        names = {field.name for field in fields(cls)}
        return cls(**{name: at for name, at in chosen.items() if name in names})


class Judge:
    """Gives a message its replies: boundaries, veto, then both keys together."""

    def __init__(self, knowledge: Knowledge, thresholds: Thresholds) -> None:
        self._knowledge = knowledge
        self._at = thresholds

    def replies(self, whole: Matches, parts: Sequence[Matches]) -> tuple[Reply, ...]:
        """What a message deserves; a boundary alone decides the whole of it."""
        boundary = self.boundary(whole)
        if boundary is not None:
            return (boundary,)
        alone = self.reply(whole)
        needed = self._at.part if isinstance(alone, Answer) else self._at.part_of_gap
        sure = [part for part in parts if _trust(part) >= needed]
        told = _different(self.reply(part) for part in sure)
        asks_one = _trust(whole) >= self._at.one and not _among(alone, told)
        return (alone,) if asks_one or len(told) < 2 else tuple(told)  # noqa: PLR2004

    def boundary(self, matches: Matches) -> BoundaryReply | None:
        """The boundary that a message meets, the most urgent one first."""
        rival = max(matches.best_margin, matches.other("outside")) - self._at.behind
        if matches.other("boundary:emergency") > max(self._at.emergency, rival):
            return BoundaryReply("emergency")
        if matches.other("boundary:report") > max(self._at.report, rival):
            return BoundaryReply("report")
        if matches.other("boundary:patient_advice") > max(self._at.advice, rival):
            return BoundaryReply("patient_advice")
        return None

    def reply(self, matches: Matches) -> Reply:
        """What one part deserves."""
        if not matches.ranked or self._is_outside(matches):
            return OutOfScope()
        if matches.other("clarify") > matches.best_margin:
            return Clarify(_choices(matches))
        best = matches.ranked[0]
        if isinstance(best.entry, Gap):
            return self._gap(best.entry, best, matches)
        return self._told(best, matches)

    def _is_outside(self, matches: Matches) -> bool:
        outside = matches.other("outside")
        return outside > max(matches.best_margin, self._at.outside)

    def _gap(self, gap: Gap, best: Match, matches: Matches) -> Reply:
        if best.trust < self._at.gap:
            return Clarify(_choices(matches))
        nearest = nearest_of(gap, self._knowledge)
        return NotReported(gap, (), nearest, _next_best(matches, (gap, *nearest)))

    def _told(self, best: Match, matches: Matches) -> Reply:
        if best.uncovered:
            return self._not_covered(best, matches)
        chosen = [match.entry for match in self._enough(matches)]
        told = tuple(entry for entry in chosen if not isinstance(entry, Gap))
        if not told:
            return Clarify(_choices(matches))
        return Answer(told, _next_best(matches, told))

    def _enough(self, matches: Matches) -> Sequence[Match]:
        """One trusted match, or two that are trusted together; none if neither."""
        best, *others = matches.ranked
        if best.trust >= self._at.answer:
            return (best,)
        second = others[0] if others else None
        if second is None or isinstance(second.entry, Gap) or second.uncovered:
            return ()
        trusted = best.trust + second.trust >= self._at.together
        return (best, second) if trusted else ()

    def _not_covered(self, best: Match, matches: Matches) -> Reply:
        """A material qualifier is not covered: a gap that covers it, or its name."""
        for match in matches.ranked[:5]:  # further down, gaps are about other things
            if isinstance(match.entry, Gap) and not match.uncovered:
                return self._gap(match.entry, match, matches)
        nearest = () if isinstance(best.entry, Gap) else (best.entry,)
        rest = _next_best(matches, nearest)
        return NotReported(None, best.uncovered, nearest, rest)


def _choices(matches: Matches) -> tuple[Entry, ...]:
    return tuple(match.entry for match in matches.ranked[:3])


def _next_best(matches: Matches, told: Iterable[Entry]) -> tuple[Entry, ...]:
    names = {entry.id for entry in told}
    rest = (match.entry for match in matches.ranked if match.entry.id not in names)
    return tuple(rest)[:3]


def _trust(matches: Matches) -> float:
    return matches.ranked[0].trust if matches.ranked else 0.0


def _different(replies: Iterable[Reply]) -> list[Reply]:
    """The answers among some replies, one for each different thing told."""
    seen: dict[object, Reply] = {}
    for reply in replies:
        if isinstance(reply, Answer | NotReported):
            seen.setdefault(_thing(reply), reply)
    return list(seen.values())


def _among(reply: Reply, others: Iterable[Reply]) -> bool:
    """Whether what a reply tells first is told by one of the others, too."""
    return _thing(reply) in map(_thing, others)


def _thing(reply: Reply) -> object:
    """What a reply is about: an entry, or the qualifiers that no entry covers."""
    if isinstance(reply, Answer):
        return reply.entries[0].id
    if isinstance(reply, NotReported):
        return reply.qualifiers if reply.gap is None else reply.gap.id
    return None
