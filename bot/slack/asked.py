"""What is asked most, and what each person asked themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.slack.person import Person


OWN = 10  # latest questions of one person; more do not fit a glance


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """A question somebody asked, and which reply it got."""

    question: str
    reply: str  # id


@dataclass(frozen=True, slots=True)
class AskedOften:
    """An entry of the pack, and how often it was told."""

    target: str
    times: int


class Questions(Protocol):
    """What was asked, by whom and how often; never what a boundary decided."""

    async def own(self, person: Person) -> tuple[AskedOnce, ...]:
        """The person's latest questions, the latest first."""
        ...

    async def most_asked(self, team: str, most: int) -> tuple[AskedOften, ...]:
        """The entries told most often in a workspace."""
        ...
