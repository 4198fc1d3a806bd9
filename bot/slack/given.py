"""Remembers what was replied."""

from __future__ import annotations

from typing import Protocol

from bot.answering.composition import Composition
from bot.slack.person import Person


class Replies(Protocol):
    """The replies that buttons may still ask for."""

    async def shown(
        self, composition: Composition, reader: Person, channel: str
    ) -> None:
        """Remember a reply, and that somebody was shown it; "" stands for in private."""
        ...

    async def find(self, name: str, team: str) -> Composition | None:
        """The reply of that id; None if it is not, or no longer, held for them."""
        ...
