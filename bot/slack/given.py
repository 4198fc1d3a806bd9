"""Remembers what was replied."""

from __future__ import annotations

from typing import Protocol

from bot.answering.composition import Composition


class Replies(Protocol):
    """The replies that buttons may still ask for."""

    async def keep(self, composition: Composition) -> None:
        """Remember a reply by its id."""
        ...

    async def find(self, name: str) -> Composition | None:
        """The reply of that id; None if it is no longer held."""
        ...
