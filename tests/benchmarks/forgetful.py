"""The app as it was before its journal: what a question touches lies in dictionaries.

What no question touches (tickets, news, installations) stays where it is.
"""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

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
from bot.slack.memories import Memories
from bot.slack.person import Person
from bot.slack.preferences import Preference


@dataclass
class Unwritten:
    """Questions and the work on them; all of it ends with the process."""

    heard: set[str] = field(default_factory=set)
    open: dict[str, Owed] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    async def receive(self, arrival: Arrival) -> Owed | None:
        """A question that was not heard before is owed."""
        if arrival.key in self.heard:
            return None
        self.heard.add(arrival.key)
        self.words[arrival.thread].append(arrival.words)
        owed = Owed(arrival, arrival.key, received_at=time.time())
        self.open[arrival.key] = owed
        return owed

    async def earlier(self, thread: str, before: str) -> tuple[str, ...]:
        """What the asker said in the thread; nothing where it begins."""
        begins = thread.startswith(f"{before}:")
        return () if begins else tuple(self.words[thread])

    async def begin(self, owed: Owed, part: str, _: Frozen | None = None) -> Attempt:
        """A try has a number and a time."""
        del owed
        return Attempt(next(self.numbers), part, time.time())

    async def end(
        self, owed: Owed, attempt: Attempt, outcome: Outcome, spot: Spot | None
    ) -> None:
        """Nobody asks what became of a try."""

    async def began(self, owed: Owed) -> None:
        """Nobody counts how often work began."""

    async def freeze(self, owed: Owed, frozen: Frozen) -> Owed:
        """The reply is fixed for whoever holds the question."""
        return replace(owed, frozen=frozen)

    async def removed(self, owed: Owed, part: str) -> None:
        """Nothing is removed under this load."""

    async def settle(
        self,
        owed: Owed,
        ending: Ending,  # noqa: ARG002  Progress's
        because: str,  # noqa: ARG002  Progress's
        last: Tried | None = None,  # noqa: ARG002  Progress's
    ) -> None:
        """A question at its end is forgotten."""
        self.words.pop(owed.arrival.thread, None)
        self.open.pop(owed.key, None)

    async def put_off(self, owed: Owed, seconds: float) -> None:
        """Nobody would take it up again."""

    async def revise(self, key: str, words: str) -> bool:  # noqa: ARG002  Inbox's
        """Nobody edits under this load."""
        return False

    async def withdraw(self, key: str) -> bool:  # noqa: ARG002  Inbox's
        """Nobody deletes under this load."""
        return False

    async def stop(self, conversation: str) -> tuple[str, ...]:  # noqa: ARG002  Inbox's
        """Nobody stops an answer under this load."""
        return ()

    async def take(self, key: str) -> Owed | None:
        """What has waited for its turn."""
        return self.open.get(key)

    async def due(self) -> tuple[str, ...]:
        """Nothing is due twice."""
        return ()

    async def seen(self, seconds: float) -> tuple[Seen, ...]:  # noqa: ARG002  Inbox's
        """Nothing was asked before the start."""
        return ()

    async def doubtful(self) -> tuple[Doubt, ...]:
        """No post is in doubt."""
        return ()

    async def cleared(
        self, doubt: Doubt, kept: Mapping[str, Spot], removed: tuple[Spot, ...]
    ) -> None:
        """No post was in doubt."""


class Unset:
    """Nobody has set anything."""

    async def of(self, person: Person) -> Preference:  # noqa: ARG002  Preferences'
        """The defaults."""
        return Preference()

    async def keep(self, person: Person, preference: Preference) -> None:
        """Nobody sets anything under this load."""


@dataclass
class Hung:
    """The pictures that Slack has."""

    files: dict[tuple[str, str], str] = field(default_factory=dict)

    async def find(self, team: str, picture: str) -> str | None:
        """Slack's id of a picture."""
        return self.files.get((team, picture))

    async def keep(self, team: str, picture: str, file: str) -> None:
        """Remember it."""
        self.files[team, picture] = file


def forgetful(memories: Memories) -> Memories:
    """The same memories, with nothing written down for a question."""
    here = Unwritten()
    return replace(
        memories, inbox=here, progress=here, preferences=Unset(), uploads=Hung()
    )
