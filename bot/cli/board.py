"""Reads the tickets for the commands, and writes down what somebody decides."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from bot.cli.records import address_of
from bot.errors import CurationError
from bot.journal.journal import Journal, open_records
from bot.knowledge.load import Knowledge, load
from bot.promise.tickets import (
    VIEWS,
    Act,
    By,
    CloseAnswered,
    CloseOutside,
    Sample,
    Snooze,
    Ticket,
    Unfit,
    exported,
    name_of,
)
from bot.settings import Settings
from bot.understanding.identifiers import redacted
from bot.understanding.vocabulary import public_names
from bot.wiring.following import note_corrections


@dataclass(frozen=True, slots=True)
class Records:
    """The journal, and the pack that its tickets are about."""

    journal: Journal
    knowledge: Knowledge

    def name(self, ticket: Ticket) -> str:
        """What a ticket is about, in words."""
        return name_of(ticket, self.knowledge)


async def listed(settings: Settings, view: str) -> None:
    """Print the tickets of a view."""
    wanted = next(one for one in VIEWS if one == view)
    async with _records(settings) as records:
        pack = records.knowledge.trial.id
        found = await records.journal.tickets.listed(pack, wanted)
        for ticket in found:
            sys.stdout.write(f"{_line(ticket, records.name(ticket))}\n")
    sys.stdout.write("" if found else "no ticket here\n")


async def shown(settings: Settings, number: int) -> None:
    """Print one ticket; a CurationError if there is none."""
    async with _records(settings) as records:
        ticket = await _found(records, number)
        samples = await records.journal.tickets.samples(number)
        for line in _told(ticket, records.name(ticket), samples):
            sys.stdout.write(f"{line}\n")


async def acted(
    settings: Settings, number: int, act: Act, told: tuple[str, str]
) -> None:
    """Do something about a ticket; a CurationError says why it cannot be."""
    who, why = told
    if not who.strip():
        raise CurationError("nobody is named: say who you are with --by NAME")
    async with _records(settings) as records:
        public = public_names(records.knowledge.concepts.values())
        by = By(who.strip(), redacted(why, public).text)
        done = await records.journal.tickets.act(number, act, by)
        if isinstance(done, Unfit):
            raise CurationError(done.says)
        sys.stdout.write(f"{_line(done, records.name(done))}\n")


async def exported_all(settings: Settings) -> None:
    """Print every ticket as a line of JSON."""
    async with _records(settings) as records:
        tickets = records.journal.tickets
        for ticket in await tickets.every(records.knowledge.trial.id):
            samples = await tickets.samples(ticket.number)
            line = exported(ticket, records.name(ticket), samples)
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


async def corrected(settings: Settings) -> None:
    """Print what past answers told otherwise, and to how many."""
    async with _records(settings) as records:
        await note_corrections(records.journal, records.knowledge)
        pack = records.knowledge.trial.id
        found = await records.journal.corrections.waiting(pack)
    for one in found:
        changed = one.changed
        sys.stdout.write(
            f"{one.number}  {changed.fact}: told otherwise in answers: {one.waiting}\n"
            f"    then: {one.was}\n"
            f"    now:  {changed.now or 'taken out'}\n"
            f"    why:  {changed.why}\n"
        )
    sys.stdout.write("" if found else "no past answer tells it otherwise\n")


def snoozed(until: str) -> Snooze:
    """Rest until a day as somebody typed it; a CurationError if it is none."""
    try:
        chosen = date.fromisoformat(until.strip())
    except ValueError as error:
        raise CurationError(f"{until!r} is no day: write it as 2026-12-24") from error
    return Snooze(datetime.combine(chosen, time.min, UTC).timestamp())


def closing(settings: Settings, fact: str) -> Act:
    """Closed as out of scope, or by a fact; a CurationError if there is none."""
    if not fact:
        return CloseOutside()
    if fact not in load(settings.knowledge_dir).facts:
        raise CurationError(f"there is no fact {fact!r}: becar7 facts lists them")
    return CloseAnswered(fact)


@asynccontextmanager
async def _records(settings: Settings) -> AsyncIterator[Records]:
    knowledge = load(settings.knowledge_dir)
    async with open_records(address_of(settings)) as journal:
        yield Records(journal, knowledge)


async def _found(records: Records, number: int) -> Ticket:
    ticket = await records.journal.tickets.find(number)
    if ticket is None:
        said = f"there is no ticket {number}: becar7 gaps list has all that are open"
        raise CurationError(said)
    return ticket


def _line(ticket: Ticket, name: str) -> str:
    owner = f", {ticket.owner}" if ticket.owner else ""
    asked = f"asked {_times(ticket.times)}"
    span = f"{_day(ticket.first)} to {_day(ticket.last)}"
    return f"{ticket.number}  {name}  [{ticket.state}{owner}]  {asked}, {span}"


def _told(ticket: Ticket, name: str, samples: tuple[Sample, ...]) -> Iterator[str]:
    yield _line(ticket, name)
    yield f"people who can be told: {ticket.people}; did not help: {ticket.unhelpful}"
    if ticket.until is not None:
        yield f"snoozed until {_day(ticket.until)}"
    said = (("answered by", ticket.fact), ("draft", ticket.draft))
    yield from (f"{what}: {which}" for what, which in said if which)
    if ticket.reason:
        yield f"last said: {ticket.reason}"
    for sample in samples:
        words = f"“{sample.words}”" if sample.words else "(words no longer kept)"
        yield f"{_day(sample.at)}  {sample.how}: {words}"


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
