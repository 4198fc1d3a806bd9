"""`health`: once a week, what a curator should look at; never a part of CI."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict, replace
from typing import Annotated

import typer

from bot.cli.exits import ExitCode


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Knowledge")(health)


def health(
    *,
    online: Annotated[
        bool,
        typer.Option("--online", help="Ask the links and the registries, too."),
    ] = False,
    ctgov: Annotated[
        str, typer.Option(help="Where ClinicalTrials.gov is.", show_default=False)
    ] = "",
    isrctn: Annotated[
        str, typer.Option(help="Where the ISRCTN registry is.", show_default=False)
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a line instead.")
    ] = False,
) -> None:
    """Look for overdue reviews and waiting drafts; online, for dead links and drift.

    becar7 health

    becar7 health --online

    Online, each source's link is opened, and each record at a registry is compared
    with what the pack says it read there: status, enrolment, ages, last update.
    Exit code 1 if there is something to look at.
    """
    from bot.curation.health import aged  # noqa: PLC0415  `--help` need not read it
    from bot.curation.health import online as looked_up  # noqa: PLC0415  likewise
    from bot.curation.registries import REGISTRIES  # noqa: PLC0415  likewise
    from bot.knowledge.load import load  # noqa: PLC0415  likewise
    from bot.wiring import calendar, settings_here  # noqa: PLC0415  likewise

    settings = settings_here()
    today, knowledge = calendar(settings)(), load(settings.knowledge_dir)
    findings = list(aged(knowledge, today))
    if online:
        bases = {"ctgov": ctgov, "isrctn": isrctn}
        asked = {
            name: replace(registry, base=bases[name] or registry.base)
            for name, registry in REGISTRIES.items()
        }
        findings += asyncio.run(looked_up(knowledge, asked, today))
    for finding in findings:
        line = json.dumps(asdict(finding)) if as_json else str(finding)
        sys.stdout.write(f"{line}\n")
    sys.stderr.write(_sum(len(findings), where="online" if online else "here"))
    if findings:
        raise typer.Exit(ExitCode.OBJECTIONS)


def _sum(found: int, where: str) -> str:
    asked = "" if where == "online" else "; links and registries only with --online"
    return f"{found or 'nothing'} to look at{asked}\n"
