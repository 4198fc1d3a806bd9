"""Opens the database that a URL names: a SQLite file, or PostgreSQL."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Executable, Row, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import JournalError, SettingsError
from bot.journal.migrating import migrate
from bot.journal.objections import objection
from bot.journal.writer import Writer


Kind: TypeAlias = Literal["sqlite", "postgresql"]

DRIVERS: dict[str, str] = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
UNREACHED = 5  # seconds to connect to PostgreSQL
PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers do not wait for the writer
    "PRAGMA synchronous=FULL",  # an acknowledged question survives a power cut
    "PRAGMA busy_timeout=5000",  # ms; `becar7 audit` may write at the same time
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is erased is overwritten
)

_quiet = logging.getLogger("aiosqlite")  # it quotes what is written below WARNING


@dataclass(frozen=True, slots=True)
class Database:
    """An open database: many read, one task writes."""

    kind: Kind
    engine: AsyncEngine
    reader: AsyncEngine  # each statement by itself, so that none waits for the writer
    writer: Writer

    async def read(self, statement: Executable) -> Sequence[Row[Any]]:
        """The rows; JournalError if the database does not give them."""
        try:
            async with self.reader.connect() as connection:
                return (await connection.execute(statement)).all()
        except (SQLAlchemyError, OSError) as error:
            raise objection(error) from error


@asynccontextmanager
async def open_database(
    address: str, prepare: Callable[[Connection], None] | None = None
) -> AsyncIterator[Database]:
    """The database with the tables of today, and what else has to be prepared.

    Raises a SettingsError over the address and a JournalError over the database.
    """
    url = url_of(address)
    _quiet.setLevel(logging.WARNING)
    engine, reader = _engines(url)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(engine.dispose)
        stack.push_async_callback(reader.dispose)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(migrate)
                if prepare is not None:
                    await connection.run_sync(prepare)
        except (SQLAlchemyError, OSError) as error:
            raise objection(error) from error
        writer = Writer(engine)
        stack.push_async_callback(writer.close)
        yield Database(kind_of(url), engine, reader, writer)


def url_of(address: str) -> URL:
    """The address with the driver that we bring; a SettingsError if it is none."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise SettingsError(_WRONG) from error
    name = url.drivername.partition("+")[0]
    if name not in DRIVERS or (name == "sqlite" and not url.database):
        raise SettingsError(_WRONG)
    return url.set(drivername=DRIVERS[name])


@contextmanager
def alone(url: URL) -> Iterator[None]:
    """Keep a second process from serving the same file, as long as the block lasts."""
    if kind_of(url) == "postgresql":
        yield
        return
    path = Path(f"{url.database}.lock".removeprefix("file:"))
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise JournalError(
            f"the folder {path.parent} takes no journal ({error.strerror}): make it,"
            " give the right to write there, or set BECAR7_DATABASE_URL"
        ) from error
    try:
        _lock(handle, path)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise JournalError(
            f"another process serves from this journal ({path} is locked): end it, or"
            " use PostgreSQL for several replicas (BECAR7_DATABASE_URL)"
        ) from error


def kind_of(url: URL) -> Kind:
    """Which of the two it is."""
    return "sqlite" if url.get_backend_name() == "sqlite" else "postgresql"


def _engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """One for transactions, one for reading."""
    if kind_of(url) == "postgresql":
        asked = {"connect_timeout": UNREACHED}
        engine = create_async_engine(
            url, connect_args=asked, pool_pre_ping=True, hide_parameters=True
        )
        return engine, engine.execution_options(isolation_level="AUTOCOMMIT")
    engine = create_async_engine(url, hide_parameters=True)
    reader = create_async_engine(url, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(reader.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine, reader


def _prepare(connection: Any, _record: object) -> None:
    """Set a new connection up; we begin transactions by ourselves."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Any) -> None:
    """Take the right to write at once, so that no transaction fails half-way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


_WRONG = (
    "BECAR7_DATABASE_URL is no address of a database: write"
    " sqlite:///path/to/journal.sqlite3 or postgresql://user:password@host/name"
)
