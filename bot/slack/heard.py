"""Remembers which messages were heard, and what a person asked before in a thread."""

from __future__ import annotations

from typing import Protocol

from bot.slack.lately import Lately


LATEST_KEYS = 10_000  # Slack: 30,000 events an hour at most, last retry after 6 minutes
LATEST_THREADS = (
    2_000  # times EARLIER questions of 4,000 characters: 40 MB at the worst
)
EARLIER = 5  # questions of one asker in one thread; older ones no longer help a reading


class Heard(Protocol):
    """Tells the first arrival of a message from all later ones."""

    async def first_time(self, key: str) -> bool:
        """Whether the key is new; from now on it is not."""
        ...


class HeardInMemory:
    """What this process heard lately; forgotten when it ends."""

    def __init__(self, most: int = LATEST_KEYS) -> None:
        self._keys: Lately[str, bool] = Lately(most)

    async def first_time(self, key: str) -> bool:
        """Whether the key is new; from now on it is not."""
        if key in self._keys:
            return False
        self._keys.keep(key, True)
        return True


class ThreadMemory:
    """The asker's own earlier words in a thread, a few threads and questions deep."""

    def __init__(self, most: int = LATEST_THREADS, earlier: int = EARLIER) -> None:
        self._threads: Lately[str, tuple[str, ...]] = Lately(most)
        self._earlier = earlier

    def earlier(self, thread: str) -> tuple[str, ...]:
        """The latest earlier questions, oldest first."""
        return self._threads.get(thread, ())

    def remember(self, thread: str, text: str) -> None:
        """Add the words as the latest; let go of the oldest beyond the limit."""
        words = (*self.earlier(thread), text)[-self._earlier :]
        self._threads.keep(thread, words)
