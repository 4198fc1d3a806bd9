"""Runs work in a database: in threads of our own over a file, awaiting over PostgreSQL.

SQLite answers in microseconds: one change of thread for a whole transaction costs less
than one for each statement, which is how its asyncio drivers work.  Measured on 1,000
questions, 50 at once: 2.4 ms of processor time each, 4.8 ms with aiosqlite.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Literal, Protocol, TypeAlias, TypeVar

from sqlalchemy import (
    Connection,
    Engine,
    Executable,
    Row,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine


T = TypeVar("T")
Kind: TypeAlias = Literal["sqlite", "postgresql"]

UNREACHED = 5  # seconds to connect to PostgreSQL
READERS = 2  # threads; a third had nothing to do on two cores
PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers do not wait for the writer
    "PRAGMA synchronous=FULL",  # an acknowledged question survives a power cut
    "PRAGMA busy_timeout=5000",  # ms; `becar7 audit` may write at the same time
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is erased is overwritten
)


class Store(Protocol):
    """A database, as work is done in it."""

    @property
    def kind(self) -> Kind:
        """Which of the two it is."""
        ...

    async def run(self, work: Callable[[Connection], T]) -> T:
        """What the work results in, in one transaction of its own."""
        ...

    async def read(self, statement: Executable) -> Sequence[Row[Any]]:
        """The rows that a statement finds, in no transaction."""
        ...

    def turn(self, name: str) -> Any:
        """Wait for whoever has the same name locked, in any process; then lock it."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...


class FileStore:
    """A SQLite file: one thread writes, a few read."""

    kind: Kind = "sqlite"

    def __init__(self, url: URL) -> None:
        self._writing = create_engine(url, hide_parameters=True)
        self._reading = create_engine(url, hide_parameters=True)
        self._writer = ThreadPoolExecutor(1, "journal-writer")
        self._readers = ThreadPoolExecutor(READERS, "journal-reader")
        event.listen(self._writing, "connect", _prepare)
        event.listen(self._reading, "connect", _prepare)
        event.listen(self._writing, "begin", _begin)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """What the work results in, in one transaction of its own."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, _run, self._writing, work)

    async def read(self, statement: Executable) -> Sequence[Row[Any]]:
        """The rows that a statement finds, in no transaction."""
        loop = asyncio.get_running_loop()
        found = loop.run_in_executor(self._readers, _read, self._reading, statement)
        return await found

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:  # noqa: ARG002  no other process serves
        """Nobody else can have it: one process holds the file."""
        yield

    async def close(self) -> None:
        """Close every connection."""
        for engine in (self._reading, self._writing):
            await asyncio.to_thread(engine.dispose)
        self._writer.shutdown(wait=False)
        self._readers.shutdown(wait=False)


class ServerStore:
    """PostgreSQL, spoken with in the event loop."""

    kind: Kind = "postgresql"

    def __init__(self, url: URL) -> None:
        asked = {"connect_timeout": UNREACHED}
        self._engine: AsyncEngine = create_async_engine(
            url, connect_args=asked, pool_pre_ping=True, hide_parameters=True
        )
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    async def run(self, work: Callable[[Connection], T]) -> T:
        """What the work results in, in one transaction of its own."""
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def read(self, statement: Executable) -> Sequence[Row[Any]]:
        """The rows that a statement finds, in no transaction."""
        async with self._reading.connect() as connection:
            return (await connection.execute(statement)).all()

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for whoever has the same name locked, in any process; then lock it."""
        locked = func.pg_advisory_xact_lock(func.hashtextextended(name, 0))
        async with self._engine.begin() as connection:
            await connection.execute(select(locked))
            yield

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def _run(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.begin() as connection:
        return work(connection)


def _read(engine: Engine, statement: Executable) -> Sequence[Row[Any]]:
    with engine.connect() as connection:
        return connection.execute(statement).all()


def _prepare(connection: Any, _record: object) -> None:
    """Set a new connection up; we begin transactions by ourselves."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the right to write at once, so that no transaction fails half-way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
