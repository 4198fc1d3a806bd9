"""Keeps every acknowledged question until its end."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    func,
    select,
    update,
)

from bot.journal.database import Database
from bot.journal.dispatch import Dispatch
from bot.journal.endings import Endings
from bot.journal.free import OPEN, is_due, is_due_now, is_free
from bot.journal.identity import Identity
from bot.journal.once import add_once, write_over
from bot.journal.owing import is_asked_in, owed_in
from bot.journal.rows import seen_in, spot_row
from bot.journal.tables import post, question
from bot.promise.question import Arrival, Doubt, Owed, Seen, Spot


EARLIER = 5  # questions of one asker in one thread; older ones no longer help a reading
REST = 60.0  # seconds; RELIABILITY.md, 6: older than a minute, and taken up again
ITS = question.c.key == bindparam("its_key")
TAKEN = update(question).where(ITS)
ITS_MOMENT = select(question.c.received_at).where(ITS).scalar_subquery()
SAID_BEFORE = (
    select(question.c.words)
    .where(
        question.c.thread == bindparam("its_thread"),
        question.c.key != bindparam("its_key"),
        question.c.words.is_not(None),
        question.c.received_at <= func.coalesce(ITS_MOMENT, bindparam("now")),
    )
    .order_by(question.c.received_at.desc(), question.c.key.desc())
    .limit(EARLIER)
)
AT_ONCE = 500  # keys; more than are ever under way together
WITHDRAWN: dict[str, Any] = {"words": None, "withdrawn": True}


class JournalInbox:
    """The inbox as one replica sees it."""

    def __init__(
        self, database: Database, identity: Identity, dispatch: Dispatch
    ) -> None:
        self._database = database
        self._identity = identity
        self._dispatch = dispatch
        self._endings = Endings(identity)
        free = is_free(identity.replica)
        self._free = select(question).where(ITS, free).with_for_update()

    async def receive(self, arrival: Arrival) -> Owed | None:
        """Write a question down for good; None if it was there before."""
        now = self._identity.clock()
        holder = self._dispatch.holder
        row = self._row(arrival, now, holder)

        def work(connection: Connection) -> bool:
            is_new = add_once(connection, question, row)
            if is_new and holder is None:
                self._dispatch.defer(connection, arrival.key)
            return is_new

        if not await self._database.writer.write(work):
            return None
        mark = self._identity.mark(arrival.key)
        return Owed(arrival, mark, received_at=now, ours=holder is not None)

    async def revise(self, key: str, words: str) -> bool:
        """Owe a question a reply to new words; false if it was never asked of us."""
        digest = self._identity.digest(words)
        changes = {"words": words, "digest": digest}
        return bool(await self._owe_again(question.c.key == key, changes))

    async def withdraw(self, key: str) -> bool:
        """Owe a deleted question that our reply goes too; false as for `revise`."""
        return bool(await self._owe_again(question.c.key == key, WITHDRAWN))

    async def stop(self, conversation: str) -> tuple[str, ...]:
        """Withdraw every open question of a team:channel:ts; their keys.

        Whoever works on one is stopped at the gate before the next post.
        """
        still = and_(is_asked_in(conversation), question.c.state.in_(OPEN))
        return await self._owe_again(still, WITHDRAWN)

    async def take(self, key: str) -> Owed | None:
        """Work on it from now on; None if it is at its end, or another works on it."""
        named, replica = {"its_key": key}, self._identity.replica

        def work(connection: Connection) -> Owed | None:
            row = connection.execute(self._free, named).first()
            if row is None:
                return None
            taken = {"holder": replica, "due_at": self._identity.clock() + REST}
            connection.execute(TAKEN, named | taken)
            return owed_in(connection, self._identity, row)

        return await self._database.writer.write(work)

    async def due(self) -> tuple[str, ...]:
        """The keys of all that could be taken now, the oldest first."""
        now = self._identity.clock()
        due = is_due_now(self._identity.replica, now)
        wanted = select(question.c.key).where(due)
        ordered = wanted.order_by(question.c.received_at).limit(AT_ONCE)
        return tuple(row.key for row in await self._database.read(ordered))

    async def earlier(self, thread: str, before: str) -> tuple[str, ...]:
        """The asker's latest words in a thread before a message, oldest first."""
        if thread.startswith(f"{before}:"):  # it begins the thread
            return ()
        now = self._identity.clock()
        named = {"its_thread": thread, "its_key": before, "now": now}
        rows = await self._database.read(SAID_BEFORE, named)
        return tuple(row.words for row in reversed(rows))

    async def seen(self, seconds: float) -> tuple[Seen, ...]:
        """Where somebody asked so lately, up to which message."""
        since = self._identity.clock() - seconds
        wanted = select(question.c.team, question.c.channel, question.c.key).where(
            question.c.channel != "", question.c.received_at > since
        )
        ordered = wanted.add_columns(question.c.place).order_by(question.c.received_at)
        return seen_in(await self._database.read(ordered))

    async def doubtful(self) -> tuple[Doubt, ...]:
        """The questions that are to be looked at once more now."""
        wanted = select(question.c.key, question.c.team, question.c.place).where(
            question.c.look_at.is_not(None),
            question.c.settled_at.is_not(None),
            is_due(question.c.look_at, self._identity.clock()),
        )
        return tuple(
            Doubt(row.key, row.team, self._identity.mark(row.key), row.place)
            for row in await self._database.read(wanted.limit(AT_ONCE))
        )

    async def cleared(
        self, doubt: Doubt, kept: Mapping[str, Spot], removed: tuple[Spot, ...]
    ) -> None:
        """Note what stands, by part, and what was removed; the audit names that."""
        done = update(question).where(question.c.key == doubt.key).values(look_at=None)
        rows = [spot_row(doubt.key, part, spot) for part, spot in kept.items()]

        def work(connection: Connection) -> None:
            connection.execute(done)
            if removed:
                for row in rows:
                    write_over(connection, post, row)
                self._endings.doubles(connection, doubt, removed)

        await self._database.writer.write(work, last=1)

    async def _owe_again(
        self, which: ColumnElement[bool], changes: dict[str, Any]
    ) -> tuple[str, ...]:
        """Owe questions once more, save those withdrawn; the keys of what is owed."""
        holder = self._dispatch.holder
        again = {
            "state": "received",
            "revision": question.c.revision + 1,
            "starts": 0,
            "settled_at": None,
            **self._fresh(self._identity.clock(), holder),
        }
        known = update(question).where(which, question.c.withdrawn.is_(False))
        changed = known.values(again | changes).returning(question.c.key)

        def work(connection: Connection) -> tuple[str, ...]:
            keys = tuple(connection.execute(changed).scalars())
            for key in keys if holder is None else ():
                self._dispatch.defer(connection, key)
            return keys

        return await self._database.writer.write(work)

    def _row(self, arrival: Arrival, now: float, holder: str | None) -> dict[str, Any]:
        return {
            "key": arrival.key,
            "team": arrival.team,
            "channel": arrival.channel,
            "person": arrival.person,
            "alias": secrets.token_hex(8),
            "thread": arrival.thread,
            "words": arrival.words,
            "digest": self._identity.digest(arrival.words),
            "place": dict(arrival.place),
            "state": "received",
            "revision": 0,
            "starts": 0 if holder is None else 1,
            "withdrawn": False,
            "received_at": now,
            **self._fresh(now, holder),
        }

    def _fresh(self, now: float, holder: str | None) -> dict[str, Any]:
        """Who works on it first, and when others care."""
        return {"holder": holder, "due_at": now + self._dispatch.patience}
