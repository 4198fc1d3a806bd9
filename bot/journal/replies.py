"""Keeps the replies that buttons ask for, and what people asked and thought of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from bot.answering.composition import BOUNDARY_DECISIONS, Composition
from bot.journal.chain import append
from bot.journal.database import Database
from bot.journal.endings import told
from bot.journal.identity import Identity
from bot.journal.once import add_once
from bot.journal.tables import answer, feedback, note, question, reply


LATEST = 40  # questions of one person, of which the same may be asked several times


@dataclass(frozen=True, slots=True)
class Replies:
    """Every reply that was given."""

    database: Database
    identity: Identity

    async def shown(self, composition: Composition, reader: str, channel: str) -> None:
        """Remember a reply, and write to the audit that a team:user was shown it."""
        now, alias = self.identity.clock(), secrets.token_hex(8)
        said = composition.model_dump(mode="json")
        row = {"id": composition.id, "composition": said, "kept_at": now}
        who = {"kind": "reader", "name": alias, "value": None, "at": now}
        line = {"kind": "shown", "reader": alias, "channel": channel}

        def work(connection: Connection) -> None:
            add_once(connection, reply, row)
            add_once(connection, note, who | {"person": reader})
            append(connection, now, {**line, **told(composition)})

        await self.database.writer.write(work, last=1)

    async def find(self, name: str) -> Composition | None:
        """The reply of that id; None if it is no longer held."""
        wanted = select(reply.c.composition).where(reply.c.id == name)
        rows = await self.database.read(wanted)
        return Composition.model_validate(rows[0].composition) if rows else None

    async def asked_by(self, team: str, person: str) -> tuple[tuple[str, str], ...]:
        """A person's latest questions and the ids of the replies, the latest first."""
        wanted = (
            select(question.c.words, answer.c.reply)
            .join(answer, answer.c.key == question.c.key)
            .where(
                question.c.team == team,
                question.c.person == person,
                question.c.words.is_not(None),
                answer.c.revision == question.c.revision,
                answer.c.decision.not_in(BOUNDARY_DECISIONS),
            )
            .order_by(question.c.received_at.desc())
        )
        rows = await self.database.read(wanted.limit(LATEST))
        return tuple(dict.fromkeys((row.words, row.reply) for row in rows))

    async def is_asked_in(self, thread: str) -> bool:
        """Whether somebody asked in a thread, by its team:channel:ts."""
        within = question.c.thread.between(
            f"{thread}:", f"{thread};"
        )  # ";" follows ":"
        rows = await self.database.read(select(question.c.key).where(within).limit(1))
        return bool(rows)

    async def told_most(self, team: str, most: int) -> tuple[tuple[str, int], ...]:
        """The entries of the pack told most often in a workspace, and how often."""
        times = func.count().label("times")
        wanted = (
            select(answer.c.target, times)
            .join(question, question.c.key == answer.c.key)
            .where(question.c.team == team, answer.c.target.is_not(None))
            .group_by(answer.c.target)
            .order_by(times.desc(), answer.c.target)
        )
        rows = await self.database.read(wanted.limit(most))
        return tuple((row.target, row.times) for row in rows)

    async def judged(self, said: dict[str, Any]) -> None:
        """Keep what somebody thought of a reply."""
        row = {**said, "at": self.identity.clock()}

        def work(connection: Connection) -> None:
            connection.execute(insert(feedback).values(row))

        await self.database.writer.write(work)
