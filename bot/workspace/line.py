"""The line to the app: what was sent and is not acknowledged yet."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from bot.workspace.calling import Answered, App, Call, Caller
from bot.workspace.features import Features
from bot.workspace.payloads import Payloads


@dataclass(slots=True)
class Line:
    """Sends events and interactions to the app that is connected, if one is."""

    caller: Caller
    payloads: Payloads
    features: Features
    app: App | None = None
    _underway: set[asyncio.Task[Answered]] = field(default_factory=set)
    _events: int = 0

    def tell(self, event: dict[str, Any]) -> asyncio.Task[Answered] | None:
        """Send an event, with retries; None when no app listens for it."""
        if self.app is None or not self.features.hears(event):
            return None
        self._events += 1
        envelope = self.payloads.event(
            event, f"Ev{self._events:09d}", self.caller.clock.now()
        )
        return self._start(self.caller.deliver(self.app, Call.event(envelope)))

    async def interact(self, call: Call) -> Answered:
        """Send a command or a tap, once: Slack never repeats these."""
        if self.app is None:
            return Answered(failure="connection_failed")
        return await self._start(self.caller.once(self.app, call))

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while self._underway:
            await asyncio.gather(*self._underway)

    def cut(self) -> None:
        """Give up everything that is under way."""
        for task in tuple(self._underway):
            task.cancel()

    def _start(self, work: Coroutine[Any, Any, Answered]) -> asyncio.Task[Answered]:
        task = asyncio.create_task(work)
        self._underway.add(task)
        task.add_done_callback(self._underway.discard)
        return task
