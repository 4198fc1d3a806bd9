"""Remembers which messages were heard, and what a person asked before in a thread."""

from __future__ import annotations

from typing import Protocol

from bot.slack.lately import Lately
from bot.slack.person import is_of


LATEST_KEYS = 10_000  # Slack: 30,000 events an hour at most, last retry after 6 minutes
LATEST_THREADS = (
    2_000  # times EARLIER questions of 4,000 characters: 40 MB at the worst
)
LATEST_JOINED = 5_000  # threads; nobody follows up where 5,000 others asked since
EARLIER = 5  # questions of one asker in one thread; older ones no longer help a reading


class Heard(Protocol):
    """Tells the first arrival of a message from all later ones."""

    async def first_time(self, key: str) -> bool:
        """Whether the key is new; from now on it is not."""
        ...

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
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

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        self._keys.drop(lambda key, _: is_of(team, key))


class ThreadMemory:
    """The asker's own earlier words in a thread, a few threads and questions deep."""

    def __init__(self, most: int = LATEST_THREADS, earlier: int = EARLIER) -> None:
        self._threads: Lately[str, tuple[tuple[str, str], ...]] = Lately(most)
        self._earlier = earlier

    def earlier(self, thread: str, before: str = "") -> tuple[str, ...]:
        """The latest earlier questions, oldest first; those before that message."""
        words: list[str] = []
        for key, text in self._threads.get(thread, ()):
            if before and key == before:
                break
            words.append(text)
        return tuple(words)

    def remember(self, thread: str, text: str, key: str = "") -> None:
        """Add the words as the latest; let go of the oldest beyond the limit."""
        kept = self._threads.get(thread, ())
        if key and any(one == key for one, _ in kept):
            said = tuple((one, text if one == key else old) for one, old in kept)
        else:
            said = (*kept, (key, text))[-self._earlier :]
        self._threads.keep(thread, said)

    def forget(self, thread: str, key: str) -> None:
        """Let go of the words of one message."""
        kept = self._threads.get(thread, ())
        self._threads.keep(thread, tuple(one for one in kept if one[0] != key))

    def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        self._threads.drop(lambda thread, _: is_of(team, thread))


class Joined(Protocol):
    """The threads in which somebody asked us."""

    async def join(self, thread: str) -> None:
        """From now on listen in that thread."""
        ...

    async def has(self, thread: str) -> bool:
        """Whether we were asked in that thread."""
        ...

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        ...


class JoinedInMemory:
    """The latest threads in which this process was asked."""

    def __init__(self, most: int = LATEST_JOINED) -> None:
        self._threads: Lately[str, bool] = Lately(most)

    async def join(self, thread: str) -> None:
        """From now on listen in that thread."""
        self._threads.keep(thread, True)

    async def has(self, thread: str) -> bool:
        """Whether we were asked in that thread."""
        return thread in self._threads

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        self._threads.drop(lambda thread, _: is_of(team, thread))
