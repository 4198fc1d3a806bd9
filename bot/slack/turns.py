"""Lets only one listener at a time work on what belongs to one message."""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary


class Turns:
    """A lock for each key, as long as somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, key: str) -> asyncio.Lock:
        """The lock of that key."""
        return self._locks.setdefault(key, asyncio.Lock())

    def is_taken(self, key: str) -> bool:
        """Whether somebody holds it."""
        lock = self._locks.get(key)
        return lock is not None and lock.locked()
