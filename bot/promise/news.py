"""What people are to be told without having asked just now, once each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from bot.promise.inbox import Attempts
from bot.promise.question import Arrival, Attempt, Json, Owed, Spot


Heard: TypeAlias = Literal["told", "untold"]

NEWS = "news"  # what part of our messages it is; see question.ANSWER


@dataclass(frozen=True, slots=True)
class News:
    """One message that is owed to somebody, or to a channel."""

    key: str
    mark: str  # an opaque name of the key, for the metadata of our message
    team: str  # empty: the one workspace that there is
    person: str  # empty: a whole channel
    place: Json = field(repr=False)  # channel and thread; empty: to the person alone
    what: Json = field(repr=False)  # from which the message is drawn
    at: float = 0.0  # seconds since 1970
    message: Json | None = field(default=None, repr=False)  # text and blocks, as drawn
    attempts: tuple[Attempt, ...] = ()
    spot: Spot | None = None

    @property
    def owed(self) -> Owed:
        """The same as whoever posts takes it."""
        arrival = Arrival(
            key=self.key,
            team=self.team,
            channel=str(self.place.get("channel", "")),
            person=self.person,
            thread="",
            words="",
            place=self.place,
        )
        posts = {} if self.spot is None else {NEWS: self.spot}
        return Owed(arrival, self.mark, self.at, attempts=self.attempts, posts=posts)


class NewsBox(Attempts, Protocol):
    """The news that are owed; LostError where another replica tells them."""

    async def due(self) -> tuple[str, ...]:
        """The keys of all that could be told now, the oldest first."""
        ...

    async def take(self, key: str) -> News | None:
        """Tell it from now on; None if it was told, or another replica does it."""
        ...

    async def freeze(self, news: News, message: Json) -> None:
        """Fix the message before anything is posted."""
        ...

    async def put_off(self, news: News, seconds: float) -> None:
        """Let it rest for some seconds; any replica may go on then."""
        ...

    async def settle(self, news: News, heard: Heard, because: str) -> None:
        """Bring it to its end, and write the audit's row with it."""
        ...
