"""Says which questions a replica may work on now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, update

from bot.journal.identity import Identity
from bot.journal.lease import alive
from bot.journal.tables import question
from bot.promise.question import Owed


JUMP = 600.0  # seconds; nothing is put off so long, so the clock was set back
OPEN = ("received", "frozen")


def is_free(replica: str) -> ColumnElement[bool]:
    """Not at its end, and held by nobody else who is alive."""
    holder = question.c.holder
    nobody_else = or_(holder.is_(None), holder == replica, holder.not_in(alive()))
    return and_(question.c.state.in_(OPEN), nobody_else)


def is_due_now(replica: str, now: float) -> ColumnElement[bool]:
    """Free, and nobody is expected to work on it soon; a lost replica is not."""
    holder = question.c.holder
    ours = or_(holder.is_(None), holder == replica)
    due = or_(holder.not_in(alive()), and_(ours, is_due(question.c.due_at, now)))
    return and_(question.c.state.in_(OPEN), due)


def is_due(moment: ColumnElement[Any], now: float) -> ColumnElement[bool]:
    """Whether a moment has come, or the clock was set back since it was written."""
    return or_(moment <= now, moment > now + JUMP)


def passes(
    connection: Connection, identity: Identity, owed: Owed, **changes: Any
) -> bool:
    """Whether the question is still ours as we know it; then change what is asked.

    The row stays locked until the transaction ends: nobody takes it over meanwhile.
    """
    ours = and_(
        question.c.key == owed.key,
        question.c.holder == identity.replica,
        question.c.revision == owed.revision,
        question.c.state.in_(OPEN),
    )
    kept: dict[str, Any] = {"holder": identity.replica}
    done = connection.execute(update(question).where(ours).values(kept | changes))
    return done.rowcount == 1
