"""Says which questions a replica may work on now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Update,
    and_,
    bindparam,
    or_,
    text,
    update,
)

from bot.journal.identity import Identity
from bot.journal.lease import alive
from bot.journal.tables import IS_OPEN, question
from bot.promise.question import Owed


JUMP = 600.0  # seconds; nothing is put off so long, so the clock was set back
OPEN = ("received", "frozen")
MINE = update(question).where(
    question.c.key == bindparam("its_key"),
    question.c.holder == bindparam("its_holder"),
    question.c.revision == bindparam("its_revision"),
    text(IS_OPEN),
)


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
    connection: Connection,
    identity: Identity,
    owed: Owed,
    *,
    change: Update = MINE,
    **values: Any,
) -> bool:
    """Whether the question is still ours as we know it; then change what is asked.

    The row stays locked until the transaction ends: nobody takes it over meanwhile.
    """
    ours = {
        "its_key": owed.key,
        "its_holder": identity.replica,
        "its_revision": owed.revision,
    }
    kept: dict[str, Any] = {"holder": identity.replica}
    return connection.execute(change, ours | kept | values).rowcount == 1
