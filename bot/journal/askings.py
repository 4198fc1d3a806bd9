"""Opens a ticket for what somebody asked in vain, or counts one more asking of it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    select,
    update,
)

from bot.answering.composition import BOUNDARY_DECISIONS, Composition, Decision
from bot.journal.board_tables import asking, news, ticket
from bot.journal.identity import Identity
from bot.journal.once import add_once
from bot.journal.tables import answer, question, reply
from bot.promise.question import Owed
from bot.understanding.words import stem_of


WANTING: frozenset[Decision] = frozenset({"not_reported", "clarify", "out_of_scope"})
NOT_HELPFUL = "not helpful"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing asked, however it is worded."""

    gap: int | None
    concepts: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def told_apart(self) -> str:
        """The same for the same thing: a numbered gap, else concepts and word stems."""
        if self.gap is not None:
            return json.dumps({"gap": self.gap})
        stems = sorted({stem_of(word) for word in self.unknown})
        thing = {"concepts": list(self.concepts), "unknown": stems}
        return json.dumps(thing, sort_keys=True)


def thing_in(told: Composition) -> Thing | None:
    """What a reply is about; None where it says nothing that a pack could hold.

    What a boundary decided is nobody's work here: it is no question about the trial.
    """
    if told.decision in BOUNDARY_DECISIONS:
        return None
    reading = told.reading
    inherited = (reading.part_of or "").split(", ")
    concepts = {*reading.concepts, *reading.uncovered, *filter(None, inherited)}
    thing = Thing(told.gap, tuple(sorted(concepts)), reading.unknown)
    is_something = thing.gap is not None or thing.concepts or thing.unknown
    return thing if is_something else None


def asked_in_vain(told: Composition) -> Thing | None:
    """What a reply leaves open, in the whole of it or in one of its parts."""
    parts = {point.decision for point in told.points}
    is_wanting = told.gap is not None or WANTING & {told.decision, *parts}
    return thing_in(told) if is_wanting else None


class Askings:
    """Whoever asked in vain; every write here has its turn at the chain first."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def ended(
        self, connection: Connection, owed: Owed, told: Composition | None, now: float
    ) -> None:
        """Count a question that came to its end, with the words it has now."""
        if owed.revision:  # what its earlier words left open may be answered now
            connection.execute(delete(asking).where(asking.c.key == owed.key))
        thing = None if told is None or owed.withdrawn else asked_in_vain(told)
        if told is None or thing is None:
            return
        row = {
            "name": owed.key,
            "key": owed.key,
            "at": now,
            "team": owed.arrival.team,
            "person": owed.arrival.person,
            "how": _how(told),
            "because": "",
            "unknown": " ".join(thing.unknown),
        }
        self._count(connection, told.knowledge.pack, thing, row)

    def doubted(
        self, connection: Connection, said: Mapping[str, Any], now: float
    ) -> None:
        """Count a reply that did not help whoever read it."""
        found = connection.execute(_asked(said["team"], said["person"], said["reply"]))
        kept = found.first() or connection.execute(_kept(said["reply"])).first()
        told = None if kept is None else Composition.model_validate(kept.composition)
        thing = None if told is None else thing_in(told)
        if told is None or thing is None:
            return
        key = getattr(kept, "key", None)
        row = {
            "name": key or f"reply:{secrets.token_hex(8)}",
            "key": key,
            "at": now,
            "team": said["team"],
            "person": said["person"],
            "how": NOT_HELPFUL,
            "because": said["reason"] or "",
            "unknown": " ".join(thing.unknown) if key else "",
        }
        if key:
            connection.execute(delete(asking).where(asking.c.key == key))
        self._count(connection, told.knowledge.pack, thing, row)

    def _count(
        self, connection: Connection, pack: str, thing: Thing, row: Mapping[str, Any]
    ) -> None:
        """Open the ticket if need be, or again if its answer did not do."""
        subject = self._identity.subject(thing.told_apart)
        fresh = {
            "pack": pack,
            "subject": subject,
            "gap": thing.gap,
            "concepts": list(thing.concepts),
            "opened_at": row["at"],
            **dict.fromkeys(("owner", "fact", "draft", "reason"), ""),
        }
        add_once(connection, ticket, fresh)
        this = and_(ticket.c.pack == pack, ticket.c.subject == subject)
        answered = and_(this, ticket.c.closed == "answered")
        connection.execute(update(ticket).where(answered).values(closed=None))
        found = connection.execute(select(ticket.c.number).where(this))
        counted = {"ticket": found.scalar_one(), **row}
        add_once(connection, asking, counted)


def forget_words(connection: Connection, keys: Select[tuple[str]]) -> None:
    """Take the words away that tickets keep of these questions."""
    theirs = update(asking).where(asking.c.key.in_(keys))
    connection.execute(theirs.values(unknown=""))


def forget_person(connection: Connection, team: str, user: str) -> None:
    """Take a person's name away from what they asked, and owe them no news."""
    mine: ColumnElement[bool] = asking.c.person == user
    owed: ColumnElement[bool] = news.c.person == user
    if team:
        mine, owed = and_(mine, asking.c.team == team), and_(owed, news.c.team == team)
    connection.execute(update(asking).where(mine).values(person="", unknown=""))
    connection.execute(delete(news).where(owed))


def _how(told: Composition) -> str:
    """The decision, or that of the part which was not answered."""
    parts = (point.decision for point in told.points if point.decision in WANTING)
    return told.decision if told.decision in WANTING else next(parts, "not_reported")


def _asked(team: str, person: str, reply_id: str) -> Select[Any]:
    """A person's latest question that got this reply."""
    return (
        select(question.c.key, reply.c.composition)
        .join(answer, answer.c.key == question.c.key)
        .join(reply, reply.c.id == answer.c.reply)
        .where(
            reply.c.id == reply_id,
            question.c.team == team,
            question.c.person == person,
        )
        .order_by(question.c.received_at.desc())
        .limit(1)
    )


def _kept(reply_id: str) -> Select[Any]:
    return select(reply.c.composition).where(reply.c.id == reply_id)
