"""Commits what many ask for together: one transaction, one wait for the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.errors import BotError, JournalError
from bot.journal.objections import objection
from bot.journal.stores import Store


T = TypeVar("T")
Work: TypeAlias = Callable[[Connection], T]

MOST_TOGETHER = 64  # works in one transaction; more makes the first wait too long
TRIES = 3  # of a work that another replica's transaction stood in the way of


@dataclass(slots=True)
class _Wish(Generic[T]):
    work: Work[T]
    granted: asyncio.Future[T]
    last: int  # place in the transaction: the audit's lock is taken after all others


class Writer:
    """The one task of a process that writes.

    A work may run more than once before it is committed: it changes nothing but the
    database, and answers by its result alone.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wishes: asyncio.Queue[_Wish[Any]] = asyncio.Queue()
        self._in_hand: list[_Wish[Any]] = []
        self._task = asyncio.create_task(self._write())
        self._task.add_done_callback(self._refuse_all)

    async def write(self, work: Work[T], last: int = 0) -> T:
        """What the work results in, once it is committed."""
        if self._task.done():
            raise JournalError(_ENDED)
        granted: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._wishes.put_nowait(_Wish(work, granted, last))
        return await granted

    async def close(self) -> None:
        """Commit what was asked for, and end."""
        joined = asyncio.ensure_future(self._wishes.join())
        await asyncio.wait([joined, self._task], return_when=asyncio.FIRST_COMPLETED)
        for task in (joined, self._task):
            task.cancel()
        await asyncio.wait([joined, self._task])

    async def _write(self) -> None:
        while True:
            wishes = self._in_hand = [await self._wishes.get()]
            while len(wishes) < MOST_TOGETHER and not self._wishes.empty():
                wishes.append(self._wishes.get_nowait())
            wishes.sort(key=lambda wish: wish.last)
            if not await self._grant_together(wishes):
                for wish in wishes:
                    await self._grant_alone(wish)
            for _ in wishes:
                self._wishes.task_done()

    async def _grant_together(self, wishes: list[_Wish[Any]]) -> bool:
        """Whether all could be done in one transaction; none is, otherwise."""
        try:
            results = await self._store.run(
                lambda connection: [wish.work(connection) for wish in wishes]
            )
        except (SQLAlchemyError, BotError, OSError):
            return False
        for wish, result in zip(wishes, results, strict=True):
            _grant(wish, result)
        return True

    async def _grant_alone(self, wish: _Wish[Any]) -> None:
        for tries_left in reversed(range(TRIES)):
            try:
                result = await self._store.run(wish.work)
            except (SQLAlchemyError, OSError) as error:
                if tries_left and _stood_in_the_way(error):
                    continue
                _refuse(wish, objection(error))
            except BotError as error:
                _refuse(wish, error)
            else:
                _grant(wish, result)
            return

    def _refuse_all(self, _task: asyncio.Task[None]) -> None:
        """Leave nobody waiting for a writer that has ended."""
        while not self._wishes.empty():
            self._in_hand.append(self._wishes.get_nowait())
            self._wishes.task_done()
        for wish in self._in_hand:
            _refuse(wish, JournalError(_ENDED))


_ENDED = "the journal is closed: nothing more is written"


def _grant(wish: _Wish[Any], result: Any) -> None:
    if not wish.granted.done():  # whoever asked may have given up
        wish.granted.set_result(result)


def _refuse(wish: _Wish[Any], error: BotError) -> None:
    if not wish.granted.done():
        wish.granted.set_exception(error)


def _stood_in_the_way(error: Exception) -> bool:
    """Whether PostgreSQL ended it over another transaction, or a lost connection."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or code in {"40001", "40P01"}
