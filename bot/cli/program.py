"""Puts the commands together, and turns what a person must mend into one line."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot import __version__
from bot.cli import (
    asking,
    auditing,
    changing,
    conversation,
    curating,
    doctor,
    drafting,
    explaining,
    gapping,
    handing_over,
    health,
    judging,
    picturing,
    running,
)
from bot.cli.exits import ExitCode
from bot.errors import BotError


PROGRAM = "becar7"

HELP = """Exact, cited answers about one clinical trial, or a plain "not reported".

Start here:

    becar7 ask "how many people took part?"    one question, one reply

    becar7 chat                                a conversation

    becar7 demo                                a Slack-like page on this machine

Every sentence of a reply is a checked fact from the knowledge pack, with its source.
"""

EPILOG = (
    "Exit codes: 0 done; 1 done, but something needs a person (problems found, lines"
    " skipped, set-up incomplete); 2 not done (usage, settings or knowledge), with one"
    " line that says why; 130 interrupted."
)


def main() -> None:
    """Run one command; what a person must mend becomes one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        # signs that a terminal cannot show become question marks, not a crash
        getattr(stream, "reconfigure", _as_it_is)(errors="replace")
    try:
        program()(prog_name=PROGRAM)
    except BotError as error:
        sys.stderr.write(f"{PROGRAM}: {error}\n")
        sys.exit(ExitCode.IMPOSSIBLE)


def program() -> typer.Typer:
    """Every command, with shell completion."""
    app = typer.Typer(
        name=PROGRAM,
        help=HELP,
        epilog=EPILOG,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_about)
    for group in (
        asking,
        conversation,
        explaining,
        picturing,
        curating,
        handing_over,
        changing,
        drafting,
        gapping,
        health,
        judging,
        running,
        auditing,
        doctor,
    ):
        group.register(app)
    return app


def _about(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="The version of the program and of the knowledge it answers from.",
            callback=lambda asked: _say_versions() if asked else None,
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Takes what is said before the name of a command."""


def _say_versions() -> None:
    from bot.knowledge.load import read_pack  # noqa: PLC0415  slow, and seldom needed
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    knowledge = read_pack(settings_here().knowledge_dir)
    sys.stdout.write(
        f"{PROGRAM} {__version__} · knowledge {knowledge.trial.id} {knowledge.version}\n"
    )
    raise typer.Exit


def _as_it_is(*, errors: str) -> None:
    """A stream that a test or another program put in place stays as it is."""
    del errors
