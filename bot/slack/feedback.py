"""Keeps what people thought of replies."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, get_args

from bot.slack.person import Person


Reason: TypeAlias = Literal[
    "wrong number",
    "out of date",
    "missing harm",
    "unclear",
    "should not have answered",
]

REASONS: tuple[Reason, ...] = get_args(Reason)
LATEST = 10_000  # opinions; a few hundred bytes each


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thought of a reply; a reason only if it did not help."""

    person: Person
    reply: str  # id
    helpful: bool
    reason: Reason | None = None


class Feedback(Protocol):
    """What people thought of replies."""

    async def keep(self, opinion: Opinion) -> None:
        """Remember an opinion."""
        ...

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        ...


class FeedbackInMemory:
    """The latest opinions of this process."""

    def __init__(self, most: int = LATEST) -> None:
        self.opinions: deque[Opinion] = deque(maxlen=most)

    async def keep(self, opinion: Opinion) -> None:
        """Remember an opinion."""
        self.opinions.append(opinion)

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        kept = [one for one in self.opinions if one.person.team != team]
        self.opinions = deque(kept, maxlen=self.opinions.maxlen)
