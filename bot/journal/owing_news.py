"""Owes news to people: those who asked, those who were told what has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from bot.journal.board_tables import asking, news
from bot.journal.identity import Identity
from bot.journal.once import add_once
from bot.journal.tables import question


def owe_askers(
    connection: Connection, identity: Identity, number: int, fact: str
) -> int:
    """Owe everybody who asked for a ticket's thing the fact that answers it, once.

    Each person is told where they asked last.  How many are owed it now.
    """
    wanted = (
        select(asking.c.team, asking.c.person, asking.c.at)
        .add_columns(question.c.place, question.c.words)
        .outerjoin_from(asking, question, question.c.key == asking.c.key)
        .where(asking.c.ticket == number, asking.c.person != "")
        .order_by(asking.c.at)
    )
    rows = connection.execute(wanted).all()
    latest = {(row.team, row.person): row for row in rows}
    return sum(
        owe(
            connection,
            identity,
            {
                "key": f"answered:{number}:{fact}:{row.team}:{row.person}",
                "team": row.team,
                "person": row.person,
                "place": _thread_in(row.place),
                "what": {
                    "kind": "answered",
                    "ticket": number,
                    "fact": fact,
                    "asked": row.at,
                    "words": row.words or "",
                },
            },
        )
        for row in latest.values()
    )


def owe(connection: Connection, identity: Identity, said: Mapping[str, Any]) -> bool:
    """Owe one message, unless it was owed before; whether it is new."""
    now = identity.clock()
    row = {**said, "state": "owed", "at": now, "due_at": now}
    return add_once(connection, news, row)


def _thread_in(place: Mapping[str, Any] | None) -> dict[str, str]:
    """The thread where it was asked; empty where only the asker saw it."""
    told = place or {}
    if not told.get("channel"):
        return {}
    return {"channel": told["channel"], "thread": told.get("thread", "")}
