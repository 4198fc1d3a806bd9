"""Remembers what the workspace and the app said to each other."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias

from bot.workspace.feed import Change, Feed


KEPT = 300  # exchanges; the drawer of the page shows no more
HIDDEN = "hidden"
SECRETS = frozenset({"token", "access_token", "refresh_token", "client_secret", "code"})

Direction: TypeAlias = Literal[
    "events",
    "commands",
    "actions",
    "shortcuts",
    "views",
    "options",
    "web_api",
    "response",
]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with its response, as the drawer shows it."""

    number: int
    direction: Direction
    name: str  # app_mention · /command · chat.postMessage
    status: int  # 0: no response at all
    elapsed_ms: float
    request: Any
    response: Any
    attempt: int = 0  # x-slack-retry-num
    note: str = ""  # why it failed, in Slack's word

    def to_json(self) -> dict[str, Any]:
        """The exchange as the page reads it."""
        return asdict(self)


@dataclass(slots=True)
class Exchanges:
    """The latest exchanges, oldest first."""

    feed: Feed
    kept: deque[Exchange] = field(default_factory=lambda: deque(maxlen=KEPT))
    _count: int = 0

    def record(self, direction: Direction, name: str, **seen: Any) -> Exchange:
        """Keep what was said, and tell the page."""
        self._count += 1
        exchange = Exchange(self._count, direction, name, **seen)
        self.kept.append(exchange)
        self.feed.tell(Change("exchange", exchange.to_json()))
        return exchange

    def named(self, name: str) -> tuple[Exchange, ...]:
        """The kept exchanges of one kind."""
        return tuple(exchange for exchange in self.kept if exchange.name == name)


def without_token(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a request or an answer, with its secrets hidden."""
    return {
        key: HIDDEN if key in SECRETS and value else value
        for key, value in fields.items()
    }
