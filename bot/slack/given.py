"""Remembers what was replied, and which messages of ours say it."""

from __future__ import annotations

from typing import Protocol

from bot.answering.composition import Composition
from bot.slack.lately import Lately
from bot.slack.person import is_of
from bot.slack.places import Written


LATEST_REPLIES = 2_000  # of about 10 kB: 20 MB; a button lives longer than that rarely
LATEST_POSTS = 5_000  # an edit or a deletion is answered while it is among them


class Replies(Protocol):
    """The replies that buttons may still ask for."""

    async def keep(self, composition: Composition, team: str) -> None:
        """Remember a reply by its id, for the workspace that it was given to."""
        ...

    async def find(self, name: str, team: str) -> Composition | None:
        """The reply of that id; None if it is not, or no longer, held for them."""
        ...

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        ...


class Posts(Protocol):
    """Which messages of ours answer which message of a person."""

    async def keep(self, key: str, written: tuple[Written, ...]) -> None:
        """Remember what was written in answer to a message."""
        ...

    async def of(self, key: str) -> tuple[Written, ...]:
        """What was written in answer to a message; nothing if it was not answered."""
        ...

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        ...


class RepliesInMemory:
    """The latest replies of this process."""

    def __init__(self, most: int = LATEST_REPLIES) -> None:
        self._kept: Lately[tuple[str, str], Composition] = Lately(most)

    async def keep(self, composition: Composition, team: str) -> None:
        """Remember a reply by its id, for the workspace that it was given to."""
        self._kept.keep((team, composition.id), composition)

    async def find(self, name: str, team: str) -> Composition | None:
        """The reply of that id; None if it is not, or no longer, held for them."""
        return self._kept.get((team, name))

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        self._kept.drop(lambda key, _: key[0] == team)


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

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        self._kept.drop(lambda key, _: is_of(team, key))
