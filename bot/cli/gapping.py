"""`gaps`: what was asked in vain, and what curators do about it, in the terminal."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Annotated, TypeAlias

import typer


HELP = "What was asked and not answered; who takes it on, and what it came to."

Number: TypeAlias = Annotated[int, typer.Argument(help="As `becar7 gaps list` has it.")]
By: TypeAlias = Annotated[str, typer.Option(help="Your name, for the audit.")]
Why: TypeAlias = Annotated[
    str, typer.Option(help="In a few words, kept for good: name nobody who asked.")
]


class Which(StrEnum):
    """The views of the board."""

    OLDEST = "oldest"
    OFTEN = "most-asked"
    SNOOZED = "snoozed"
    CLOSED = "closed"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    gaps = typer.Typer(help=HELP, no_args_is_help=True)
    gaps.command("list")(list_tickets)
    for command in (show, assign, snooze, close, export, corrections):
        gaps.command()(command)
    app.add_typer(gaps, name="gaps", rich_help_panel="Knowledge")


def list_tickets(
    *,
    view: Annotated[Which, typer.Option(help="Which, and in what order.")] = (
        Which.OLDEST
    ),
) -> None:
    """List the tickets: one for each thing that was asked and not answered.

    becar7 gaps list

    becar7 gaps list --view most-asked
    """
    from bot.cli import board  # noqa: PLC0415  the database is slow to read
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    asyncio.run(board.listed(settings_here(), view.value.replace("-", " ")))


def show(number: Number) -> None:
    """Print one ticket, and how people put it.

    becar7 gaps show 7
    """
    from bot.cli import board  # noqa: PLC0415  the database is slow to read
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    asyncio.run(board.shown(settings_here(), number))


def assign(
    number: Number,
    *,
    to: Annotated[str, typer.Option(help="Who takes it on: a name, or TEAM:USER.")],
    by: By,
    why: Why,
) -> None:
    """Say who takes a ticket on.

    becar7 gaps assign 7 --to "B. Reader" --by "A. Author" --why "Has the paper."
    """
    from bot.cli import board  # noqa: PLC0415  the database is slow to read
    from bot.promise.tickets import Assign  # noqa: PLC0415  likewise
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    asyncio.run(board.acted(settings_here(), number, Assign(to.strip()), (by, why)))


def snooze(
    number: Number,
    *,
    until: Annotated[str, typer.Option(help="A day, as 2026-12-24.")],
    by: By,
    why: Why,
) -> None:
    """Let a ticket rest until a day.

    becar7 gaps snooze 7 --until 2026-12-24 --by "A. Author" --why "Paper is due."
    """
    from bot.cli import board  # noqa: PLC0415  the database is slow to read
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    act = board.snoozed(until)
    asyncio.run(board.acted(settings_here(), number, act, (by, why)))


def close(
    number: Number,
    *,
    by: By,
    why: Why,
    answered_by: Annotated[
        str, typer.Option(help="The fact that answers it; those who asked are told.")
    ] = "",
) -> None:
    """Close a ticket: out of scope, or answered by a fact of the pack.

    becar7 gaps close 7 --by "A. Author" --why "Not about the trial."

    becar7 gaps close 7 --answered-by eye-strain --by "A. Author" --why "It says so."
    """
    from bot.cli import board  # noqa: PLC0415  the database is slow to read
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    settings = settings_here()
    act = board.closing(settings, answered_by)
    asyncio.run(board.acted(settings, number, act, (by, why)))


def export() -> None:
    """Print every ticket, one JSON object a line; nobody is named who asked.

    becar7 gaps export > gaps.jsonl
    """
    from bot.cli import board  # noqa: PLC0415  the database is slow to read
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    asyncio.run(board.exported_all(settings_here()))


def corrections() -> None:
    """List past answers that told a fact otherwise than the pack does now.

    becar7 gaps corrections

    Their readers are told when a curator sends it, on the board in Slack.
    """
    from bot.cli import board  # noqa: PLC0415  the database is slow to read
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    asyncio.run(board.corrected(settings_here()))
