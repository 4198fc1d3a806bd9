"""What one fault run does: how much is asked, what breaks, and when."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from bot.settings import ROOT
from bot.workspace.faults import Fault


Database: TypeAlias = Literal["sqlite", "postgres"]
Kind: TypeAlias = Literal["kill", "crash", "freeze", "restart"]

SPEED = 10.0  # Slack's retries come after 0, 6 and 30 seconds instead of 0, 60, 300
ALWAYS = 10**9  # requests: the run is shorter
POST, LOOK = "chat.postMessage", "conversations.replies"


@dataclass(frozen=True, slots=True)
class Strike:
    """One thing that breaks, so many seconds after the first question."""

    at: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Plan:
    """One run, the same for the same seed."""

    questions: int = 2000
    rate: float = 50.0  # questions a second; 0: all at once
    kills: int = 12  # SIGKILL; every fourth between Slack's accepting and our record
    freezes: int = 2  # SIGSTOP, and SIGCONT after `frozen` seconds
    frozen: float = 12.0  # seconds; a lease lasts 8
    restarts: int = 2  # of PostgreSQL
    database: Database = "sqlite"
    replicas: int = 1
    slack_faults: Literal["on", "off"] = "on"
    seed: int = 7
    patience: float = 150.0  # seconds without a new reply until the run is over
    code: Path = ROOT  # the checkout that is run

    @property
    def span(self) -> float:
        """Seconds from the first question to the last."""
        return self.questions / self.rate if self.rate else 1.0

    def strikes(self) -> tuple[Strike, ...]:
        """What breaks, in order of time."""
        dice = random.Random(self.seed)  # noqa: S311  faults are no secret
        moments = [dice.uniform(0.03, 0.97) * self.span for _ in self._kinds()]
        return tuple(
            Strike(at, kind)
            for at, kind in sorted(zip(moments, self._kinds(), strict=True))
        )

    def faults(self) -> tuple[Fault, ...]:
        """How Slack fails on its own."""
        if self.slack_faults == "off":
            return ()
        return (
            Fault("rate_limited", POST, ALWAYS, 0.03, seconds=1),
            Fault("error_before", POST, ALWAYS, 0.02),
            Fault("error_after", POST, ALWAYS, 0.02),
            Fault("drop_before", POST, ALWAYS, 0.01),
            Fault("drop_after", POST, ALWAYS, 0.02),
            Fault("slow", POST, ALWAYS, 0.02, seconds=1.5 * SPEED),
            Fault("lag", POST, ALWAYS, 0.03, seconds=1),
            Fault("error_before", LOOK, ALWAYS, 0.05),
            Fault("rate_limited", LOOK, ALWAYS, 0.02, seconds=1),
        )

    def _kinds(self) -> tuple[Kind, ...]:
        return tuple(self._each_kind())

    def _each_kind(self) -> Iterator[Kind]:
        for number in range(self.kills):
            yield "crash" if number % 4 == 3 else "kill"
        for _ in range(self.freezes):
            yield "freeze"
        for _ in range(self.restarts if self.database == "postgres" else 0):
            yield "restart"
