"""The messages of the workspace, and how Slack writes them down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.workspace.clock import Clock
from bot.workspace.directory import Directory


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[dict[str, Any], ...] = ()
    thread_ts: str | None = None
    client_msg_id: str | None = None  # only what a person wrote has one
    metadata: dict[str, Any] | None = None
    edited: str | None = None  # when it was changed last
    only_for: str | None = None  # ephemeral: the one person who sees it
    reactions: tuple[tuple[str, str], ...] = ()  # name and who
    attachments: tuple[dict[str, Any], ...] = ()
    files: tuple[dict[str, Any], ...] = ()
    subtype: str | None = None  # file_share · tombstone · bot_message
    seen_from: float = 0.0  # seconds since 1970; a lag lies between writing and showing

    @property
    def root(self) -> str:
        """The thread it belongs to or would start."""
        return self.thread_ts or self.ts

    @property
    def is_root(self) -> bool:
        """Whether it stands in the channel itself."""
        return self.thread_ts in {None, self.ts}


@dataclass(slots=True)
class Board:
    """Every message, by place, in order of writing."""

    clock: Clock
    _written: dict[str, dict[str, Message]] = field(default_factory=dict)
    _threads: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)
    _count: int = 0

    def next_ts(self) -> str:
        """A timestamp later than all before it, also while the clock stands still."""
        self._count += 1
        micros = int(self.clock.now()) * 1_000_000 + self._count * 100
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def put(self, message: Message) -> None:
        """Write a message, or write it anew."""
        self._written.setdefault(message.channel, {})[message.ts] = message
        if message.only_for is None:
            thread = self._threads.setdefault((message.channel, message.root), {})
            thread[message.ts] = None

    def take_away(self, channel: str, ts: str) -> None:
        """Remove a message."""
        gone = self._written[channel].pop(ts)
        self._threads.get((channel, gone.root), {}).pop(ts, None)

    def find(self, channel: str, ts: str) -> Message | None:
        """The message with this timestamp."""
        return self._written.get(channel, {}).get(ts)

    def all_in(self, channel: str) -> tuple[Message, ...]:
        """Every message of a place, oldest first."""
        return tuple(self._written.get(channel, {}).values())

    def history(self, channel: str) -> tuple[Message, ...]:
        """What stands in the channel itself, oldest first; ephemerals are not kept."""
        return tuple(
            message
            for message in self.all_in(channel)
            if message.is_root and message.only_for is None and self._is_seen(message)
        )

    def thread(self, channel: str, root: str) -> tuple[Message, ...]:
        """A thread, its first message included, oldest first."""
        written = self._written.get(channel, {})
        thread = self._threads.get((channel, root), {})
        return tuple(written[ts] for ts in thread if self._is_seen(written[ts]))

    def _is_seen(self, message: Message) -> bool:
        return message.seen_from <= self.clock.now()


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes messages down as Slack does."""

    directory: Directory
    app_id: str
    board: Board

    def to_slack(self, message: Message) -> dict[str, Any]:
        """The message as history, replies and events carry it."""
        written: dict[str, Any] = {
            "type": "message",
            "user": message.user,
            "ts": message.ts,
            "text": message.text,
            "team": self.directory.team.id,
        }
        written.update(self._author(message))
        written.update(_optional(message))
        written.update(self._thread(message))
        return written

    def _author(self, message: Message) -> dict[str, Any]:
        bot = self.directory.bot
        if message.user != bot.id:
            return {"client_msg_id": message.client_msg_id}
        profile = {
            "id": bot.bot_id,
            "app_id": self.app_id,
            "name": bot.real_name,
            "team_id": self.directory.team.id,
        }
        return {"bot_id": bot.bot_id, "app_id": self.app_id, "bot_profile": profile}

    def _thread(self, message: Message) -> dict[str, Any]:
        if not message.is_root:
            return {
                "thread_ts": message.thread_ts,
                "parent_user_id": self._who(message),
            }
        thread = self.board.thread(message.channel, message.ts)
        replies = [reply for reply in thread if reply.ts != message.ts]
        if not replies:
            return {}
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": sorted({reply.user for reply in replies}),
            "latest_reply": replies[-1].ts,
        }

    def _who(self, message: Message) -> str | None:
        first = self.board.find(message.channel, message.root)
        return first.user if first else None


def _optional(message: Message) -> dict[str, Any]:
    fields = {
        "blocks": list(message.blocks),
        "attachments": list(message.attachments),
        "metadata": message.metadata,
        "reactions": _reactions(message),
        "files": list(message.files),
        "subtype": message.subtype,
        "edited": message.edited and {"user": message.user, "ts": message.edited},
    }
    return {key: value for key, value in fields.items() if value}


def _reactions(message: Message) -> list[dict[str, Any]]:
    names = dict.fromkeys(name for name, _ in message.reactions)
    return [
        {
            "name": name,
            "users": (
                users := [who for said, who in message.reactions if said == name]
            ),
            "count": len(users),
        }
        for name in names
    ]
