"""Keeps every pack that was answered from, so that an old reply can be made again."""

from __future__ import annotations

import asyncio
import io
import tarfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from bot.journal.database import Database
from bot.journal.identity import Identity
from bot.journal.once import add_once
from bot.journal.tables import pack
from bot.knowledge.version import served_files


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs by their versions."""

    database: Database
    identity: Identity

    async def keep(self, version: str, folder: Path) -> None:
        """Keep the pack in a folder, unless that version is here."""
        known = select(pack.c.version).where(pack.c.version == version)
        if await self.database.read(known):
            return
        archive = await asyncio.to_thread(_packed, folder)
        row = {"version": version, "archive": archive, "at": self.identity.clock()}

        def work(connection: Connection) -> None:
            add_once(connection, pack, row)

        await self.database.writer.write(work)

    async def unpack(self, version: str, folder: Path) -> bool:
        """Write the pack of that version into a folder; false if it is not here."""
        wanted = select(pack.c.archive).where(pack.c.version == version)
        rows = await self.database.read(wanted)
        if rows:
            await asyncio.to_thread(_unpacked, bytes(rows[0].archive), folder)
        return bool(rows)


def _packed(folder: Path) -> bytes:
    """The files that decide a reply; the rest of a pack is for its curators."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for path in served_files(folder):
            archive.add(path, path.relative_to(folder).as_posix())
    return file.getvalue()


def _unpacked(content: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(folder, filter="data")
