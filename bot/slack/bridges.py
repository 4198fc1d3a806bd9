"""Remembers which thread of the on-call team belongs to which asker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.slack.places import Thread


@dataclass(frozen=True, slots=True)
class Bridge:
    """Where the words of the on-call team go back to."""

    asker: str  # a user id
    back: Thread
    team: str  # the asker's workspace


class Bridges(Protocol):
    """The requests that the on-call team may still answer."""

    async def keep(self, there: Thread, bridge: Bridge) -> None:
        """Remember where replies in that thread go."""
        ...

    async def at(self, there: Thread) -> Bridge | None:
        """Where replies in that thread go; None if it is no request."""
        ...
