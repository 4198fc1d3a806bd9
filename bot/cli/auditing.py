"""`audit` and `backup`: what was answered, whether that still stands, and a copy of it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer


HELP = "What was answered, to whom it was shown and when; and whether that still holds."


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = "Slack"
    audit = typer.Typer(help=HELP, no_args_is_help=True)
    for command in (verify, export, show, replay, erase):
        audit.command()(command)
    app.add_typer(audit, name="audit", rich_help_panel=panel)
    app.command(rich_help_panel=panel)(backup)


def verify(
    *,
    noted: Annotated[
        str,
        typer.Option(help="A head noted earlier: it must still be part of the chain."),
    ] = "",
) -> None:
    """Follow the chain of the audit from its first row to its last.

    becar7 audit verify

    becar7 audit verify --noted 1042:6f1d…

    Note the head that is printed, elsewhere: with it a later run finds rows that were
    cut off at the end. Exit code 1 if anything was changed.
    """
    from bot.cli import records  # noqa: PLC0415  the database is slow to read
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    asyncio.run(records.verify(settings_here(), records.head_of(noted)))


def export() -> None:
    """Print every row of the audit, one JSON object a line.

    becar7 audit export > audit.jsonl
    """
    from bot.cli import records  # noqa: PLC0415  the database is slow to read
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    asyncio.run(records.export(settings_here()))


def show(
    name: Annotated[
        str, typer.Argument(help="A question's key, a reply's id or a row's number.")
    ],
) -> None:
    """Print what the audit and the journal hold about one question.

    becar7 audit show T0123:C0123:1763805600.000100
    """
    from bot.cli import records  # noqa: PLC0415  the database is slow to read
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    asyncio.run(records.show(settings_here(), name))


def replay(
    key: Annotated[
        str,
        typer.Argument(help="Only this question; all without.", show_default=False),
    ] = "",
) -> None:
    """Make past replies again from the knowledge of their time, and compare.

    becar7 audit replay

    Exit code 1 if one differs. What is no longer kept cannot be made again.
    """
    from bot.cli import records  # noqa: PLC0415  the database is slow to read
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    asyncio.run(records.replay(settings_here(), key))


def erase(
    person: Annotated[
        str, typer.Argument(help="A user id, or TEAM:USER for one workspace only.")
    ],
) -> None:
    """Erase what a person wrote, and their name; the audit stays verifiable.

    becar7 audit erase U0123

    Older back-ups still hold it: erase there too, or let them run out.
    """
    from bot.cli import records  # noqa: PLC0415  the database is slow to read
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    asyncio.run(records.erase(settings_here(), person))


def backup(
    file: Annotated[Path, typer.Argument(help="A new file, for the copy.")],
) -> None:
    """Copy the journal into a file, while it is in use.

    becar7 backup journal-2026-11-22.sqlite3

    To go back: stop serving, put the copy in the journal's place, and run
    becar7 audit verify.
    """
    from bot.cli import records  # noqa: PLC0415  the database is slow to read
    from bot.journal.backup import back_up  # noqa: PLC0415  likewise
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    back_up(records.address_of(settings_here()), file)
    sys.stdout.write(f"{file}: a whole copy of the journal\n")
