"""Keeps the running pack as new as the files: a changed one that passes takes over."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, assert_never

from bot.answering.composition import Composition
from bot.answering.desk import Desk
from bot.curation.rules import objections_to
from bot.errors import BotError
from bot.knowledge.load import Knowledge
from bot.knowledge.version import served_files, version_of
from bot.understanding.question import Question


MOST_TOLD = 5  # problems in one line of the log; becar7 check lists them all

Stamp: TypeAlias = tuple[tuple[str, int, int], ...]  # file, time in ns, size in bytes

log = logging.getLogger(__name__)

Keep: TypeAlias = Callable[[Knowledge], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The files say what they said, or are still being written."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A changed pack passed the check and took over."""

    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A changed pack did not pass: the running one stays."""

    running: str
    reasons: tuple[str, ...]


Look: TypeAlias = Unchanged | Replaced | Kept


class Reloading:
    """A desk that looks at its files now and then, and answers from the newest good ones.

    A question is answered by the desk that was there when it came: the two are changed
    over in one step, and no desk changes after it was made.
    """

    def __init__(self, first: Desk, build: Callable[[], Desk]) -> None:
        self._desk = first
        self._build = build
        self._seen: Stamp = ()  # by the last look
        self._judged_at: Stamp = ()  # when nothing was left to do
        self._refused = ""

    @property
    def knowledge(self) -> Knowledge:
        """What the running pack says."""
        return self._desk.knowledge

    def reply_to(self, question: Question) -> Composition:
        """What the question deserves, from the pack that runs now."""
        return self._desk.reply_to(question)

    def tell(self, target: str) -> Composition:
        """What one entry of the running pack says; KeyError if there is none."""
        return self._desk.tell(target)

    def look(self) -> Look:
        """Look at the files once; slow where they changed, so in a thread of its own."""
        try:
            return self._looked(self.knowledge.directory)
        except OSError:
            return Unchanged()  # a file went while we looked: they are being written

    def _looked(self, directory: Path) -> Look:
        """A change counts once two looks saw it alike: many files take time to write."""
        stamp = _stamp(directory)
        if stamp == self._judged_at:
            return Unchanged()
        if stamp != self._seen:
            self._seen = stamp
            return Unchanged()
        version = version_of(directory)
        if version in {self.knowledge.version, self._refused}:
            self._judged_at = stamp
            return Unchanged()
        return self._judged(directory, version)

    def _judged(self, directory: Path, version: str) -> Look:
        """Take the changed pack over, or refuse it; wait, if it changed meanwhile."""
        problems = objections_to(directory)
        fresh = tuple(map(str, problems)) if problems else self._built()
        if version_of(directory) != version:
            return Unchanged()
        if isinstance(fresh, Desk):
            return self._take_over(fresh)
        self._refused = version
        return Kept(self.knowledge.version, fresh)

    def _built(self) -> Desk | tuple[str, ...]:
        """A desk over the files as they are, or why there can be none."""
        try:
            return self._build()
        except BotError as error:
            return (str(error),)

    def _take_over(self, fresh: Desk) -> Replaced:
        was = self.knowledge.version
        self._desk, self._refused = fresh, ""
        gc.unfreeze()  # the desk before was kept from the collector
        gc.collect()
        gc.freeze()
        return Replaced(was, fresh.knowledge.version)


async def _keep_nothing(_knowledge: Knowledge) -> None:
    """Whoever remembers no answers need not keep what they came from."""


@asynccontextmanager
async def kept_fresh(
    first: Desk, build: Callable[[], Desk], seconds: float, keep: Keep = _keep_nothing
) -> AsyncIterator[Reloading]:
    """A desk that looks at its files every so many seconds, as long as the block lasts.

    With 0 seconds it never looks.  What takes over is given to `keep`.
    """
    desk = Reloading(first, build)
    watching = asyncio.create_task(_watch(desk, seconds, keep)) if seconds else None
    try:
        yield desk
    finally:
        if watching is not None:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)


async def _watch(desk: Reloading, seconds: float, keep: Keep) -> None:
    while True:
        await asyncio.sleep(seconds)
        look = await asyncio.to_thread(desk.look)
        _tell(look)
        if isinstance(look, Replaced):
            await keep(desk.knowledge)


def _tell(look: Look) -> None:
    match look:
        case Unchanged():
            return
        case Replaced():
            told = {"knowledge": look.now, "reason": f"{look.was} was changed"}
            log.info("other knowledge took over", extra=told)
        case Kept():
            shown = "; ".join(look.reasons[:MOST_TOLD])
            more = len(look.reasons) - MOST_TOLD
            rest = f"; and {more} more: becar7 check" if more > 0 else ""
            told = {"knowledge": look.running, "reason": f"{shown}{rest}"}
            log.warning("the changed pack was refused, the old one stays", extra=told)
        case _:
            assert_never(look)


def _stamp(directory: Path) -> Stamp:
    found = ((path, path.stat()) for path in served_files(directory))
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in found)
