"""Judges a run: what was lost, said twice or left out of the audit, and how fast."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from tests.faults.ledger import Key, Ledger


NOTICE = re.compile(r"reference\W{0,4}[0-9a-f]{8}", re.IGNORECASE)
NOWHERE = float("inf")  # seconds: what was asked before a kill never had its reply


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found beside the messages."""

    kills: Sequence[float] = ()  # moments, in order
    thaws: Sequence[float] = ()  # moments at which a frozen process went on
    starts: Sequence[float] = ()  # moments at which a process was ready
    audited: Collection[Key] | None = None  # None: this app keeps no audit
    audit_verified: bool | None = None
    flip_found: bool | None = None  # one byte of the audit changed
    leaks: Sequence[str] = ()  # what the logs hold and should not
    exits: Sequence[int] = ()  # codes of processes that were asked to end
    cpu: float = 0.0  # seconds of all processes that have ended by then


@dataclass(frozen=True, slots=True)
class Recovery:
    """Seconds until the last reply that a kill held up; 0 where it held up none."""

    from_kill: float
    from_start: float  # since a process was ready again


@dataclass(frozen=True, slots=True)
class Verdict:
    """The figures of one run."""

    sent: int
    acknowledged: int
    answered: int
    notices: int  # visible failure notices among the answered
    lost: int
    twice: int  # still standing at the end
    twice_for_a_while: int  # of which one was taken back later
    unaudited: int | None
    recoveries: tuple[Recovery, ...]  # one for each kill
    ack_p50: float  # ms
    ack_p99: float  # ms
    answered_per_second: float
    evidence: Evidence = field(repr=False)

    def failures(self) -> tuple[str, ...]:
        """What breaks the promise; speed is measured and not judged."""
        found = self.evidence
        kept = {
            f"{self.lost} lost": self.lost == 0,
            f"{self.twice} answered twice": self.twice == 0,
            f"un-audited: {_or_none(self.unaudited)}": self.unaudited == 0,
            "the audit is not verified": found.audit_verified is True,
            "a flipped byte of the audit is not found": found.flip_found is True,
            f"the logs hold {', '.join(found.leaks)}": not found.leaks,
            f"processes ended with {found.exits}": not any(found.exits),
        }
        return tuple(failure for failure, is_kept in kept.items() if not is_kept)

    def lines(self) -> Iterator[str]:
        """The figures, one a line."""
        from_kill = _row(one.from_kill for one in self.recoveries)
        from_start = _row(one.from_start for one in self.recoveries)
        yield f"sent                 {self.sent}"
        yield f"acknowledged         {self.acknowledged}"
        yield f"answered             {self.answered}, {self.notices} by a failure notice"
        yield f"lost                 {self.lost}"
        yield (
            f"answered twice       {self.twice},"
            f" and {self.twice_for_a_while} until one was taken back"
        )
        yield f"un-audited           {_or_none(self.unaudited)}"
        yield f"audit verified       {_or_none(self.evidence.audit_verified)}"
        yield f"flipped byte found   {_or_none(self.evidence.flip_found)}"
        yield f"found in the logs    {', '.join(self.evidence.leaks) or 'nothing'}"
        yield f"last late reply      {from_kill} s after each kill"
        yield f"                     {from_start} s after a process was ready again"
        yield f"acknowledgement      p50 {self.ack_p50:.1f} ms, p99 {self.ack_p99:.1f} ms"
        yield f"answered a second    {self.answered_per_second:.1f}"
        yield f"processor time       {self.evidence.cpu:.1f} s, all starts included"


def judged(ledger: Ledger, evidence: Evidence) -> Verdict:
    """The figures of a run that is over."""
    usual = _usual(ledger)
    answered = [key for key in ledger.asked if ledger.said[key]]
    ever = [
        key for key in answered if len(ledger.said[key]) > usual[_text(ledger, key)]
    ]
    twice = [
        key for key in ever if len(_standing(ledger, key)) > usual[_text(ledger, key)]
    ]
    audited = evidence.audited
    return Verdict(
        sent=len(ledger.asked),
        acknowledged=len(ledger.acknowledged),
        answered=len(answered),
        notices=sum(_has_notice(ledger, key) for key in answered),
        lost=len(ledger.waiting()),
        twice=len(twice),
        twice_for_a_while=len(ever) - len(twice),
        unaudited=None if audited is None else len(set(answered) - set(audited)),
        recoveries=recoveries(ledger, evidence.kills, evidence.starts, evidence.thaws),
        ack_p50=percentile(ledger.latencies, 50),
        ack_p99=percentile(ledger.latencies, 99),
        answered_per_second=_speed(ledger),
        evidence=evidence,
    )


def recoveries(
    ledger: Ledger,
    kills: Sequence[float],
    starts: Sequence[float] = (),
    thaws: Sequence[float] = (),
) -> tuple[Recovery, ...]:
    """How long it took after each kill.

    A reply counts for the last kill before it, and for none if a process was frozen in
    between.
    """
    blows = sorted((*kills, *thaws))
    return tuple(
        _recovery(_late(ledger, blow, following), blow, starts)
        for blow, following in zip_longest(blows, blows[1:])
        if blow in kills
    )


def _late(ledger: Ledger, kill: float, following: float | None) -> float | None:
    """When the last reply came of those that a kill held up; None: it held up none.

    What has no reply by the following blow is held up by that one.
    """
    held_up = (key for key, at in ledger.acknowledged.items() if at <= kill)
    ends = [end for key in held_up if (end := _end(ledger, key)) > kill]
    last = NOWHERE if following is None else following
    return max((end for end in ends if end <= last), default=None)


def _end(ledger: Ledger, key: Key) -> float:
    end = ledger.answered(key)
    return NOWHERE if end is None else end


def _recovery(late: float | None, kill: float, starts: Sequence[float]) -> Recovery:
    if late is None:
        return Recovery(0.0, 0.0)
    ready = min((start for start in starts if start > kill), default=kill)
    return Recovery(late - kill, max(0.0, late - ready))


def _row(seconds: Iterable[float]) -> str:
    return " ".join(f"{one:.1f}" for one in seconds) or "no kill:"


def percentile(numbers: Sequence[float], part: int) -> float:
    """The smallest number that so many in a hundred do not exceed; 0 of none."""
    ranked = sorted(numbers)
    return ranked[-(-len(ranked) * part // 100) - 1] if ranked else 0.0


def _usual(ledger: Ledger) -> dict[str, int]:
    """How many messages a reply to each wording has: the fewest that were seen."""
    usual: dict[str, int] = {}
    for key, (_, text) in ledger.asked.items():
        count = len(ledger.said[key])
        if count and not _has_notice(ledger, key):
            usual[text] = min(count, usual.get(text, count))
    return {text: usual.get(text, 1) for _, text in ledger.asked.values()}


def _text(ledger: Ledger, key: Key) -> str:
    return ledger.asked[key][1]


def _standing(ledger: Ledger, key: Key) -> tuple[str, ...]:
    channel = key[0]
    return tuple(ts for ts in ledger.said[key] if (channel, ts) not in ledger.gone)


def _has_notice(ledger: Ledger, key: Key) -> bool:
    return any(NOTICE.search(text) for _, text in ledger.said[key].values())


def _speed(ledger: Ledger) -> float:
    """Replies a second, from the first question to the last reply."""
    ends = [end for key in ledger.asked if (end := ledger.answered(key)) is not None]
    begun = min((at for at, _ in ledger.asked.values()), default=0.0)
    return len(ends) / (max(ends) - begun) if ends else 0.0


def _or_none(said: object) -> str:
    return "no audit in this app" if said is None else str(said)
