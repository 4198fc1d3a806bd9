"""Keeps what people thought of replies."""

from __future__ import annotations

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
