"""Opens the database that a URL names: a SQLite file, or PostgreSQL."""

from __future__ import annotations

import fcntl
import importlib
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable, Row, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.errors import JournalError, SettingsError
from bot.journal.objections import objection
from bot.journal.stores import Kind, Named, Store
from bot.journal.writer import Writer


DRIVERS: dict[str, str] = {
    "sqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
NEWEST = "0002"  # step of bot/journal/migrations; a test compares


@dataclass(frozen=True, slots=True)
class Database:
    """An open database: many read, one task writes."""

    store: Store
    writer: Writer

    @property
    def kind(self) -> Kind:
        """Which of the two it is."""
        return self.store.kind

    async def read(
        self, statement: Executable, named: Named | None = None
    ) -> Sequence[Row[Any]]:
        """The rows; JournalError if the database does not give them."""
        try:
            return await self.store.read(statement, named)
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
    store = Store(url, kind_of(url))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store.aclose)
        try:
            await store.run(lambda connection: _prepared(connection, prepare))
        except (SQLAlchemyError, OSError) as error:
            raise objection(error) from error
        writer = Writer(store)
        stack.push_async_callback(writer.close)
        yield Database(store, writer)


def _prepared(
    connection: Connection, prepare: Callable[[Connection], None] | None
) -> None:
    """Take the steps that are missing, and prepare the rest."""
    if not _is_of_today(connection):  # to import Alembic takes 0.2 s of every start
        importlib.import_module("bot.journal.migrating").migrate(connection)
    if prepare is not None:
        prepare(connection)


def _is_of_today(connection: Connection) -> bool:
    if not inspect(connection).has_table("alembic_version"):
        return False
    taken = connection.execute(text("SELECT version_num FROM alembic_version"))
    return taken.scalars().all() == [NEWEST]


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


_WRONG = (
    "BECAR7_DATABASE_URL is no address of a database: write"
    " sqlite:///path/to/journal.sqlite3 or postgresql://user:password@host/name"
)
