"""Hears a draft that a curator submits: a patch, or what is wrong under its field."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.curation.drafting import Refused
from bot.curation.fields import Fields
from bot.promise.tickets import By, NoteDraft
from bot.slack import board
from bot.slack.blocks import drafting, views
from bot.slack.blocks.drafting import Offered
from bot.slack.blocks.kit import Message
from bot.slack.curators import name_of
from bot.slack.drafts import Filled, Made, draft_from, shown
from bot.slack.errand import Upload, share
from bot.slack.listeners.curation import NOT_YOURS
from bot.slack.listeners.hearing import Body, carried, filled_in, person_in
from bot.slack.listeners.views import ARRIVED, PATIENCE, WAIT
from bot.slack.needs import Needs
from bot.slack.once import SLACKS
from bot.slack.person import Person
from bot.slack.places import Modal, Thread, Written
from bot.slack.reception import Reception


NEEDS = Needs()  # submissions come to every app that opens windows
TITLE = "Draft a fact"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Submission:
    """A draft as it was filled in."""

    ticket: int
    fields: Fields
    person: Person


def register(app: AsyncApp, reception: Reception) -> None:
    """Make the draft; what is filled in is never lost."""

    async def on_draft(args: AsyncArgs) -> None:
        desk = reception.speaking(args.client)
        given = _submission(args.payload, person_in(args.body, args.context))
        if not desk.house.curation.has(given.person):
            await _update(args, NOT_YOURS)
            return
        work = asyncio.ensure_future(
            asyncio.to_thread(draft_from, _filled(desk, given))
        )
        await asyncio.wait([work], timeout=PATIENCE)
        if not work.done():
            await _update(args, WAIT)
            await asyncio.wait([work, asyncio.create_task(asyncio.sleep(ARRIVED))])
            await _late(desk, given, (await work, args.payload["id"]))
            return
        await _at_once(args, desk, given, work.result())

    app.view(drafting.TO_DRAFT)(on_draft)


async def _at_once(
    args: AsyncArgs, desk: Reception, given: Submission, made: Made
) -> None:
    """Show the patch in the window, or what is wrong under each field."""
    if isinstance(made, Refused):
        await args.ack(response_action="errors", errors=shown(made))
        return
    message = drafting.drafted(made)
    await _update(args, message)
    await _kept(desk, given, made, message)


async def _late(desk: Reception, given: Submission, found: tuple[Made, str]) -> None:
    """The same, where Slack would not have waited: the form comes back, filled in."""
    made, view = found
    if isinstance(made, Refused):
        knowledge = desk.house.catalogue.knowledge
        fault = "; ".join(made.reasons)
        form = drafting.drafting(given.ticket, given.fields, knowledge, fault)
        await desk.delivery.show(Modal(view), form)
        return
    message = drafting.drafted(made)
    await desk.delivery.show(Modal(view), views.showing(message, title=TITLE))
    await _kept(desk, given, made, message)


async def _kept(
    desk: Reception, given: Submission, made: Offered, message: Message
) -> None:
    """Send the patch to its author, too, and note the draft on the ticket."""
    why = f"{given.fields.source}, {given.fields.locator}"
    by = By(name_of(given.person), desk.house.redact(why))
    await desk.memories.tickets.act(given.ticket, NoteDraft(made.name), by)
    written = await desk.delivery.post(Thread(given.person.user), message)
    await _attach(desk, made, written)


async def _attach(desk: Reception, made: Offered, written: tuple[Written, ...]) -> None:
    """Put the patch as a file beside our words, which hold it until the file is there.

    Where Slack takes no file they go on holding it.
    """
    patch = Upload(drafting.filename(made), made.name, made.patch.encode())
    try:
        for at in written:
            await share(desk.client, patch, at.channel)
            await desk.delivery.post(at, drafting.attached(made))
    except SLACKS as error:
        log.warning("words stand for a patch", extra={"kind": type(error).__name__})


async def _update(args: AsyncArgs, message: Message) -> None:
    view = views.showing(message, title=TITLE)
    await args.ack(response_action="update", view=view)


def _filled(desk: Reception, given: Submission) -> Filled:
    house = desk.house
    directory = house.catalogue.knowledge.directory
    return Filled(given.fields, directory, board.today(), house.curation.branches)


def _submission(view: Body, person: Person) -> Submission:
    found = carried(view)
    about: dict[str, Any] = found if isinstance(found, dict) else {}
    typed = {
        name: str(filled_in(view, drafting.field_of(name))) for name in drafting.SHOWN
    }
    number = about.get("ticket")
    filled = Fields(**typed, gap=str(about.get("gap") or ""))
    return Submission(number if isinstance(number, int) else 0, filled, person)
