"""Remembers which taps were heard, and in which threads we were asked."""

from __future__ import annotations

from typing import Protocol


class Heard(Protocol):
    """Tells the first arrival of a tap or a message from all later ones."""

    async def first_time(self, key: str) -> bool:
        """Whether the key is new; from now on it is not."""
        ...


class Joined(Protocol):
    """The threads in which somebody asked us."""

    async def join(self, thread: str) -> None:
        """From now on listen in that thread."""
        ...

    async def has(self, thread: str) -> bool:
        """Whether we were asked in that thread."""
        ...
