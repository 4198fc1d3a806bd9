"""What stands in the workspace now, and how it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

from bot.workspace.clock import Clock
from bot.workspace.directory import Channel, Directory, Person, WorkspaceConfig
from bot.workspace.exchanges import Exchanges
from bot.workspace.feed import Change, Feed
from bot.workspace.files import Files
from bot.workspace.messages import Board, Message, Scribe


Seen = TypeVar("Seen")


class NotHereError(LookupError):
    """Somebody named a person, place, message or button that is not here."""


@dataclass(frozen=True, slots=True)
class Status:
    """What a thread shows while it waits for the app."""

    channel: str
    thread_ts: str
    text: str  # "is working…"; empty: nothing to show
    failed: bool = False
    only_for: str | None = None  # who tapped or commanded; None: everybody there
    loading: tuple[str, ...] = ()  # what is shown in turn beside it


@dataclass(slots=True)
class State:
    """The messages, and everybody who wants to hear of them."""

    config: WorkspaceConfig
    clock: Clock
    directory: Directory
    board: Board
    feed: Feed
    exchanges: Exchanges
    scribe: Scribe
    files: Files
    statuses: dict[tuple[str, str], Status] = field(default_factory=dict)

    @classmethod
    def of(cls, config: WorkspaceConfig, clock: Clock) -> State:
        """An empty workspace."""
        directory, board, feed = config.directory, Board(clock), Feed()
        return cls(
            config=config,
            clock=clock,
            directory=directory,
            board=board,
            feed=feed,
            exchanges=Exchanges(feed),
            scribe=Scribe(directory, config.app_id, board),
            files=Files(clock),
        )

    def write(self, message: Message) -> Message:
        """Put a message on the board, new or changed, and tell everybody."""
        self.board.put(message)
        if message.user == self.directory.bot.id:
            self._stop_waiting(message)
        self.feed.tell(
            Change("message", self.as_shown(message), self._readers(message))
        )
        return message

    def erase(self, message: Message) -> None:
        """Take a message away, and tell everybody."""
        self.board.take_away(message.channel, message.ts)
        gone = {"channel": message.channel, "ts": message.ts}
        self.feed.tell(Change("gone", gone, self._readers(message)))

    def show(self, status: Status) -> None:
        """Say what a thread waits for, or that it waits no longer."""
        key = (status.channel, status.thread_ts)
        self.statuses.pop(key, None)
        if status.text:
            self.statuses[key] = status
        members = self.directory.channels[status.channel].members
        seen_by = (status.only_for,) if status.only_for else members
        self.feed.tell(Change("status", asdict(status), seen_by))

    def served(self, user: str) -> None:
        """Somebody sees what they alone waited for: a window, or words only for them."""
        for status in tuple(self.statuses.values()):
            if status.only_for == user:
                self.show(replace(status, text="", failed=False))

    def as_shown(self, message: Message) -> dict[str, Any]:
        """The message as the page reads it."""
        written = self.scribe.to_slack(message)
        return {**written, "channel": message.channel, "only_for": message.only_for}

    def person(self, user: str) -> Person:
        """Somebody by id; NotHereError if there is nobody."""
        if user not in self.directory.people:
            raise NotHereError(f"Nobody here has the id {user!r}.")
        return self.directory.people[user]

    def place(self, channel: str) -> Channel:
        """A channel by id or #name; NotHereError if there is none."""
        named = {f"#{c.name}": c for c in self.directory.channels.values()}
        found = self.directory.channels.get(channel) or named.get(channel)
        if found is None:
            raise NotHereError(f"There is no channel {channel!r} here.")
        return found

    def message(self, channel: str, ts: str) -> Message:
        """A message by its timestamp; NotHereError if there is none."""
        found = self.board.find(channel, ts)
        if found is None:
            raise NotHereError(f"There is no message {ts!r} in {channel!r}.")
        return found

    async def wait_for(self, seen: Callable[[], Seen | None]) -> Seen:
        """What `seen` returns, as soon as that is true; asked after every change."""
        with self.feed.listening() as queue:
            while not (found := seen()):
                if await queue.get() is None:
                    raise NotHereError("The workspace closed before that was seen.")
        return found

    def _readers(self, message: Message) -> tuple[str, ...]:
        if message.only_for:
            return (message.only_for,)
        return self.directory.channels[message.channel].members

    def _stop_waiting(self, message: Message) -> None:
        if message.only_for:
            self.served(message.only_for)
        direct = self.directory.channels[message.channel].direct
        for status in tuple(self.statuses.values()):
            answered = direct or status.thread_ts in {"", message.root}
            if status.channel == message.channel and answered:
                self.show(replace(status, text="", failed=False))
