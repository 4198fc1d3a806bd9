"""Decides what each part of a question deserves.

The thresholds come from the card of the second key: chosen on held-out voices by
`becar7 train`, with the procedure and its guarantee written beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from bot.answering.compose import MOST_SUGGESTIONS, followed_by, nearest_of
from bot.answering.matches import Found, Match, Matches, chance
from bot.answering.reply import (
    Answer,
    Boundary,
    BoundaryReply,
    Clarify,
    NotReported,
    OutOfScope,
    Reply,
    Told,
)
from bot.answering.several import among, in_order
from bot.knowledge.load import Entry, Knowledge
from bot.knowledge.model import Gap
from bot.understanding.boundaries import Signals


BOUNDARIES: tuple[Boundary, ...] = ("emergency", "report", "patient_advice")

# A pack without a second key hears danger and stances by rule alone.
RULES_ALONE: Mapping[str, Mapping[str, float]] = {
    "emergency": {"intercept": -1.0, "hears_danger": 2.0, "hears_calm": -2.0},
    "report": {"intercept": -1.0, "hears_report": 2.0, "hears_calm": -2.0},
    "patient_advice": {"intercept": -1.0, "hears_advice": 2.0, "hears_calm": -2.0},
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a reply may be given: chances of trust, margins where it says so."""

    answer: float = 0.60  # chance; below it a fact is not told alone
    together: float = 0.70  # chance that one of two facts told together is meant
    gap: float = 0.15  # chance; below it a gap is only suggested
    emergency: float = 0.50  # chance; above it somebody may be in danger
    plainly: float = 0.30  # likewise, where it more likely asks for advice; in the bank
    # this gives 33 requests for advice their own reply, and 4 of 826 emergencies too
    report: float = 0.50  # chance; above it a message is a report
    advice: float = 0.50  # chance; above it a message asks for advice
    certain: float = 0.90  # chance; an entry so sure is not mistaken for a danger
    outside: float = -0.75  # margin; above it a message may be about something else
    elsewhere: float = 0.6  # margin over every boundary's; above it no boundary is met:
    # of 1,006 messages stopped in ten exams this spares 16 of 34 about other things, and
    # none of 989 alarms (at 0.4: 19, and 1 emergency)
    part: float = 0.60  # chance; above it a piece of a message stands for itself
    part_of_gap: float = 0.85  # likewise where the whole message meets a gap
    unclear: float = 0.25  # chance; above it a piece that is not told is asked about
    one: float = 0.80  # chance; above it a whole message asks one thing

    @classmethod
    def of(cls, chosen: Mapping[str, float]) -> Thresholds:
        """The thresholds of a card; what it does not name keeps its default."""
        names = {field.name for field in fields(cls)}
        return cls(**{name: at for name, at in chosen.items() if name in names})


