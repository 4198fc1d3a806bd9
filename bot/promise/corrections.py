"""What earlier answers said otherwise than the pack says now, and who got them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.promise.tickets import By, Unfit


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact that says something else now, or is taken out."""

    fact: str
    label: str
    now: str  # empty: it was taken out
    why: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """One past answer that told a fact as it was."""

    key: str  # of the question
    fact: str
    was: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A changed fact, with the threads in which it was told otherwise."""

    number: int
    changed: Changed
    was: str  # as it was told last
    waiting: int  # answers whose readers were not told
    sent: int
    at: float  # seconds since 1970


class Corrections(Protocol):
    """The corrections of every pack."""

    async def waiting(self, pack: str) -> tuple[Correction, ...]:
        """Those that somebody could be told of, the newest first."""
        ...

    async def send(self, number: int, by: By) -> int | Unfit:
        """Owe it to each thread that was told otherwise; to how many."""
        ...

    async def leave(self, number: int, by: By) -> int | Unfit:
        """Tell nobody of it; how many answers stay as they are."""
        ...
