"""Lets somebody stop an answer that is still being worked on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class UnderWay:
    """The answers that are being given now, by the conversation they belong to."""

    def __init__(self) -> None:
        self._tasks: dict[str, set[asyncio.Task[None]]] = {}

    async def finished(
        self, conversation: str, work: Coroutine[Any, Any, None]
    ) -> bool:
        """Give an answer; false if somebody stopped it before it was given.

        What has left for Slack by then arrives: Stop holds back the rest, such as the
        next try after a refusal.
        """
        task = asyncio.create_task(work)
        tasks = self._tasks.setdefault(conversation, set())
        tasks.add(task)
        try:
            await task
        except asyncio.CancelledError:
            if not task.cancelled() or _ends():
                raise
            return False
        finally:
            tasks.discard(task)
            if not tasks:
                self._tasks.pop(conversation, None)
        return True

    def stop(self, conversation: str) -> int:
        """Stop every answer of a conversation; how many there were."""
        tasks = self._tasks.pop(conversation, set())
        for task in tasks:
            task.cancel()
        return len(tasks)


def _ends() -> bool:
    """Whether it is we who are stopped, and not only the answer."""
    own = asyncio.current_task()
    return own is not None and own.cancelling() > 0
