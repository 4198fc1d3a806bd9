"""Keeps what Slack gave us: installations, sealed by whoever hands them in, and files."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from sqlalchemy import Connection, delete, insert, select

from bot.journal.database import Database
from bot.journal.identity import Identity
from bot.journal.once import write_over
from bot.journal.tables import installation, upload, visit


@dataclass(frozen=True, slots=True)
class Installed:
    """What each workspace gave us; we cannot read it here."""

    database: Database
    identity: Identity
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(
        default_factory=WeakValueDictionary
    )

    async def sealed(self, team: str) -> bytes | None:
        """What a workspace gave us; None if it did not, or took it back."""
        wanted = select(installation.c.sealed).where(installation.c.team == team)
        rows = await self.database.read(wanted)
        return bytes(rows[0].sealed) if rows else None

    async def keep(self, team: str, sealed: bytes) -> None:
        """Keep it instead of what the workspace gave before."""
        row = {"team": team, "sealed": sealed}

        def work(connection: Connection) -> None:
            write_over(connection, installation, row)

        await self.database.writer.write(work)

    async def forget(self, team: str) -> None:
        """Forget what a workspace gave us."""
        gone = delete(installation).where(installation.c.team == team)

        def work(connection: Connection) -> None:
            connection.execute(gone)

        await self.database.writer.write(work)

    async def expect(self, state: str, seconds: float) -> None:
        """Remember for some seconds that somebody set out with this state."""
        now = self.identity.clock()
        old = delete(visit).where(visit.c.until < now)
        row = {"digest": _digest(state), "until": now + seconds}

        def work(connection: Connection) -> None:
            connection.execute(old)
            connection.execute(insert(visit).values(row))

        await self.database.writer.write(work)

    async def is_expected(self, state: str) -> bool:
        """Whether somebody set out with this state lately; true only once."""
        taken = delete(visit).where(visit.c.digest == _digest(state))

        def work(connection: Connection) -> float | None:
            rows = connection.execute(taken.returning(visit.c.until))
            return rows.scalar()

        until = await self.database.writer.write(work)
        return until is not None and until >= self.identity.clock()

    @asynccontextmanager
    async def turn(self, team: str) -> AsyncIterator[None]:
        """Let one listener of one replica renew a workspace's token at a time."""
        here = self._turns.setdefault(team, asyncio.Lock())
        async with here, self.database.store.turn(team):
            yield


@dataclass(frozen=True, slots=True)
class Uploads:
    """Which pictures Slack has, so that each is uploaded once for a workspace."""

    database: Database
    identity: Identity

    async def find(self, team: str, picture: str) -> str | None:
        """Slack's id of a picture; None if it was not uploaded."""
        wanted = select(upload.c.file).where(
            upload.c.team == team, upload.c.picture == picture
        )
        rows = await self.database.read(wanted)
        return str(rows[0].file) if rows else None

    async def keep(self, team: str, picture: str, file: str) -> None:
        """Remember under which id Slack has a picture."""
        at = self.identity.clock()
        row = {"team": team, "picture": picture, "file": file, "at": at}

        def work(connection: Connection) -> None:
            write_over(connection, upload, row)

        await self.database.writer.write(work)


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
