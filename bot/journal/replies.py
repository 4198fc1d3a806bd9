"""Keeps the replies that buttons ask for, and what people asked and thought of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, insert, or_, select

from bot.answering.composition import BOUNDARY_DECISIONS, Composition
from bot.journal.askings import Askings
from bot.journal.chain import append, take_turn
from bot.journal.database import Database
from bot.journal.endings import told
from bot.journal.identity import Identity
from bot.journal.once import add_once
from bot.journal.owing import is_asked_in
from bot.journal.tables import answer, feedback, note, question, reply


SHOWN = "shown"  # notes by team:reply, of what a button or a share showed
LATEST = 40  # questions of one person, of which the same may be asked several times


@dataclass(frozen=True, slots=True)
class Replies:
    """Every reply that was given."""

    database: Database
    identity: Identity

    async def shown(self, composition: Composition, reader: str, channel: str) -> None:
        """Remember a reply, and write to the audit that a team:user was shown it.

        The reply is found again by everybody of the reader's team.
        """
        now, alias = self.identity.clock(), secrets.token_hex(8)
        whole = composition.model_dump(mode="json")
        row = {"id": composition.id, "composition": whole, "kept_at": now}
        who = {"kind": "reader", "name": alias, "person": reader}
        team = reader.partition(":")[0]
        theirs = {"kind": SHOWN, "name": f"{team}:{composition.id}", "person": ""}
        said = {"kind": "shown", "reader": alias, "channel": channel}

        def work(connection: Connection) -> None:
            add_once(connection, reply, row)
            for line in (who, theirs):
                add_once(connection, note, {**line, "value": None, "at": now})
            append(connection, now, {**said, **told(composition)})

        await self.database.writer.write(work, last=1)

    async def find(self, name: str, team: str) -> Composition | None:
        """The reply of that id; None if the team was not given it, or it is gone."""
        theirs = or_(_is_told(name, team), _is_shown(name, team))
        wanted = select(reply.c.composition).where(reply.c.id == name, theirs)
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
        asked = select(question.c.key).where(is_asked_in(thread))
        rows = await self.database.read(asked.limit(1))
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
        """Keep what somebody thought of a reply; one that did not help is work."""
        now = self.identity.clock()
        row, askings = {**said, "at": now}, Askings(self.identity)

        def work(connection: Connection) -> None:
            connection.execute(insert(feedback).values(row))
            if not said["helpful"]:
                take_turn(connection)
                askings.doubted(connection, said, now)

        await self.database.writer.write(work, last=1)


def _is_told(name: str, team: str) -> ColumnElement[bool]:
    """Whether somebody of the team asked, and this was the answer."""
    asked = question.c.key == answer.c.key
    return exists().where(answer.c.reply == name, asked, question.c.team == team)


def _is_shown(name: str, team: str) -> ColumnElement[bool]:
    return exists().where(note.c.kind == SHOWN, note.c.name == f"{team}:{name}")
