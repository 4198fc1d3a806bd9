"""Says which replicas are alive: each renews its lease while it can work."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import Connection, Float, bindparam, delete, insert, select, update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.sql.selectable import Select

from bot.errors import JournalError
from bot.journal.database import Database
from bot.journal.tables import replica
from bot.promise.alongside import alongside


LEASE = 8.0  # seconds; RELIABILITY.md: the last reply at most 15 s after a kill
BEAT = 2.0  # seconds between renewals: three may fail


class moment(GenericFunction[float]):  # noqa: N801  SQL functions are written small
    """The time of the database, in seconds since 1970: the only one replicas share."""

    type = Float()
    inherit_cache = True


@compiles(moment, "sqlite")
def _sqlite(_element: moment, _compiler: SQLCompiler, **_given: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(moment, "postgresql")
def _postgresql(_element: moment, _compiler: SQLCompiler, **_given: Any) -> str:
    return "extract(epoch FROM clock_timestamp())::float8"


RENEWED = (
    update(replica)
    .where(replica.c.name == bindparam("its_name"))
    .values(until=moment() + LEASE)
)
TAKEN = insert(replica).values(name=bindparam("its_name"), until=moment() + LEASE)


def alive() -> Select[tuple[str]]:
    """The names of all replicas that hold a lease."""
    return select(replica.c.name).where(replica.c.until > moment())


class Lease:
    """What one replica has while it renews it."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self.name = name

    async def begin(self) -> None:
        """Take the lease; in a file nobody else can hold one."""

        def work(connection: Connection) -> None:
            if self._database.kind == "sqlite":
                connection.execute(delete(replica))
            self._take(connection)

        await self._database.writer.write(work)

    async def renew(self) -> bool:
        """Hold it for another while; false if it had run out."""

        def work(connection: Connection) -> bool:
            held = alive().where(replica.c.name == self.name)
            was_held = (connection.execute(held)).first() is not None
            self._take(connection)
            return was_held

        return await self._database.writer.write(work)

    @asynccontextmanager
    async def renewing(self, lost: Callable[[], None]) -> AsyncIterator[None]:
        """Hold it as long as the block lasts; say so if we slept until it was lost.

        While the database is away nobody else can take anything over: that is no loss.
        """
        if self._database.kind == "sqlite":
            yield
            return
        async with alongside(self._renew_on(lost)):
            yield

    async def _renew_on(self, lost: Callable[[], None]) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(BEAT)
            slept = time.monotonic() - before > LEASE
            with suppress(JournalError):  # who writes next says what is wrong
                if not await self.renew() and slept:
                    lost()

    async def leave(self) -> None:
        """Give it up: what is not at its end is free at once."""

        def work(connection: Connection) -> None:
            connection.execute(delete(replica).where(replica.c.name == self.name))

        await self._database.writer.write(work)

    def _take(self, connection: Connection) -> None:
        known = {"its_name": self.name}
        if not connection.execute(RENEWED, known).rowcount:
            connection.execute(TAKEN, known)
