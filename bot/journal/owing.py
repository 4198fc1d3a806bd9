"""Reads questions, with all that was done about them so far."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select

from bot.journal.identity import Identity
from bot.journal.rows import arrival_of, attempts_of, frozen_of, spots_of
from bot.journal.tables import answer, attempt, post, question, reply
from bot.promise.question import Owed


POSTED = select(post).where(post.c.key == bindparam("its_key"))
TRIED = (
    select(attempt)
    .where(attempt.c.key == bindparam("its_key"))
    .order_by(attempt.c.number)
)
FROZEN = (
    select(answer, reply.c.composition)
    .join(reply, reply.c.id == answer.c.reply)
    .where(
        answer.c.key == bindparam("its_key"),
        answer.c.revision == bindparam("its_revision"),
    )
)


def is_asked_in(conversation: str) -> ColumnElement[bool]:
    """Whether a question was asked in a thread, named by its team:channel:ts."""
    after = f"{conversation};"  # ";" follows ":"
    return question.c.thread.between(f"{conversation}:", after)


def owed_in(connection: Connection, identity: Identity, row: Row[Any]) -> Owed:
    """What is owed for the question of this row."""
    its = {"its_key": row.key}
    attempts = connection.execute(TRIED, its)
    posted = connection.execute(POSTED, its)
    frozen = connection.execute(FROZEN, its | {"its_revision": row.revision}).first()
    return Owed(
        arrival=arrival_of(row),
        mark=identity.mark(row.key),
        received_at=row.received_at,
        revision=row.revision,
        starts=row.starts,
        withdrawn=row.withdrawn,
        inherited=row.holder not in {None, identity.replica},
        frozen=frozen_of(frozen),
        attempts=attempts_of(attempts),
        posts=spots_of(posted),
    )
