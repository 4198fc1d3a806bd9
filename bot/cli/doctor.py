"""`doctor`: what is configured, what is missing, and what to do about it."""

from __future__ import annotations

import asyncio
import http.client
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from bot.answering.contacts import Contacts, Need, load_contacts
from bot.cli.exits import ExitCode
from bot.errors import BotError
from bot.findings import Finding
from bot.knowledge.load import load
from bot.settings import Settings


STALE = 180  # days; a bleep or a telephone number older than this is checked again
ANSWERS = 3  # seconds in which an app that is alive says so


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Slack")(doctor)


def doctor(
    *,
    offline: Annotated[
        bool, typer.Option("--offline", help="Look at this machine alone; ask nobody.")
    ] = False,
) -> None:
    """Look at the set-up, here and in Slack; say what is missing and what to do.

    becar7 doctor

    Nothing is posted, and no secret is shown. Exit code 1 if something that serving in
    Slack needs is missing.
    """
    from bot.wiring import settings_here  # noqa: PLC0415  `--help` need not read it
    from bot.wiring.check_up import check_up  # noqa: PLC0415  likewise

    settings, today = settings_here(), datetime.now(tz=UTC).date()
    findings = tuple(findings_of(settings, today))
    if not offline:
        findings += asyncio.run(check_up(settings))
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    if any(finding.state == "missing" for finding in findings):
        raise typer.Exit(ExitCode.OBJECTIONS)


def findings_of(settings: Settings, today: date) -> Iterator[Finding]:
    """Everything that was looked at, in the order in which one would set it up."""
    yield _knowledge(settings)
    yield from _contacts(settings, today)
    yield from _tokens(settings)
    yield _port(settings)
    yield Finding("ok", f"environment {settings.environment}")


def _knowledge(settings: Settings) -> Finding:
    try:
        knowledge = load(settings.knowledge_dir)
    except BotError as error:
        return Finding("missing", "knowledge", str(error))
    return Finding("ok", f"knowledge {knowledge.trial.id} {knowledge.version}")


def _contacts(settings: Settings, today: date) -> Iterator[Finding]:
    if settings.contacts_file is None:
        advice = (
            "copy deploy/contacts.example.yaml, fill it in, and set"
            " BECAR7_CONTACTS_FILE; until then replies name no number"
        )
        yield Finding("note", "contacts are not configured", advice)
        return
    try:
        contacts = load_contacts(settings.contacts_file)
    except BotError as error:
        yield Finding("missing", "contacts", str(error))
        return
    for need in ("emergency", "on-call", "reporting"):
        yield _contact(contacts, need, settings, today)


def _contact(
    contacts: Contacts, need: Need, settings: Settings, today: date
) -> Finding:
    contact = contacts.of(need)
    what = f"contact for {need}"
    if contact is None:
        return Finding("note", what, "none: replies name the local procedure instead")
    if contact.example:
        refused = settings.environment == "production"
        advice = "still the example: write the real one, and the day it was checked"
        return Finding("missing" if refused else "note", what, advice)
    age = (today - contact.checked).days
    if age > STALE:
        return Finding("note", what, f"checked {age} days ago: check it again")
    return Finding("ok", f"{what}, checked {contact.checked.isoformat()}")


def _tokens(settings: Settings) -> Iterator[Finding]:
    from bot.wiring.running import TOKENS, missing_tokens  # noqa: PLC0415  slow

    missing = {way: missing_tokens(settings, way) for way in TOKENS}
    ready = any(not names for names in missing.values())
    for way, names in missing.items():
        if not names:
            yield Finding("ok", f"tokens for {way}")
        else:
            advice = f"{', '.join(names)} not set: see deploy/README.md"
            yield Finding("note" if ready else "missing", f"tokens for {way}", advice)


def _port(settings: Settings) -> Finding:
    where = f"{settings.host} port {settings.port}"
    try:
        with socket.create_server((settings.host, settings.port)):
            return Finding("ok", f"{where} is free")
    except OSError:
        if _serves(settings):
            return Finding("ok", f"{where}: the app is running there")
        advice = "in use or not allowed: stop what listens there, or set BECAR7_PORT"
        return Finding("missing", where, advice)


def _serves(settings: Settings) -> bool:
    """Whether it is an app of ours that has the port."""
    line = http.client.HTTPConnection(settings.host, settings.port, timeout=ANSWERS)
    with closing(line):
        try:
            line.request("GET", "/healthz")
            return line.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
