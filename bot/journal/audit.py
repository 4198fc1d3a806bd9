"""Reads the audit: whether its chain holds, what it says, what a question came to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.errors import SettingsError
from bot.journal.chain import AuditRow, Breach, Head, Links
from bot.journal.database import Database
from bot.journal.identity import Identity
from bot.journal.rows import frozen_of
from bot.journal.tables import answer, audit, question, reply
from bot.promise.question import Frozen


PAGE = 1_000  # rows read at once: about a megabyte


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of following the chain from its first row to its last."""

    head: Head | None  # None: nothing has been written yet
    breaches: tuple[Breach, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A reply as it was given, with the words that led to it; None where erased."""

    key: str
    revision: int
    person: str  # a user id; empty once erased
    words: str | None
    frozen: Frozen | None
    engine: str
    version: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of one database."""

    database: Database
    identity: Identity

    async def verify(self, noted: Head | None = None) -> Verdict:
        """Follow the chain; a head noted earlier must still be part of it."""
        links = Links(noted)
        async for row in self.rows():
            links.follow(row)
        found = (*links.breaches, *links.missing(), *await self._words_changed())
        return Verdict(links.head, found)

    async def rows(self) -> AsyncIterator[AuditRow]:
        """Every row, the oldest first."""
        last = 0
        while True:
            wanted = select(audit).where(audit.c.number > last)
            ordered = wanted.order_by(audit.c.number).limit(PAGE)
            rows = await self.database.read(ordered)
            for row in rows:
                yield AuditRow(**row._asdict())
            if not rows:
                return
            last = rows[-1].number

    async def about(self, name: str) -> tuple[AuditRow, ...]:
        """The rows about a question, by its key, a reply's id or a row's number."""
        found = [
            row
            async for row in self.rows()
            if name in {str(row.number), row.told.get("key"), row.told.get("reply")}
        ]
        if not found:
            raise SettingsError(
                f"the audit says nothing about {name!r}: give a key as"
                " `becar7 audit export` lists them, a reply's id or a row's number"
            )
        return tuple(found)

    async def past(self, key: str, revision: int) -> Past | None:
        """A reply as it was given; None if it is no longer kept."""
        wanted = (
            select(
                question.c.person,
                question.c.words,
                question.c.revision.label("latest"),
                answer,
            )
            .add_columns(reply.c.composition)
            .join(answer, answer.c.key == question.c.key)
            .outerjoin(reply, reply.c.id == answer.c.reply)
            .where(question.c.key == key, answer.c.revision == revision)
        )
        rows = await self.database.read(wanted)
        return _past(rows[0]) if rows else None

    async def _words_changed(self) -> tuple[Breach, ...]:
        """Questions whose words are no longer those that were hashed."""
        wanted = select(question.c.words, question.c.digest).where(
            question.c.words.is_not(None)
        )
        changed = [
            row
            for row in await self.database.read(wanted)
            if self.identity.digest(row.words) != row.digest
        ]
        return (Breach(0, f"the words of {len(changed)} questions were changed"),) * (
            bool(changed)
        )


def _past(row: Any) -> Past:
    is_kept = row.composition is not None
    is_same = row.latest == row.revision
    return Past(
        key=row.key,
        revision=row.revision,
        person=row.person,
        words=row.words if is_same else None,
        frozen=frozen_of(row) if is_kept else None,
        engine=row.engine,
        version=row.version,
    )
