"""Remembers what was replied, and which messages of ours say it."""

from __future__ import annotations

from typing import Protocol

from bot.answering.composition import Composition
from bot.slack.lately import Lately
from bot.slack.places import Written


LATEST_REPLIES = 2_000  # of about 10 kB: 20 MB; a button lives longer than that rarely
LATEST_POSTS = 5_000  # an edit or a deletion is answered while it is among them


class Replies(Protocol):
    """The replies that buttons may still ask for."""

    async def keep(self, composition: Composition) -> None:
        """Remember a reply by its id."""
        ...

    async def find(self, name: str) -> Composition | None:
        """The reply of that id; None if it is no longer held."""
        ...


class Posts(Protocol):
    """Which messages of ours answer which message of a person."""

    async def keep(self, key: str, written: tuple[Written, ...]) -> None:
        """Remember what was written in answer to a message."""
        ...

    async def of(self, key: str) -> tuple[Written, ...]:
        """What was written in answer to a message; nothing if it was not answered."""
        ...


class RepliesInMemory:
    """The latest replies of this process."""

    def __init__(self, most: int = LATEST_REPLIES) -> None:
        self._kept: Lately[str, Composition] = Lately(most)

    async def keep(self, composition: Composition) -> None:
        """Remember a reply by its id."""
        self._kept.keep(composition.id, composition)

    async def find(self, name: str) -> Composition | None:
        """The reply of that id; None if it is no longer held."""
        return self._kept.get(name)


class PostsInMemory:
    """The latest answers of this process, by the message that they answer."""

    def __init__(self, most: int = LATEST_POSTS) -> None:
        self._kept: Lately[str, tuple[Written, ...]] = Lately(most)

    async def keep(self, key: str, written: tuple[Written, ...]) -> None:
        """Remember what was written in answer to a message."""
        self._kept.keep(key, written)

    async def of(self, key: str) -> tuple[Written, ...]:
        """What was written in answer to a message; nothing if it was not answered."""
        return self._kept.get(key, ())
