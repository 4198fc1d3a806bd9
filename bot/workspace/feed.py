"""Tells whoever listens what has changed, in order, without polling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened, and who may see it."""

    kind: str  # message · gone · status · exchange
    body: dict[str, Any]
    seen_by: tuple[str, ...] | None = None  # None: everybody


@dataclass(slots=True)
class Feed:
    """Hands every change to every listener."""

    _listeners: set[asyncio.Queue[Change | None]] = field(default_factory=set)

    def tell(self, change: Change) -> None:
        """Hand the change to everybody who listens now."""
        for listener in tuple(self._listeners):
            listener.put_nowait(change)

    def close(self) -> None:
        """Send every listener home."""
        for listener in tuple(self._listeners):
            listener.put_nowait(None)

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Change | None]]:
        """A queue of changes from now on; None is the end."""
        queue: asyncio.Queue[Change | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)


async def changes(queue: asyncio.Queue[Change | None]) -> AsyncIterator[Change]:
    """The changes of a queue until the feed closes."""
    while (change := await queue.get()) is not None:
        yield change
