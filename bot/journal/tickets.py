"""Reads the tickets, and does with them what curators decide: each act is audited."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, assert_never

from sqlalchemy import Connection, and_, func, select, update

from bot.journal.board_tables import asking, ticket
from bot.journal.chain import append, take_turn
from bot.journal.database import Database
from bot.journal.identity import Identity
from bot.journal.owing_news import owe_askers
from bot.journal.tables import question
from bot.journal.ticket_rows import counted, how_of, ordered, state_of, ticket_of
from bot.promise.tickets import (
    MOST,
    Act,
    Assign,
    By,
    CloseAnswered,
    CloseOutside,
    NoteDraft,
    Sample,
    Snooze,
    Tally,
    Ticket,
    Unfit,
    View,
)


SAMPLES = 5  # of one ticket; enough to see what is meant
LONGEST_REASON = 500  # characters; an audit row is no letter


@dataclass(frozen=True, slots=True)
class Answers:
    """What a pack has an answer to by now."""

    version: str
    closing: Mapping[int, str]  # the number of a gap: the fact that closes it
    facts: Collection[str]

    def to(self, gap: int | None, draft: str) -> str:
        """The fact that closes a gap, or that a draft became; empty if there is none."""
        closing = "" if gap is None else self.closing.get(gap, "")
        return closing or (draft if draft in self.facts else "")


@dataclass(frozen=True, slots=True)
class JournalTickets:
    """The tickets in one database."""

    database: Database
    identity: Identity

    async def listed(self, pack: str, view: View, who: str = "") -> tuple[Ticket, ...]:
        """The tickets of a pack in an order that the view names, at most MOST."""
        now = self.identity.clock()
        wanted = ordered(counted().where(ticket.c.pack == pack), view, who, now)
        rows = await self.database.read(wanted.limit(MOST))
        return tuple(ticket_of(row, now) for row in rows)

    async def every(self, pack: str) -> tuple[Ticket, ...]:
        """All tickets of a pack, by number."""
        wanted = counted().where(ticket.c.pack == pack).order_by(ticket.c.number)
        now = self.identity.clock()
        return tuple(ticket_of(row, now) for row in await self.database.read(wanted))

    async def find(self, number: int) -> Ticket | None:
        """The ticket of that number; None if there is none."""
        rows = await self.database.read(counted().where(ticket.c.number == number))
        return ticket_of(rows[0], self.identity.clock()) if rows else None

    async def samples(self, number: int) -> tuple[Sample, ...]:
        """How it was put, the latest first; a few."""
        wanted = (
            select(question.c.words, asking.c.at, asking.c.how, asking.c.because)
            .outerjoin_from(asking, question, question.c.key == asking.c.key)
            .where(asking.c.ticket == number)
            .order_by(asking.c.at.desc(), asking.c.name)
        )
        rows = await self.database.read(wanted.limit(SAMPLES))
        return tuple(Sample(row.words or "", row.at, how_of(row)) for row in rows)

    async def tally(self, pack: str) -> Tally:
        """How many tickets of a pack there are."""
        now = self.identity.clock()
        state = state_of(now).label("state")
        has_askings = select(asking.c.ticket).where(asking.c.ticket == ticket.c.number)
        wanted = (
            select(state, func.count().label("many"))
            .where(ticket.c.pack == pack, has_askings.exists())
            .group_by(state)
        )
        rows = await self.database.read(wanted)
        return Tally(**{row.state: row.many for row in rows})

    async def close_answered(self, pack: str, answers: Answers) -> int:
        """Close what the facts of a pack answer now, and owe it to whoever asked.

        A ticket that was opened again after the same fact stays open: the fact did not
        do.  How many were closed.
        """
        now = self.identity.clock()
        is_new = and_(ticket.c.pack == pack, ticket.c.closed.is_(None))
        wanted = select(ticket.c.number, ticket.c.gap, ticket.c.fact, ticket.c.draft)

        def work(connection: Connection) -> int:
            take_turn(connection)
            count = 0
            for row in connection.execute(wanted.where(is_new)).all():
                fact = answers.to(row.gap, row.draft)
                if not fact or fact == row.fact:
                    continue
                by = By("the pack", f"version {answers.version} has {fact}")
                closing = CloseAnswered(fact)
                self._carry_out(connection, row.number, closing, (by, now))
                count += 1
            return count

        return await self.database.writer.write(work, last=1)

    def _carry_out(
        self, connection: Connection, number: int, act: Act, told: tuple[By, float]
    ) -> None:
        """Write the act to the audit and to the ticket."""
        by, now = told
        append(connection, now, _said(number, act, by))
        changes = {**_changes(act), "reason": by.why, "acted_at": now}
        this = update(ticket).where(ticket.c.number == number)
        connection.execute(this.values(changes))
        if isinstance(act, CloseAnswered):
            owe_askers(connection, self.identity, number, act.fact)

    async def act(self, number: int, act: Act, by: By) -> Ticket | Unfit:
        """Do it and write it to the audit; the ticket as it is then."""
        now = self.identity.clock()
        reason = " ".join(by.why.split())
        unfit = _unfit(act, reason, now)
        if unfit is not None:
            return unfit

        def work(connection: Connection) -> Ticket | Unfit:
            take_turn(connection)
            found = connection.execute(counted().where(ticket.c.number == number))
            row = found.first()
            if row is None:
                return Unfit(f"there is no ticket {number}: becar7 gaps list has all")
            if row.closed is not None:
                return Unfit(f"ticket {number} is closed already: {row.reason}")
            self._carry_out(connection, number, act, (By(by.who, reason), now))
            again = connection.execute(counted().where(ticket.c.number == number))
            return ticket_of(again.one(), now)

        return await self.database.writer.write(work, last=1)


def _unfit(act: Act, reason: str, now: float) -> Unfit | None:
    """What forbids an act on any ticket."""
    said = ""
    if not reason:
        said = "a reason is missing: say in a few words why"
    elif len(reason) > LONGEST_REASON:
        said = f"the reason is longer than {LONGEST_REASON} characters: shorten it"
    elif isinstance(act, Snooze) and act.until <= now:
        said = "that day is over: choose one that is still to come"
    elif isinstance(act, Assign) and not act.to:
        said = "nobody is named: say who takes it on"
    return Unfit(said) if said else None


def _changes(act: Act) -> dict[str, Any]:
    changes: dict[str, Any]
    match act:
        case Assign(to):
            changes = {"owner": to, "snoozed_until": None}
        case Snooze(until):
            changes = {"snoozed_until": until}
        case CloseOutside():
            changes = {"closed": "outside"}
        case CloseAnswered(fact):
            changes = {"closed": "answered", "fact": fact}
        case NoteDraft(fact):
            changes = {"draft": fact, "snoozed_until": None}
        case _:
            assert_never(act)
    return changes


def _said(number: int, act: Act, by: By) -> dict[str, Any]:
    """The row of the audit: who, what and why; it keeps when by itself."""
    what = {
        Assign: "assigned",
        Snooze: "snoozed",
        CloseOutside: "closed as out of scope",
        CloseAnswered: "closed as answered",
        NoteDraft: "drafted",
    }[type(act)]
    said = asdict(act)
    return {
        "kind": "curated",
        "ticket": number,
        "act": what,
        "by": by.who,
        "why": by.why,
        **({"with": said} if said else {}),
    }
