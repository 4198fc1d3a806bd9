"""The journal of one replica: everything that must outlive the process."""

from __future__ import annotations

import importlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.engine import URL

from bot.errors import JournalError, SettingsError
from bot.journal.audit import Audit
from bot.journal.chain import age_of
from bot.journal.corrections import JournalCorrections
from bot.journal.database import Database, alone, kind_of, open_database, url_of
from bot.journal.digests import JournalDigests
from bot.journal.dispatch import Dispatch, Here
from bot.journal.erasing import Eraser
from bot.journal.free import OPEN
from bot.journal.identity import Identity, identity_in
from bot.journal.inbox import JournalInbox
from bot.journal.lease import Lease, alive
from bot.journal.news import JournalNews
from bot.journal.notes import Notes
from bot.journal.packs import Packs
from bot.journal.progress import JournalProgress
from bot.journal.replies import Replies
from bot.journal.shelves import Installed, Uploads
from bot.journal.tables import audit, question, replica
from bot.journal.tickets import JournalTickets


Held: TypeAlias = Literal["held", "lost", "not needed"]


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the journal is at this moment."""

    database: str = ""  # what is wrong with it, in a few words; empty: nothing
    lease: Held = "not needed"
    oldest_unanswered: float = 0.0  # seconds since the oldest open question came
    audit_head_age: float | None = None  # seconds since the last audit row; None: none


@dataclass(frozen=True, slots=True)
class Journal:
    """All that is kept, by what it is about."""

    database: Database
    identity: Identity
    dispatch: Dispatch
    lease: Lease
    inbox: JournalInbox
    progress: JournalProgress
    replies: Replies
    installed: Installed
    uploads: Uploads
    packs: Packs
    audit: Audit
    eraser: Eraser
    tickets: JournalTickets
    news: JournalNews
    corrections: JournalCorrections
    digests: JournalDigests

    def notes(self, kind: str) -> Notes:
        """Small things of one kind."""
        return Notes(self.database, self.identity, kind)

    async def pulse(self) -> Pulse:
        """How it is now; what is wrong is said, and not raised."""
        try:
            oldest = await self._oldest()
            return Pulse("", await self._held(), oldest, await self._head_age())
        except JournalError as error:
            return Pulse(database=str(error))

    async def _oldest(self) -> float:
        wanted = select(func.min(question.c.received_at))
        rows = await self.database.read(wanted.where(question.c.state.in_(OPEN)))
        since = rows[0][0]
        return 0.0 if since is None else max(0.0, self.identity.clock() - since)

    async def _held(self) -> Held:
        if self.database.kind == "sqlite":
            return "not needed"
        held = alive().where(replica.c.name == self.identity.replica)
        return "held" if await self.database.read(held) else "lost"

    async def _head_age(self) -> float | None:
        wanted = select(audit.c.body).order_by(audit.c.number.desc()).limit(1)
        rows = await self.database.read(wanted)
        return age_of(rows[0].body, self.identity.clock()) if rows else None


@asynccontextmanager
async def open_journal(
    address: str, clock: Callable[[], float] = time.time
) -> AsyncIterator[Journal]:
    """The journal at this address, ours to serve from, as long as the block lasts."""
    url = url_of(address)
    queue = queue_for(url)
    with alone(url):
        prepare = None if queue is None else queue.prepare
        async with open_database(address, prepare) as database:
            identity = await identity_in(database, clock)
            replica = identity.replica
            dispatch = Here(replica) if queue is None else queue.Queue(url, replica)
            journal = _journal(database, identity, dispatch)
            await journal.lease.begin()
            try:
                yield journal
            finally:
                with suppress(JournalError):  # then the lease runs out by itself
                    await journal.lease.leave()


@asynccontextmanager
async def open_records(address: str) -> AsyncIterator[Journal]:
    """The journal for whoever looks into it, while another process may serve from it.

    Raises a SettingsError if there is none at this address.
    """
    _require_file(address)
    queue_for(url_of(address))
    async with open_database(address) as database:
        identity = await identity_in(database)
        yield _journal(database, identity, Here(identity.replica))


def queue_for(url: URL) -> Any:
    """The module that works with PostgreSQL; None where a file is enough.

    Raises a SettingsError where it is not installed.
    """
    if kind_of(url) == "sqlite":
        return None
    try:
        return importlib.import_module("bot.journal.queue")
    except ModuleNotFoundError as error:
        raise SettingsError(
            "BECAR7_DATABASE_URL names PostgreSQL, but what speaks with it is not"
            " installed: pip install 'becar7-bot[postgres]'"
        ) from error


def _require_file(address: str) -> None:
    url = url_of(address)
    if kind_of(url) == "sqlite" and not Path(str(url.database)).is_file():
        raise SettingsError(
            f"there is no journal {url.database}: set BECAR7_DATABASE_URL to the one"
            " in use, or serve first"
        )


def _journal(database: Database, identity: Identity, dispatch: Dispatch) -> Journal:
    return Journal(
        database=database,
        identity=identity,
        dispatch=dispatch,
        lease=Lease(database, identity.replica),
        inbox=JournalInbox(database, identity, dispatch),
        progress=JournalProgress(database, identity),
        replies=Replies(database, identity),
        installed=Installed(database, identity),
        uploads=Uploads(database, identity),
        packs=Packs(database, identity),
        audit=Audit(database, identity),
        eraser=Eraser(database, identity),
        tickets=JournalTickets(database, identity),
        news=JournalNews(database, identity),
        corrections=JournalCorrections(database, identity),
        digests=JournalDigests(database, identity),
    )
