"""Remembers what was used lately, and never more than it was allowed to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar, overload


K = TypeVar("K")
V = TypeVar("V")


class Lately(Generic[K, V]):
    """The latest entries by key; the one longest untouched goes when it is full."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[K, V] = OrderedDict()

    def __contains__(self, key: K) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def get(self, key: K, default: None = None) -> V | None: ...
    @overload
    def get(self, key: K, default: V) -> V: ...
    def get(self, key: K, default: V | None = None) -> V | None:
        """What was kept under the key, or the default."""
        return self._entries.get(key, default)

    def keep(self, key: K, value: V) -> None:
        """Keep the value as the latest; forget the oldest if there are too many."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        while len(self._entries) > self._most:
            self._entries.popitem(last=False)

    def drop(self, unwanted: Callable[[K, V], bool]) -> None:
        """Let go of every entry that is unwanted; the others stay in their order."""
        gone = [key for key, value in self._entries.items() if unwanted(key, value)]
        for key in gone:
            del self._entries[key]
