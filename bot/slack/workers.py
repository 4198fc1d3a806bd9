"""Sees to it that every question comes to its end: now, later, and after a crash."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import JournalError
from bot.promise.alongside import alongside
from bot.promise.inbox import Inbox, LostError
from bot.promise.question import Doubt, Owed
from bot.slack.blocks.kit import Message
from bot.slack.counts import Counts, Uncounted
from bot.slack.faults import reported
from bot.slack.keeping import place_of, written_at
from bot.slack.once import REST, SLACKS
from bot.slack.places import Thread
from bot.slack.reception import Reception
from bot.slack.searching import standing
from bot.slack.turns import Turns
from bot.slack.voices import Voices
from bot.slack.work import Work


AT_ONCE = 200  # questions under way; a busy channel's pace holds up no more than that
BEGUN = AT_ONCE  # tasks, 29 kB each; what comes beyond them waits as a question
KEPT = 1_000  # questions of 1 kB: some seconds of one replica's work, as measured;
# what comes beyond them waits in the journal, and here as a key
COMPOSING = 2  # at once; between them the loop acknowledges what comes
TICK = 1.0  # seconds between looks at what is due

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Workers:
    """The work of one replica, bounded."""

    reception: Reception
    voices: Voices
    counts: Counts = field(default_factory=Uncounted)
    _turns: Turns = field(default_factory=Turns)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _composing: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(COMPOSING)
    )
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _waiting: deque[Owed | str] = field(default_factory=deque)
    _again: set[str] = field(default_factory=set)  # keys that the journal failed

    async def work(self, owed: Owed) -> None:
        """Do what a question needs that has just been written down.

        Nothing is raised: what breaks is reported here, and the question taken up again.
        """
        if not owed.ours:
            return
        if len(self._tasks) < BEGUN:
            await asyncio.wait([self.start(self._work_on(owed), owed.key)])
        else:
            kept = len(self._waiting) < KEPT
            self._waiting.append(owed if kept else owed.key)

    async def show(self, owed: Owed, client: AsyncWebClient) -> tuple[Message, ...]:
        """The reply, for whoever shows it at once."""
        async with self._turns.of(owed.key):
            return await self._work(client, owed).show()

    async def take_up(self, key: str) -> None:
        """Do what a question needs, from where it stands, if it is free; as `work`."""
        await asyncio.wait([self.start(self._take_up(key), key)])

    def has_room(self) -> bool:
        """Whether a question that comes now is better kept than handed to others."""
        return len(self._tasks) + len(self._waiting) < KEPT

    async def reconcile(self) -> None:
        """Take up what is due and not under way here; look again where in doubt."""
        again = tuple(self._again)
        self._again.difference_update(again)
        for key in dict.fromkeys((*again, *await self._due(again))):
            if not self._turns.is_taken(key):
                self.start(self._take_up(key), key)
        for doubt in await self._inbox.doubtful():
            if not self._turns.is_taken(doubt.key):
                self.start(self._look_again(doubt))

    async def settled(self, seconds: float | None = None) -> None:
        """Wait until nothing is under way that the reconciler began; stop the rest."""
        try:
            async with asyncio.timeout(seconds):
                while self._tasks:  # one may begin others
                    await asyncio.wait(self._tasks)
        except TimeoutError:
            self._waiting.clear()  # the journal has them
            late = tuple(self._tasks)
            for task in late:
                task.cancel()
            await asyncio.wait(late)

    def watching(self) -> AbstractAsyncContextManager[None]:
        """Reconcile again and again as long as the block lasts."""
        return alongside(self._watch())

    @property
    def _inbox(self) -> Inbox:
        return self.reception.memories.inbox

    async def _watch(self) -> None:
        while True:
            try:
                await self.reconcile()
            except JournalError as error:
                log.warning("the journal was not read", extra={"reason": str(error)})
            await asyncio.sleep(TICK)

    def start(
        self, work: Coroutine[Any, Any, None], key: str = ""
    ) -> asyncio.Task[None]:
        """Begin what may break, for a question; what breaks in it is reported."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._done(done, key))
        return task

    def _done(self, task: asyncio.Task[None], key: str) -> None:
        """Report what broke; the question is still owed, and taken up again."""
        self._tasks.discard(task)
        if self._waiting and len(self._tasks) < BEGUN:
            self._begin(self._waiting.popleft())
        fault = None if task.cancelled() else task.exception()
        if isinstance(fault, JournalError):
            log.warning("the journal was not written", extra={"reason": str(fault)})
            self._again.update({key} if key else ())
        elif fault is not None:
            reported(fault)

    def _begin(self, waiting: Owed | str) -> None:
        """Begin what has waited for its turn."""
        if isinstance(waiting, str):
            self.start(self._fetch(waiting), waiting)
        else:
            self.start(self._work_on(waiting), waiting.key)

    async def _due(self, again: tuple[str, ...]) -> tuple[str, ...]:
        """What the journal says is due; what is to be done again is not forgotten."""
        try:
            return await self._inbox.due()
        except JournalError:
            self._again.update(again)
            raise

    async def _work_on(self, owed: Owed) -> None:
        async with self._turns.of(owed.key), self._room:
            await self._do(owed)

    async def _fetch(self, key: str) -> None:
        """Work on what has waited in the journal, and was never begun."""
        async with self._turns.of(key), self._room:
            owed = await self._inbox.take(key)
            if owed is not None:
                await self._do(owed)

    async def _take_up(self, key: str) -> None:
        async with self._turns.of(key), self._room:
            owed = await self._inbox.take(key)
            if owed is None:
                return
            if owed.inherited:
                self.counts.taken_over()
            if owed.frozen is None and not owed.withdrawn:
                await self.reception.memories.progress.began(owed)
            await self._do(owed)

    async def _do(self, owed: Owed) -> None:
        progress = self.reception.memories.progress
        client = await self.voices.voice(owed.arrival.team)
        try:
            if client is None:
                await progress.settle(
                    owed, "failure_unnotifiable", "the app was removed"
                )
                self.counts.dead_end("failure_unnotifiable")
                return
            try:
                await self._work(client, owed).do()
            except SLACKS:
                await progress.put_off(owed, REST)
        except LostError:
            log.info("a question goes on elsewhere")

    def _work(self, client: AsyncWebClient, owed: Owed) -> Work:
        desk = self.reception.speaking(client)
        return Work(desk, self.counts, self._composing, owed)

    async def _look_again(self, doubt: Doubt) -> None:
        """A minute after a doubtful post: of two replies the later one goes."""
        async with self._turns.of(doubt.key), self._room:
            client, place = await self.voices.voice(doubt.team), place_of(doubt.place)
            if client is None or not isinstance(place, Thread):
                await self._inbox.cleared(doubt, {}, ())
                return
            found = await standing(client, place, doubt.mark)
            first = dict(reversed(found))
            doubles = tuple(spot for part, spot in found if spot != first[part])
            for spot in doubles:
                desk = self.reception.speaking(client)
                await desk.delivery.take_back(written_at(spot))
            await self._inbox.cleared(doubt, first, doubles)
