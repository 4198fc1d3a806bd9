"""`demo` and `serve`: the bot in a page on this machine, or in Slack."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import typer

from bot.telemetry.logs import Style, set_up_logs


DEMO_PORT = 8075  # any that nothing well known uses; --port chooses another


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = "Slack"
    app.command(rich_help_panel=panel)(demo)
    app.command(rich_help_panel=panel)(serve)


def demo(
    *,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the page is; 0: any free one.")
    ] = DEMO_PORT,
) -> None:
    """Try the bot in a Slack-like page on this machine: no account, no tokens.

    becar7 demo

    The page is reachable from this machine only, and what is typed there is gone when
    Ctrl-C ends it. Contacts that nobody has configured are examples, and say so.
    """
    from bot import wiring  # noqa: PLC0415  `--help` need not read it
    from bot.wiring.running import demonstrate, for_demo  # noqa: PLC0415  likewise

    settings = for_demo(wiring.settings_here())
    desk = wiring.desk(settings)
    examples = desk.knowledge.trial.examples
    set_up_logs("WARNING", "console")
    asyncio.run(demonstrate(settings, desk, port, lambda url: _announce(url, examples)))
    sys.stdout.write("Stopped.\n")


def serve(
    *,
    socket_mode: Annotated[
        bool,
        typer.Option(
            "--socket-mode",
            help="Connect to Slack, instead of letting Slack connect to us over HTTP.",
        ),
    ] = False,
    replica: Annotated[
        bool,
        typer.Option(
            "--replica",
            help="Refuse to start unless BECAR7_DATABASE_URL names PostgreSQL, which"
            " several processes can share.",
        ),
    ] = False,
) -> None:
    """Answer in Slack until told to stop.

    becar7 serve --socket-mode

    becar7 serve

    becar7 serve --replica

    Tokens, port and contacts come from the environment or from the file .env;
    becar7 doctor says which are missing.
    """
    from bot import wiring  # noqa: PLC0415  `--help` need not read it
    from bot.wiring import running  # noqa: PLC0415  likewise

    settings = wiring.settings_here()
    if replica:
        running.require_shared(settings)
    style: Style = "json" if settings.environment == "production" else "console"
    set_up_logs(settings.log_level, style)
    way: running.Way = "socket-mode" if socket_mode else "http"
    asyncio.run(running.serve(settings, wiring.desk(settings), way))


def _announce(url: str, examples: tuple[str, ...]) -> None:
    lines = (
        "",
        f"  Open {url} in your browser.",
        "",
        "  Ask, for example:",
        *(f"    {example}" for example in examples[:3]),
        "",
        "  Ctrl-C stops it.",
        "",
    )
    sys.stdout.write("\n".join(lines))
    sys.stdout.flush()
