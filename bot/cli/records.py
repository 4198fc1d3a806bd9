"""Looks into the journal and prints what is there; slow to read, so read when needed."""

from __future__ import annotations

import json
import sys

import typer

from bot.cli.exits import ExitCode
from bot.errors import SettingsError
from bot.journal.chain import Head
from bot.journal.journal import open_records
from bot.settings import Settings
from bot.wiring.replaying import Replaying


async def verify(settings: Settings, noted: Head | None) -> None:
    """Say whether the chain holds."""
    async with open_records(address_of(settings)) as journal:
        verdict = await journal.audit.verify(noted)
    for breach in verdict.breaches:
        where = f"row {breach.number}: " if breach.number else ""
        sys.stdout.write(f"{where}{breach.reason}\n")
    if verdict.breaches:
        sys.stdout.write("the audit does not hold\n")
        raise typer.Exit(ExitCode.OBJECTIONS)
    count = verdict.head.number if verdict.head else 0
    head = f"; head {verdict.head}" if verdict.head else ""
    sys.stdout.write(f"the audit holds: {count} rows{head}\n")


async def export(settings: Settings) -> None:
    """Print every row."""
    async with open_records(address_of(settings)) as journal:
        async for row in journal.audit.rows():
            line = {"number": row.number, **row.told, "hash": row.hash}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


async def show(settings: Settings, name: str) -> None:
    """Print what is held about one question."""
    async with open_records(address_of(settings)) as journal:
        for row in await journal.audit.about(name):
            said = row.told
            key, revision = said.get("key", ""), said.get("revision", 0)
            past = await journal.audit.past(key, revision)
            told = past.frozen.composition if past and past.frozen else None
            shown = {
                "audit": {"number": row.number, **said, "hash": row.hash},
                "asker": past.person if past else None,
                "question": past.words if past else None,
                "reply": None if told is None else told.model_dump(mode="json"),
            }
            sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")


async def replay(settings: Settings, key: str) -> None:
    """Print what came of making replies again."""
    differ = count = 0
    async with open_records(address_of(settings)) as journal:
        async for one in Replaying.of(journal, settings).all(key):
            count += 1
            differ += one.finding == "differs"
            because = f": {one.reason}" if one.reason else ""
            sys.stdout.write(f"{one.key} {one.finding}{because}\n")
    sys.stdout.write(f"{count} replies, {differ} differ\n")
    if differ:
        raise typer.Exit(ExitCode.OBJECTIONS)


async def erase(settings: Settings, person: str) -> None:
    """Erase a person's words, and say how many questions had some."""
    team, _, user = person.rpartition(":")
    async with open_records(address_of(settings)) as journal:
        erased = await journal.eraser.erase(team, user)
    sys.stdout.write(f"erased: the words of {erased.questions} questions\n")
    if erased.open:
        sys.stdout.write(
            f"{erased.open} questions are still being answered: run this again\n"
        )
        raise typer.Exit(ExitCode.OBJECTIONS)


def head_of(noted: str) -> Head | None:
    """The head as somebody typed it; None if nothing was typed."""
    try:
        return Head.of(noted) if noted else None
    except ValueError as error:
        raise SettingsError(
            f"{noted!r} is no head: give it as `becar7 audit verify` printed it"
        ) from error


def address_of(settings: Settings) -> str:
    """Where the journal is."""
    return settings.database_url.get_secret_value()