class Judge:
    """Gives a message its replies: boundaries, veto, then both keys together."""

    def __init__(
        self,
        knowledge: Knowledge,
        thresholds: Thresholds,
        alarms: Mapping[str, Mapping[str, float]] = RULES_ALONE,
    ) -> None:
        self._knowledge = knowledge
        self._at = thresholds
        self._alarms = alarms

    def replies(self, found: Found, signals: Signals) -> tuple[Reply, ...]:
        """What a message deserves; a boundary alone decides the whole of it."""
        boundary = self.boundary(found.whole, signals)
        if boundary is not None:
            return (boundary,)
        whole = found.clearest
        alone = self.reply(whole)
        several = self._several(found.parts, alone)
        told = [one for one in several if not isinstance(one, Clarify)]
        asks_one = whole.trust >= self._at.one or len(told) == 1
        if len(several) < 2 or (asks_one and not among(alone, told)):  # noqa: PLR2004
            return (alone,)
        return several if told else (alone,)

    def _several(self, parts: Sequence[Matches], alone: Reply) -> tuple[Reply, ...]:
        """What the parts of a message deserve, in their order, each thing once."""
        gap = isinstance(alone, NotReported)
        needed = self._at.part_of_gap if gap else self._at.part
        return in_order([(part, self._piece(part, needed)) for part in parts])

    def _piece(self, part: Matches, needed: float) -> Reply | None:
        """What one of several parts deserves; None where it may be nothing at all."""
        if part.trust >= needed:
            return self.reply(part)
        return Clarify(_choices(part)) if part.trust >= self._at.unclear else None

    def boundary(self, matches: Matches, signals: Signals) -> BoundaryReply | None:
        """The boundary that a message meets, the most urgent one first.

        Danger signs and personal details decide by rule; otherwise signs, stances
        and the second key are weighed together.
        """
        if self._is_elsewhere(matches) and not signals.identified:
            return None
        if signals.in_danger and matches.trust < self._at.certain:
            return BoundaryReply("emergency")
        if signals.identified:
            return BoundaryReply("report")
        marks = alarm_marks(matches, signals)
        heard = {b: self._chance_of(b, marks) for b in BOUNDARIES}
        met = (b for b in BOUNDARIES if heard[b] > self._least(b, heard))
        first = next(met, None)
        return None if first is None else BoundaryReply(first)

    def _is_elsewhere(self, matches: Matches) -> bool:
        """Whether it is so plainly something else that alarming words are none."""
        heard = max(matches.other(f"boundary:{one}") for one in BOUNDARIES)
        others = max(matches.other("outside"), matches.other("clarify"))
        return others - heard > self._at.elsewhere

    def _chance_of(self, boundary: Boundary, marks: Mapping[str, float]) -> float:
        weights = self._alarms.get(boundary)
        return 0.0 if weights is None else chance(weights, marks)

    def _least(self, boundary: Boundary, heard: Mapping[Boundary, float]) -> float:
        """The chance above which a boundary is met."""
        if boundary == "report":
            return self._at.report
        if boundary == "patient_advice":
            return self._at.advice
        likelier = heard["patient_advice"] > heard["emergency"]
        return self._at.plainly if likelier else self._at.emergency

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
        is_sure = best.trust >= self._at.certain
        offered = self._after if is_sure else _next_best
        return NotReported(gap, (), nearest, offered(matches.ranked, (gap, *nearest)))

    def _after(
        self, ranked: Iterable[Match], told: tuple[Gap, *tuple[Told, ...]]
    ) -> tuple[Entry, ...]:
        """What shares something with the question, and what follows from the nearest."""
        gap, *nearest = told
        akin = (match for match in ranked if match.coverage)
        follows = followed_by(nearest, self._knowledge)
        others = (entry for entry in follows if entry.id != gap.id)
        return (*_next_best(akin, told)[:2], *others)

    def _told(self, best: Match, matches: Matches) -> Reply:
        if best.uncovered:
            return self._not_covered(best, matches)
        chosen = [match.entry for match in self._enough(matches)]
        told = tuple(entry for entry in chosen if not isinstance(entry, Gap))
        if not told:
            return Clarify(_choices(matches))
        after = followed_by(told, self._knowledge)
        if best.trust >= self._at.certain:
            return Answer(told, after)
        instead = _next_best(matches.ranked, told)
        return Answer(told, (*instead[:1], *after))

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
        rest = _next_best(matches.ranked, nearest)
        return NotReported(None, best.uncovered, nearest, rest)


def _choices(matches: Matches) -> tuple[Entry, ...]:
    return tuple(match.entry for match in matches.ranked[:MOST_SUGGESTIONS])


def _next_best(ranked: Iterable[Match], told: Iterable[Entry]) -> tuple[Entry, ...]:
    names = {entry.id for entry in told}
    rest = (match.entry for match in ranked if match.entry.id not in names)
    return tuple(rest)[:MOST_SUGGESTIONS]


def alarm_marks(matches: Matches, signals: Signals) -> Mapping[str, float]:
    """What speaks for a boundary: the second key's margins beside what was heard."""
    margins = {str(name): matches.other(f"boundary:{name}") for name in BOUNDARIES}
    return {
        "intercept": 1.0,
        **margins,
        "best_entry": matches.best_margin,
        "outside": matches.other("outside"),
        **signals.marks(),
    }
