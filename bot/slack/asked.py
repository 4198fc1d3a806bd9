"""Counts what is asked, and remembers for each person what they asked themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from bot.answering.composition import BOUNDARY_DECISIONS, Composition
from bot.slack.lately import Lately
from bot.slack.person import Person


OWN = 10  # latest questions of one person; more do not fit a glance
MOST_PEOPLE = 5_000  # times OWN questions of 4,000 characters: 200 MB at the very worst
MOST_ENTRIES = 2_000  # of one workspace; the largest pack has a few hundred


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

    async def note(self, person: Person, composition: Composition) -> None:
        """Count what was told, and remember the question for the person."""
        ...

    async def own(self, person: Person) -> tuple[AskedOnce, ...]:
        """The person's latest questions, the latest first."""
        ...

    async def most_asked(self, team: str, most: int) -> tuple[AskedOften, ...]:
        """The entries told most often in a workspace."""
        ...

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        ...


class QuestionsInMemory:
    """What was asked while this process lives."""

    def __init__(self, most: int = MOST_PEOPLE) -> None:
        self._own: Lately[Person, tuple[AskedOnce, ...]] = Lately(most)
        self._told: dict[str, Counter[str]] = {}

    async def note(self, person: Person, composition: Composition) -> None:
        """Count what was told, and remember the question for the person."""
        if composition.decision in BOUNDARY_DECISIONS:
            return
        once = AskedOnce(composition.question, composition.id)
        earlier = (one for one in await self.own(person) if one != once)
        self._own.keep(person, (once, *earlier)[:OWN])
        told = self._told.setdefault(person.team, Counter())
        known = [
            f for f in composition.facts[:1] if f in told or len(told) < MOST_ENTRIES
        ]
        told.update(known)

    async def own(self, person: Person) -> tuple[AskedOnce, ...]:
        """The person's latest questions, the latest first."""
        return self._own.get(person, ())

    async def most_asked(self, team: str, most: int) -> tuple[AskedOften, ...]:
        """The entries told most often in a workspace."""
        ranked = self._told.get(team, Counter[str]()).most_common(most)
        return tuple(AskedOften(target, times) for target, times in ranked)

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        self._own.drop(lambda person, _: person.team == team)
        self._told.pop(team, None)
