"""Sees to it that Slack has our pictures: each once, and never while somebody waits."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError
from bot.slack.errand import Wanted, see, send
from bot.slack.faults import slack_code
from bot.slack.lately import Lately
from bot.slack.outcomes import TOO_MANY, retry_after
from bot.slack.uploads import Uploads


MOST_UPLOADS = 10_000  # 70 pictures of one pack in each of 140 workspaces; 2 MB
REST = 30.0  # seconds without another try after a failure: nobody grants a scope sooner
TRUSTED = 3_600.0  # seconds for which a file is believed to be where it was
NOTED = 60.0  # seconds for which another replica may have uploaded it anew unheard
GONE = frozenset({"file_not_found", "file_deleted"})
FAULTS = (SlackApiError, aiohttp.ClientError, TimeoutError, BotError)

log = logging.getLogger(__name__)


class Uploading:
    """The uploads under way; all who want a picture wait for the same upload."""

    def __init__(
        self, uploads: Uploads, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._uploads = uploads
        self._clock = clock
        self._under_way: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._unfinished: Lately[tuple[str, str], str] = Lately(MOST_UPLOADS)
        self._noted: Lately[tuple[str, str], tuple[str, float]] = Lately(MOST_UPLOADS)
        self._seen: Lately[str, float] = Lately(MOST_UPLOADS)  # files, and when
        self._gone: Lately[str, bool] = Lately(MOST_UPLOADS)
        self._rest: Lately[str, float] = Lately(MOST_UPLOADS)  # teams, and until when

    async def file_of(self, client: AsyncWebClient, wanted: Wanted) -> str:
        """Slack's id of the picture; empty if there is none, and then one is under way.

        A file at which nobody looked for long is looked at by the way.
        """
        file = await self._file(wanted.key)
        is_there = file is not None and file not in self._gone
        if not is_there or self._is_doubtful(str(file)):
            self._start(client, wanted)
        return str(file) if is_there else ""

    def has_seen(self, file: str) -> bool:
        """Whether Slack had the file when we looked lately."""
        return file not in self._gone and not self._is_doubtful(file)

    async def arrived(self, *wanted: Wanted, seconds: float) -> bool:
        """Wait until the uploads of these are over, well or badly; no longer than that.

        False where none was under way: they are as they were.
        """
        tasks = [self._under_way[w.key] for w in wanted if w.key in self._under_way]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        return bool(tasks)

    async def settled(self, seconds: float | None = None) -> None:
        """Wait until none is under way; stop what takes longer."""
        tasks = tuple(self._under_way.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _file(self, key: tuple[str, str]) -> str | None:
        """Which file the picture is, as we know or as the memory says."""
        noted, at = self._noted.get(key, ("", -NOTED))
        if self._clock() - at < NOTED:
            return noted
        file = await self._uploads.find(*key)
        if file is not None:
            self._noted.keep(key, (file, self._clock()))
        return file

    def _is_doubtful(self, file: str) -> bool:
        return self._clock() - self._seen.get(file, -TRUSTED) >= TRUSTED

    def _start(self, client: AsyncWebClient, wanted: Wanted) -> None:
        is_resting = self._clock() < self._rest.get(wanted.team, 0.0)
        if is_resting or wanted.key in self._under_way:
            return
        task = asyncio.create_task(self._bring(client, wanted))
        self._under_way[wanted.key] = task
        task.add_done_callback(lambda _: self._under_way.pop(wanted.key))

    async def _bring(self, client: AsyncWebClient, wanted: Wanted) -> None:
        """Upload what is not there; what goes wrong is logged, and tried again later."""
        try:
            file = await self._uploads.find(*wanted.key)
            if file is None or not await self._stands(client, file):
                file = await self._upload(client, wanted)
            self._noted.keep(wanted.key, (file, self._clock()))
        except FAULTS as error:
            self._rest.keep(wanted.team, self._clock() + _rest_after(error))
            told = {"reason": f"{wanted.name}: {_code(error)}"}
            log.warning("words stand for a picture", extra=told)

    async def _stands(self, client: AsyncWebClient, file: str) -> bool:
        """Whether Slack still has a file, for who manages a workspace may delete it."""
        if file in self._gone:
            return False
        try:
            await see(client, file)
        except SlackApiError as error:
            if slack_code(error) not in GONE:
                raise
            self._gone.keep(file, True)
            return False
        self._seen.keep(file, self._clock())
        return True

    async def _upload(self, client: AsyncWebClient, wanted: Wanted) -> str:
        """Send it, unless it was sent before and Slack was not done with it then."""
        file = self._unfinished.get(wanted.key, "")
        if not file or not await self._stands(client, file):
            file = await send(client, wanted)
            self._unfinished.keep(wanted.key, file)
            await see(client, file)
        self._seen.keep(file, self._clock())
        await self._uploads.keep(*wanted.key, file)
        return file


def _rest_after(error: Exception) -> float:
    """Seconds to leave Slack alone: what it says, where it says something."""
    response: Any = getattr(error, "response", None)
    if getattr(response, "status_code", 0) == TOO_MANY:
        return max(REST, retry_after(getattr(response, "headers", {})))
    return REST


def _code(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return slack_code(error)
    return str(error) if isinstance(error, BotError) else type(error).__name__
