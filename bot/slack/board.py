"""Reads what curators see, and does what they decide; nobody else gets either."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from bot.promise.corrections import Correction
from bot.promise.tickets import (
    Act,
    By,
    Ticket,
    Unfit,
    View,
)
from bot.promise.tickets import (
    name_of as subject_of,
)
from bot.slack.blocks import board as drawn
from bot.slack.blocks.board import Board, Line
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.notices import said
from bot.slack.curators import name_of
from bot.slack.person import Person
from bot.slack.reception import Reception


FIRST: View = "oldest"


async def board_for(
    desk: Reception, person: Person, view: View = FIRST
) -> tuple[Block, ...]:
    """The board of the home tab; nothing for whoever is no curator."""
    if not desk.house.curation.has(person):
        return ()
    memories, catalogue = desk.memories, desk.house.catalogue
    pack = catalogue.trial.id
    seen = Board(
        view=view,
        tally=await memories.tickets.tally(pack),
        lines=await lines(desk, person, view),
        corrections=await memories.corrections.waiting(pack),
        overdue=catalogue.overdue(today()),
    )
    return tuple(drawn.board(seen))


async def lines(desk: Reception, person: Person, view: View) -> tuple[Line, ...]:
    """The tickets of a view, each with what it is about."""
    pack = desk.house.catalogue.trial.id
    found = await desk.memories.tickets.listed(pack, view, name_of(person))
    return tuple(line_of(desk, ticket) for ticket in found)


def line_of(desk: Reception, ticket: Ticket) -> Line:
    """A ticket, and in words what it is about."""
    return Line(ticket, subject_of(ticket, desk.house.catalogue.knowledge))


async def correction_at(desk: Reception, number: int) -> Correction | None:
    """The correction of that number; None if nobody waits for it."""
    pack = desk.house.catalogue.trial.id
    waiting = await desk.memories.corrections.waiting(pack)
    return next((one for one in waiting if one.number == number), None)


async def act_on(desk: Reception, number: int, act: Act, by: By) -> Message:
    """Do something about a ticket; what to tell whoever did it."""
    done = await desk.memories.tickets.act(number, act, by)
    if isinstance(done, Unfit):
        return said(f"{done.says[:1].upper()}{done.says[1:]}.")
    return said(f"Ticket {number} is {done.state} now.")


def by(desk: Reception, person: Person, why: str) -> By:
    """Who decides, and why, without what points to a patient."""
    return By(name_of(person), desk.house.redact(why))


def today() -> date:
    """The day, in UTC."""
    return datetime.now(UTC).date()


def start_of(written: str) -> float:
    """The first second of a day as a window gives it; 0 if it is none."""
    try:
        chosen = date.fromisoformat(written)
    except ValueError:
        return 0.0
    return datetime.combine(chosen, time.min, UTC).timestamp()
