"""Tells the workspace what time it is and how long to wait."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Protocol


TEST_DAY = 1763805600.0  # 22 November 2025, 10:00 UTC: any fixed moment would do


class Clock(Protocol):
    """Whoever says when a message was written and how long a retry waits."""

    def now(self) -> float:
        """Seconds since 1970, as message timestamps show them."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait that long, on this clock."""
        ...


@dataclass(frozen=True, slots=True)
class WallClock:
    """The time of the day, with waits that can be shortened."""

    speed: float = 1.0  # 60 makes a minute a second

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait that long, divided by the speed."""
        await asyncio.sleep(seconds / self.speed)


@dataclass(slots=True)
class SteppedClock:
    """Stands still until somebody waits or steps: the same run gives the same ts."""

    moment: float = TEST_DAY

    def now(self) -> float:
        """The moment it stands at."""
        return self.moment

    def step(self, seconds: float) -> None:
        """Move on without waiting."""
        self.moment += seconds

    async def sleep(self, seconds: float) -> None:
        """Move on, and let everybody else run once."""
        self.step(seconds)
        await asyncio.sleep(0)
