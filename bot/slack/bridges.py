"""Remembers which thread of the on-call team belongs to which asker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.slack.lately import Lately
from bot.slack.places import Thread


MOST = 2_000  # open requests; on-call answers within hours, not after 2,000 others


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

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        ...


class BridgesInMemory:
    """The latest requests of this process."""

    def __init__(self, most: int = MOST) -> None:
        self._kept: Lately[Thread, Bridge] = Lately(most)

    async def keep(self, there: Thread, bridge: Bridge) -> None:
        """Remember where replies in that thread go."""
        self._kept.keep(there, bridge)

    async def at(self, there: Thread) -> Bridge | None:
        """Where replies in that thread go; None if it is no request."""
        return self._kept.get(there)

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        self._kept.drop(lambda _, bridge: bridge.team == team)
