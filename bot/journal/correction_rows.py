"""Opens corrections and reads them, with how many wait to be told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, select, update

from bot.journal.board_tables import corrected, correction
from bot.journal.once import add_once
from bot.journal.tables import question
from bot.promise.corrections import Changed, Correction


@dataclass(frozen=True, slots=True)
class Served:
    """The pack that answers now, and what each of its facts says."""

    pack: str
    version: str
    says: Mapping[str, str]


def let_go(connection: Connection, served: Served) -> None:
    """Mark what is said otherwise by now as stale."""
    kept = select(correction).where(
        correction.c.pack == served.pack, ~correction.c.stale
    )
    for row in connection.execute(kept).all():
        if served.says.get(row.fact, "") != row.now:
            this = correction.c.number == row.number
            connection.execute(update(correction).where(this).values(stale=True))


def opened(connection: Connection, served: Served, changed: Changed, now: float) -> int:
    """The number of a correction, new or prepared before."""
    digest = hashlib.sha256(changed.now.encode()).hexdigest()
    row = {
        **asdict(changed),
        "pack": served.pack,
        "now_digest": digest,
        "version": served.version,
        "at": now,
        "stale": False,
    }
    add_once(connection, correction, row)
    this = and_(
        correction.c.pack == served.pack,
        correction.c.fact == changed.fact,
        correction.c.now_digest == digest,
    )
    connection.execute(update(correction).where(this).values(stale=False))
    found = connection.execute(select(correction.c.number).where(this))
    return int(found.scalar_one())


def number_in(state: str) -> Any:
    """How many answers of a correction are in a state, as a column."""
    return func.sum(case((corrected.c.state == state, 1), else_=0))


def counted() -> Select[Any]:
    """Every correction, with what becomes of its answers."""
    return (
        select(
            correction,
            number_in("prepared").label("waiting"),
            number_in("sent").label("sent"),
            func.max(corrected.c.was).label("was"),
        )
        .join(corrected, corrected.c.correction == correction.c.number)
        .group_by(*correction.c)
    )


def readers() -> Select[Any]:
    """The outdated answers, with where they stand."""
    asked = (question.c.team, question.c.person, question.c.place)
    return (
        select(corrected, *asked)
        .join(question, question.c.key == corrected.c.key)
        .order_by(question.c.received_at)
    )


def correction_of(row: Row[Any]) -> Correction:
    """A row as a correction."""
    return Correction(
        number=row.number,
        changed=Changed(row.fact, row.label, row.now, row.why),
        was=row.was,
        waiting=int(row.waiting),
        sent=int(row.sent),
        at=row.at,
    )
