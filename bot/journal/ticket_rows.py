"""Reads the tickets of a view, each with how often it was asked and when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, and_, case, func, select

from bot.journal.askings import NOT_HELPFUL
from bot.journal.board_tables import asking, ticket
from bot.promise.tickets import State, Ticket, View


IS_OPEN = ticket.c.closed.is_(None)


def state_of(now: float) -> Any:
    """The state of a ticket, as a column."""
    is_asleep = ticket.c.snoozed_until > now
    return case(
        (ticket.c.closed.is_not(None), "closed"),
        (is_asleep, "snoozed"),
        (ticket.c.owner != "", "assigned"),
        else_="open",
    )


def counted() -> Select[Any]:
    """Every ticket that was asked, with how often, by how many, and when."""
    person = case((asking.c.person != "", asking.c.team + ":" + asking.c.person))
    unhelpful = case((asking.c.how == NOT_HELPFUL, 1), else_=0)
    asked = (
        select(
            asking.c.ticket,
            func.count().label("times"),
            func.count(person.distinct()).label("people"),
            func.sum(unhelpful).label("unhelpful"),
            func.min(asking.c.at).label("first"),
            func.max(asking.c.at).label("last"),
            func.max(asking.c.unknown).label("unknown"),
        )
        .group_by(asking.c.ticket)
        .subquery()
    )
    columns = [one for one in asked.c if one.name != "ticket"]
    joined = select(ticket, *columns)
    return joined.join(asked, asked.c.ticket == ticket.c.number)


def ordered(wanted: Select[Any], view: View, who: str, now: float) -> Select[Any]:
    """The rows of one view, in its order."""
    columns = wanted.selected_columns
    is_asleep = func.coalesce(ticket.c.snoozed_until, 0.0) > now
    awake = and_(IS_OPEN, ~is_asleep)
    oldest = (columns["first"], ticket.c.number)
    views: dict[View, tuple[Any, tuple[Any, ...]]] = {
        "oldest": (awake, oldest),
        "most asked": (awake, (columns["times"].desc(), *oldest)),
        "mine": (and_(awake, ticket.c.owner == who), oldest),
        "snoozed": (and_(IS_OPEN, is_asleep), (ticket.c.snoozed_until, *oldest)),
        "closed": (~IS_OPEN, (ticket.c.acted_at.desc(), ticket.c.number.desc())),
    }
    among, order = views[view]
    return wanted.where(among).order_by(*order)


def ticket_of(row: Row[Any], now: float) -> Ticket:
    """A row as a ticket, at this moment."""
    is_asleep = row.snoozed_until is not None and row.snoozed_until > now
    return Ticket(
        number=row.number,
        pack=row.pack,
        gap=row.gap,
        concepts=tuple(row.concepts),
        unknown=tuple(row.unknown.split()),
        times=row.times,
        people=row.people,
        unhelpful=int(row.unhelpful),
        first=row.first,
        last=row.last,
        state=_state(row, is_asleep=is_asleep),
        owner=row.owner,
        until=row.snoozed_until if is_asleep else None,
        fact=row.fact,
        draft=row.draft,
        reason=row.reason,
    )


def _state(row: Row[Any], *, is_asleep: bool) -> State:
    if row.closed is not None:
        return "closed"
    if is_asleep:
        return "snoozed"
    return "assigned" if row.owner else "open"


def how_of(row: Row[Any]) -> str:
    """What became of a question, in words."""
    how = row.how.replace("_", " ")
    return f"{how}: {row.because}" if row.because else how
