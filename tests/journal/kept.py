"""Questions, and a journal to keep them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.journal.journal import Journal
from bot.promise.question import ANSWER, Arrival, Frozen, Spot
from tests.make import make_composition


SPOT = Spot("C1", "20.1", "10.1")
PART = f"{ANSWER}-1"


@dataclass
class Watch:
    """A clock that a test sets."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def make_arrival(number: int = 1, **changes: Any) -> Arrival:
    fields = {
        "key": f"T1:C1:10.{number}",
        "team": "T1",
        "channel": "C1",
        "person": "U1",
        "thread": f"T1:C1:10.{number}:U1",
        "words": f"how many gauges in harbour {number}?",
        "place": {"channel": "C1", "thread": f"10.{number}"},
    }
    return Arrival(**{**fields, **changes})


def make_frozen(**changes: Any) -> Frozen:
    return Frozen(make_composition(**changes), ({"text": "Seven.", "blocks": []},))


async def answered(journal: Journal, arrival: Arrival, **changes: Any) -> None:
    """Take a question from its arrival to its end."""
    await journal.inbox.receive(arrival)
    owed = await journal.inbox.take(arrival.key)
    assert owed is not None
    owed = await journal.progress.freeze(owed, make_frozen(**changes))
    attempt = await journal.progress.begin(owed, PART)
    await journal.progress.end(owed, attempt, "posted", SPOT)
    await journal.progress.settle(owed, "answered", "")
