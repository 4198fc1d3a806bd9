"""Draws the curators' board, and the windows in which they act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.answering.wording import day
from bot.knowledge.model import Fact
from bot.promise.corrections import Correction
from bot.promise.tickets import VIEWS, Sample, Tally, Ticket, View
from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block
from bot.slack.blocks.limits import SECTION_TEXT
from bot.slack.blocks.text import Markup, bold, escaped, joined, pieces, shortened
from bot.slack.blocks.views import Form, paragraphs, window
from bot.slack.curators import mention_of


VIEW, ALL = "board-view", "board-all"
TICKET, CORRECTION = "open-ticket", "open-correction"  # then a dash and the place
ASSIGN, SNOOZE, CLOSE, DRAFT = "assign", "snooze", "close", "draft"
TO_ASSIGN, TO_SNOOZE, TO_CLOSE = "ticket-assign", "ticket-snooze", "ticket-close"
TO_CORRECT = "correction-decide"
TELL, LEAVE = "tell", "leave"

SHOWN = 6  # tickets on the home tab; the rest in a window
SHOWN_CORRECTIONS = 3
SHOWN_OVERDUE = 10
NAMED = 150  # characters of what a ticket is about
REASON = 500  # characters; as long as the journal keeps
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """A ticket, and in words what it is about."""

    ticket: Ticket
    name: str


@dataclass(frozen=True, slots=True)
class Board:
    """All that curators see at a glance."""

    view: View
    tally: Tally
    lines: tuple[Line, ...]
    corrections: tuple[Correction, ...]
    overdue: tuple[Fact, ...]


def board(seen: Board) -> Iterator[Block]:
    """The part of the home tab that only curators have."""
    tally = seen.tally
    yield kit.header("board", "Curation")
    counted = (
        f"{tally.open} open · {tally.assigned} assigned · {tally.snoozed} snoozed ·"
        f" {tally.closed} closed tickets"
    )
    yield kit.context("board-tally", [kit.words(escaped(counted))])
    options = [kit.option(view.capitalize(), view) for view in VIEWS]
    chosen = kit.option(seen.view.capitalize(), seen.view)
    yield kit.actions("board-view", [kit.select(VIEW, options, chosen)])
    yield from tickets(seen.lines[:SHOWN])
    yield from _rest(seen)
    yield from _corrections(seen.corrections)
    yield from _overdue(seen.overdue)


def tickets(lines: Iterable[Line]) -> Iterator[Block]:
    """Each ticket in a line, with a button that opens it."""
    for place, line in enumerate(lines, start=1):
        button = kit.button(f"{TICKET}-{place}", "Open", str(line.ticket.number))
        yield {**kit.section(f"ticket-{place}", _line(line)), "accessory": button}


def ticket_window(line: Line, samples: tuple[Sample, ...]) -> Block:
    """One ticket, how it was put, and what can be done about it."""
    ticket = line.ticket
    said = (f"{sample.how}: “{sample.words}”" for sample in samples if sample.words)
    asked = "\n".join(said) or "Nobody's words are kept any more."
    told = f"People who can be told once it is answered: {ticket.people}"
    blocks = (
        kit.section("about", _line(line)),
        *paragraphs("asked", asked),
        *paragraphs("told", told),
        *paragraphs("last", _last(ticket)),
        *_acts(ticket),
    )
    return window(f"Ticket {ticket.number}", blocks)


def assigning(ticket: int, person: str) -> Block:
    """A window that asks who takes a ticket on, and why."""
    element = {"type": "users_select", "initial_user": person}
    field = kit.field("to", "Who takes it on?", element)
    form = Form("Assign", TO_ASSIGN, ticket)
    return window(f"Assign ticket {ticket}", (field, _reason()), form)


def snoozing(ticket: int, today: date) -> Block:
    """A window that asks until when a ticket may rest, and why."""
    element = {"type": "datepicker", "initial_date": (today + WEEK).isoformat()}
    field = kit.field("until", "Nobody need look before", element)
    form = Form("Snooze", TO_SNOOZE, ticket)
    return window(f"Snooze ticket {ticket}", (field, _reason()), form)


def closing(ticket: int) -> Block:
    """A window that asks why a ticket is not for this desk to answer."""
    form = Form("Close the ticket", TO_CLOSE, ticket)
    said = "It is counted still when it is asked again, and stays closed."
    blocks = (*paragraphs("said", said), _reason())
    return window(f"Close ticket {ticket}", blocks, form)


def correcting(correction: Correction) -> Block:
    """A window that shows what would be told, to how many, and asks whether."""
    changed = correction.changed
    lines = (
        f"Then: {correction.was}",
        f"Now: {changed.now or 'it was taken out.'}",
        f"Why: {changed.why}",
        f"Answers that told it otherwise: {correction.waiting}. Each thread hears once.",
    )
    options = [kit.option("Tell them", TELL), kit.option("Tell nobody", LEAVE)]
    choice = kit.field(
        "decision", "What is to be done?", {"type": "radio_buttons", "options": options}
    )
    blocks = (
        *_bold("label", changed.label),
        *(b for n, line in enumerate(lines) for b in paragraphs(f"line-{n}", line)),
        choice,
        _reason(),
    )
    form = Form("Send", TO_CORRECT, correction.number)
    return window(f"Correction {correction.number}", blocks, form)


def day_of(moment: float) -> str:
    """The day of a moment, in words."""
    return day(datetime.fromtimestamp(moment, UTC).date())


def _line(line: Line) -> Markup:
    ticket = line.ticket
    name = shortened(f"{ticket.number} · {line.name}", NAMED)
    times = "once" if ticket.times == 1 else f"{ticket.times} times"
    counted = f"asked {times}, first {day_of(ticket.first)}, last {day_of(ticket.last)}"
    said = [counted, _state(ticket)]
    said += [f"{ticket.unhelpful} did not help"] if ticket.unhelpful else []
    said += [f"draft {ticket.draft}"] if ticket.draft and not ticket.fact else []
    (title,) = bold(name, SECTION_TEXT)
    rest = escaped("\n" + " · ".join(said))
    return joined((title, rest, _owner(ticket)), "")


def _owner(ticket: Ticket) -> Markup:
    if not ticket.owner:
        return Markup("")
    named = mention_of(ticket.owner)
    said = Markup(named) if named.startswith("<@") else escaped(named)
    return joined((Markup(" · "), said), "")


def _state(ticket: Ticket) -> str:
    if ticket.state == "snoozed" and ticket.until is not None:
        return f"snoozed until {day_of(ticket.until)}"
    if ticket.state == "closed":
        return f"answered by {ticket.fact}" if ticket.fact else "closed: out of scope"
    return ticket.state


def _last(ticket: Ticket) -> str:
    return f"Last said: {ticket.reason}" if ticket.reason else "Nobody has acted on it."


def _acts(ticket: Ticket) -> Iterator[Block]:
    if ticket.state == "closed":
        return
    value = str(ticket.number)
    named = (
        (DRAFT, "Draft a fact"),
        (ASSIGN, "Assign"),
        (SNOOZE, "Snooze"),
        (CLOSE, "Close as out of scope"),
    )
    yield kit.actions("acts", [kit.button(name, text, value) for name, text in named])


def _reason() -> Block:
    element = {"type": "plain_text_input", "max_length": REASON}
    hint = "It stays in the audit for good: name no patient and nobody who asked."
    return kit.field("why", "Why?", element, hint)


def _rest(seen: Board) -> Iterator[Block]:
    if not seen.lines:
        none = Markup("No ticket here.")
        yield kit.context("board-none", [kit.words(none)])
    if len(seen.lines) > SHOWN:
        yield kit.actions("board-all", [kit.button(ALL, "Show all", seen.view)])


def _corrections(found: tuple[Correction, ...]) -> Iterator[Block]:
    if not found:
        return
    title = f"Changed since it was told: {len(found)}"
    yield from _bold("corrections", title)
    for place, one in enumerate(found[:SHOWN_CORRECTIONS], start=1):
        said = f"{one.changed.label} · told otherwise in answers: {one.waiting}"
        (text,) = pieces(shortened(said, NAMED), SECTION_TEXT)
        button = kit.button(f"{CORRECTION}-{place}", "Look", str(one.number))
        yield {**kit.section(f"correction-{place}", text), "accessory": button}


def _overdue(facts: tuple[Fact, ...]) -> Iterator[Block]:
    shown = [f"{f.label} (since {day(f.review_by)})" for f in facts[:SHOWN_OVERDUE]]
    more = len(facts) - SHOWN_OVERDUE
    shown += [f"and {more} more: becar7 health"] if more > 0 else []
    said = f"Reviews overdue: {len(facts)}"
    yield from paragraphs("overdue", "; ".join([said, *shown]))


def _bold(name: str, text: str) -> Iterator[Block]:
    for place, part in enumerate(bold(text, SECTION_TEXT), start=1):
        yield kit.section(f"{name}-{place}", part)
