"""Knows which answers are under way, so that none is lost when the process ends."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse


log = logging.getLogger(__name__)


class InFlight(AsyncListenerStartHandler):
    """The listeners that run now; Bolt itself holds them only by a weak reference."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    async def handle(
        self,
        request: AsyncBoltRequest,  # noqa: ARG002  Bolt's signature
        response: BoltResponse | None,  # noqa: ARG002  Bolt's signature
    ) -> None:
        """Note the task that Bolt made for a listener, until it is done."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def settled(self, seconds: float | None = None) -> None:
        """Wait until nothing is under way; stop and report what takes longer."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
            log.error("stopped with %d answers unfinished", len(late))
