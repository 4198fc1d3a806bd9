"""Hears what curators tap and submit; whoever is none is told so, and nothing is done."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.promise.tickets import (
    VIEWS,
    Act,
    Assign,
    CloseOutside,
    Snooze,
    Ticket,
    Unfit,
)
from bot.slack import board
from bot.slack.blocks import board as drawn
from bot.slack.blocks import drafting, views
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.notices import said
from bot.slack.curators import name_of
from bot.slack.home import show_home
from bot.slack.listeners.hearing import (
    Body,
    carried,
    filled_in,
    person_in,
    window_for,
)
from bot.slack.listeners.tapping import Tap, tap_in
from bot.slack.needs import Needs
from bot.slack.person import Person
from bot.slack.reception import Reception


NEEDS = Needs()  # taps and windows come to every app that has them
NOT_YOURS = said("Only the curators of this desk can do that: ask whoever runs me.")
GONE = said("That ticket is no longer there. Open my Home tab again.")
DECIDED = said("Nobody waits for that correction any more. Open my Home tab again.")


On = Callable[[Reception, Tap], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Decision:
    """A window that a curator submitted."""

    view: Body
    person: Person

    @property
    def number(self) -> int:
        """Of what it is about; 0 if it carries none."""
        number = carried(self.view)
        return number if isinstance(number, int) else 0

    def given(self, field: str) -> str:
        """What was filled in."""
        return str(filled_in(self.view, field))


Decide = Callable[[Reception, Decision], Awaitable[Message]]


def register(app: AsyncApp, reception: Reception) -> None:
    """Show and do what curators ask for."""
    for name, on in _TAPS:
        app.action(name)(_tapped(reception, on))
    for callback, title, decide in _DECISIONS:
        app.view(callback)(_submitted(reception, decide, title))


def _tapped(reception: Reception, on: On) -> Callable[[AsyncArgs], Awaitable[None]]:
    async def hear(args: AsyncArgs) -> None:
        await args.ack()
        desk, tap = reception.speaking(args.client), tap_in(args)
        if not desk.house.curation.has(tap.person):
            await desk.delivery.post(tap.place, NOT_YOURS)
        elif await desk.memories.heard.first_time(tap.key):
            await on(desk, tap)

    return hear


def _submitted(
    reception: Reception, decide: Decide, title: str
) -> Callable[[AsyncArgs], Awaitable[None]]:
    async def hear(args: AsyncArgs) -> None:
        desk = reception.speaking(args.client)
        decision = Decision(args.payload, person_in(args.body, args.context))
        may = desk.house.curation.has(decision.person)
        told = await decide(desk, decision) if may else NOT_YOURS
        view = views.showing(told, title=title)
        await args.ack(response_action="update", view=view)
        if may:
            await show_home(desk, decision.person)

    return hear


async def _on_view(desk: Reception, tap: Tap) -> None:
    view = next((one for one in VIEWS if one == tap.value), board.FIRST)
    await show_home(desk, tap.person, view)


async def _on_all(desk: Reception, tap: Tap) -> None:
    view = next((one for one in VIEWS if one == tap.value), board.FIRST)
    found = drawn.tickets(await board.lines(desk, tap.person, view))
    window = views.window(f"Tickets: {view}", found)
    await desk.delivery.show(window_for(tap.body), window)


async def _on_ticket(desk: Reception, tap: Tap) -> None:
    ticket = await _ticket(desk, tap)
    if ticket is None:
        await desk.delivery.post(tap.place, GONE)
        return
    samples = await desk.memories.tickets.samples(ticket.number)
    window = drawn.ticket_window(board.line_of(desk, ticket), samples)
    await desk.delivery.show(window_for(tap.body), window)


async def _on_correction(desk: Reception, tap: Tap) -> None:
    found = await board.correction_at(desk, _number(tap.value))
    if found is None:
        await desk.delivery.post(tap.place, DECIDED)
        return
    await desk.delivery.show(window_for(tap.body), drawn.correcting(found))


def _asking(window: Callable[[Reception, Tap, Ticket], Block]) -> On:
    """What opens a window about the ticket of a button."""

    async def on(desk: Reception, tap: Tap) -> None:
        ticket = await _ticket(desk, tap)
        if ticket is None:
            await desk.delivery.post(tap.place, GONE)
        else:
            await desk.delivery.show(window_for(tap.body), window(desk, tap, ticket))

    return on


def _assigning(_desk: Reception, tap: Tap, ticket: Ticket) -> Block:
    return drawn.assigning(ticket.number, tap.person.user)


def _snoozing(_desk: Reception, _tap: Tap, ticket: Ticket) -> Block:
    return drawn.snoozing(ticket.number, board.today())


def _closing(_desk: Reception, _tap: Tap, ticket: Ticket) -> Block:
    return drawn.closing(ticket.number)


def _drafting(desk: Reception, _tap: Tap, ticket: Ticket) -> Block:
    knowledge = desk.house.catalogue.knowledge
    return drafting.drafting(ticket.number, drafting.fields_for(ticket), knowledge)


async def _assign(desk: Reception, decision: Decision) -> Message:
    to = decision.given("to")
    owner = name_of(Person(decision.person.team, to)) if to else ""
    return await _act(desk, decision, Assign(owner))


async def _snooze(desk: Reception, decision: Decision) -> Message:
    until = board.start_of(decision.given("until"))
    return await _act(desk, decision, Snooze(until))


async def _close(desk: Reception, decision: Decision) -> Message:
    return await _act(desk, decision, CloseOutside())


async def _correct(desk: Reception, decision: Decision) -> Message:
    by = board.by(desk, decision.person, decision.given("why"))
    corrections = desk.memories.corrections
    if decision.given("decision") != drawn.TELL:
        left = await corrections.leave(decision.number, by)
        return _outcome(left, "Nobody is told; {count} answers stay as they are.")
    sent = await corrections.send(decision.number, by)
    return _outcome(sent, "It goes to {count} threads now, to each once.")


def _outcome(done: int | Unfit, told: str) -> Message:
    if isinstance(done, Unfit):
        return said(f"{done.says[:1].upper()}{done.says[1:]}.")
    return said(told.format(count=done))


async def _act(desk: Reception, decision: Decision, act: Act) -> Message:
    by = board.by(desk, decision.person, decision.given("why"))
    return await board.act_on(desk, decision.number, act, by)


async def _ticket(desk: Reception, tap: Tap) -> Ticket | None:
    return await desk.memories.tickets.find(_number(tap.value))


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() else 0


_TAPS: tuple[tuple[str | re.Pattern[str], On], ...] = (
    (drawn.VIEW, _on_view),
    (drawn.ALL, _on_all),
    (re.compile(rf"{drawn.TICKET}-\d+"), _on_ticket),
    (re.compile(rf"{drawn.CORRECTION}-\d+"), _on_correction),
    (drawn.ASSIGN, _asking(_assigning)),
    (drawn.SNOOZE, _asking(_snoozing)),
    (drawn.CLOSE, _asking(_closing)),
    (drawn.DRAFT, _asking(_drafting)),
)
_DECISIONS: tuple[tuple[str, str, Decide], ...] = (
    (drawn.TO_ASSIGN, "Assign", _assign),
    (drawn.TO_SNOOZE, "Snooze", _snooze),
    (drawn.TO_CLOSE, "Close", _close),
    (drawn.TO_CORRECT, "Correction", _correct),
)
