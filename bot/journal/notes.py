"""Keeps small things by kind and name: settings, open requests, threads, taps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.journal.database import Database
from bot.journal.identity import Identity
from bot.journal.once import add_once, write_over
from bot.journal.tables import note


FOUND = select(note.c.value).where(
    note.c.kind == bindparam("its_kind"), note.c.name == bindparam("its_name")
)


class Notes:
    """Notes of one kind; the latest by each name."""

    def __init__(self, database: Database, identity: Identity, kind: str) -> None:
        self._database = database
        self._identity = identity
        self._kind = kind

    async def keep(self, name: str, value: Any, person: str = "") -> None:
        """Write it down, instead of what the name stood for before."""
        row = self._row(name, value, person)

        def work(connection: Connection) -> None:
            write_over(connection, note, row)

        await self._database.writer.write(work)

    async def keep_first(self, name: str, value: Any) -> bool:
        """Write it down if the name is new; whether it was."""
        row = self._row(name, value, "")

        def work(connection: Connection) -> bool:
            return add_once(connection, note, row)

        return await self._database.writer.write(work)

    async def find(self, name: str) -> Any:
        """What the name stands for; None if it stands for nothing."""
        named = {"its_kind": self._kind, "its_name": name}
        rows = await self._database.read(FOUND, named)
        return rows[0].value if rows else None

    def _row(self, name: str, value: Any, person: str) -> dict[str, Any]:
        return {
            "kind": self._kind,
            "name": name,
            "value": value,
            "at": self._identity.clock(),
            "person": person,
        }
