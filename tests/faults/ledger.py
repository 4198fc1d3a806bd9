"""Writes down what Slack saw: each question, its acknowledgement, every message."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.workspace.feed import Change, Feed, changes


Key: TypeAlias = tuple[str, str]  # channel and timestamp of a question


@dataclass(slots=True)
class Ledger:
    """One run as Slack saw it; moments are monotonic seconds."""

    bot: str  # the app's user
    asked: dict[Key, tuple[float, str]] = field(default_factory=dict)
    acknowledged: dict[Key, float] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)  # ms, of acknowledgements
    said: dict[Key, dict[str, tuple[float, str]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    gone: set[Key] = field(default_factory=set)  # channel and ts of messages of ours
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    posts: int = 0

    async def listen(self, feed: Feed) -> None:
        """Write down whatever happens from now on."""
        with feed.listening() as queue:
            async for change in changes(queue):
                self.take(change, time.monotonic())
                async with self.changed:
                    self.changed.notify_all()

    def ask(self, key: Key, text: str) -> None:
        """A person asked this just now."""
        self.asked[key] = (time.monotonic(), text)

    def take(self, change: Change, now: float) -> None:
        """Write down one change, if it is about a question."""
        if change.kind == "exchange":
            self._take_exchange(change.body, now)
        elif change.kind == "message":
            self._take_message(change.body, now)
        elif change.kind == "gone":
            self.gone.add((change.body["channel"], change.body["ts"]))

    def answered(self, key: Key) -> float | None:
        """When the question had its first message of ours; None so far."""
        return min((at for at, _ in self.said[key].values()), default=None)

    def replied(self) -> frozenset[Key]:
        """The questions that have a message of ours."""
        return frozenset(key for key in self.asked if self.said[key])

    def waiting(self) -> tuple[Key, ...]:
        """The questions that were acknowledged and have no message of ours."""
        return tuple(key for key in self.acknowledged if not self.said[key])

    def _take_exchange(self, body: dict[str, Any], now: float) -> None:
        if body["direction"] != "events" or body["name"] != "app_mention":
            return
        if body["status"] not in range(200, 300):
            return
        event = body["request"]["event"]
        self.acknowledged.setdefault((event["channel"], event["ts"]), now)
        self.latencies.append(body["elapsed_ms"])

    def _take_message(self, body: dict[str, Any], now: float) -> None:
        if body["user"] != self.bot or not body.get("thread_ts"):
            return
        self.posts += 1
        key = (body["channel"], body["thread_ts"])
        self.said[key].setdefault(body["ts"], (now, body["text"]))
