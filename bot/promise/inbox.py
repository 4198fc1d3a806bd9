"""What must never be lost: every question that was acknowledged, until its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.promise.question import (
    Arrival,
    Attempt,
    Doubt,
    Ending,
    Frozen,
    Outcome,
    Owed,
    Seen,
    Spot,
    Tried,
)


class LostError(Exception):
    """Another replica works on the question now, or its words were changed."""


class Inbox(Protocol):
    """The questions that are owed a reply."""

    async def receive(self, arrival: Arrival) -> Owed | None:
        """Write a question down for good; None if it was there before."""
        ...

    async def revise(self, key: str, words: str) -> bool:
        """Owe a question a reply to new words; false if it was never asked of us."""
        ...

    async def withdraw(self, key: str) -> bool:
        """Owe a deleted question that our reply goes too; false as for `revise`."""
        ...

    async def stop(self, conversation: str) -> tuple[str, ...]:
        """Withdraw every open question of a team:channel:ts; their keys."""
        ...

    async def take(self, key: str) -> Owed | None:
        """Work on it from now on; None if it is at its end, or another works on it."""
        ...

    async def due(self) -> tuple[str, ...]:
        """The keys of all that could be taken now, the oldest first."""
        ...

    async def earlier(self, thread: str, before: str) -> tuple[str, ...]:
        """The asker's latest words in a thread before a message, oldest first."""
        ...

    async def seen(self, seconds: float) -> tuple[Seen, ...]:
        """Where somebody asked so lately, up to which message."""
        ...

    async def doubtful(self) -> tuple[Doubt, ...]:
        """The questions that are to be looked at once more now."""
        ...

    async def cleared(
        self, doubt: Doubt, kept: Mapping[str, Spot], removed: tuple[Spot, ...]
    ) -> None:
        """Note what stands, by part, and what was removed; the audit names that."""
        ...


class Attempts(Protocol):
    """The tries to post something; LostError where it is no longer ours."""

    async def begin(
        self, owed: Owed, part: str, unfixed: Frozen | None = None
    ) -> Attempt:
        """Pass the gate before a post; a reply that is not fixed yet is with it."""
        ...

    async def end(
        self, owed: Owed, attempt: Attempt, outcome: Outcome, spot: Spot | None
    ) -> None:
        """Note what became of a try, and where the message stands."""
        ...


class Progress(Attempts, Protocol):
    """What is done about one question; LostError where it is no longer ours."""

    async def began(self, owed: Owed) -> None:
        """Note before work that may crash that it begins once more."""
        ...

    async def freeze(self, owed: Owed, frozen: Frozen) -> Owed:
        """Fix the reply before anything is posted."""
        ...

    async def removed(self, owed: Owed, part: str) -> None:
        """Note that a message of ours is gone."""
        ...

    async def settle(
        self, owed: Owed, ending: Ending, because: str, last: Tried | None = None
    ) -> None:
        """Bring a question to its end, and write the audit's row with it.

        The last try is noted with it, even where the end is not ours to write.
        """
        ...

    async def put_off(self, owed: Owed, seconds: float) -> None:
        """Let it rest for some seconds; any replica may go on then."""
        ...
