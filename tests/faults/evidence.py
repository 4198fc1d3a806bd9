"""Finds what a run left behind: the audit, a flipped byte in it, secrets in the logs."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.faults.ledger import Key


UNKNOWN_COMMAND = 2  # becar7's exit code for wrong usage
CHANGED = "UPDATE audit SET body = substr(body, 1, 9) || {other} || substr(body, 11)"
MIDDLE = "number = (SELECT max(number) / 2 FROM audit)"
OTHER = "CASE substr(body, 10, 1) WHEN 'x' THEN 'y' ELSE 'x' END"
BODIES = "SELECT body FROM audit"
HAS_AUDIT = "SELECT 1 FROM sqlite_master WHERE name = 'audit'"
FLIP = f"{CHANGED.format(other=OTHER)} WHERE {MIDDLE}"


@dataclass(frozen=True, slots=True)
class Commands:
    """The app's own commands, run in the surroundings of the run."""

    surroundings: Mapping[str, str]
    folder: Path

    async def run(self, *words: str) -> tuple[int, str]:
        """Exit code and standard output of one command."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            env=dict(self.surroundings),
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        said, _ = await process.communicate()
        return process.returncode or 0, said.decode()

    def over(self, url: str) -> Commands:
        """The same over another database."""
        there = {**self.surroundings, "BECAR7_DATABASE_URL": url}
        return Commands(there, self.folder)

    async def verifies(self) -> bool | None:
        """What `audit verify` says; None where there is no such command."""
        if (await self.run("audit", "--help"))[0] == UNKNOWN_COMMAND:
            return None
        return (await self.run("audit", "verify"))[0] == 0


def audited_in_file(database: Path) -> frozenset[Key] | None:
    """The questions of which the audit has a row; None where there is no audit."""
    if not database.is_file():
        return None
    with closing(sqlite3.connect(database)) as connection:
        if not connection.execute(HAS_AUDIT).fetchone():
            return None
        return frozenset(_keys(connection.execute(BODIES)))


def audited_in_server(url: str) -> frozenset[Key] | None:
    """The same of a server."""
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT to_regclass('audit')").fetchone() == (None,):
            return None
        return frozenset(_keys(connection.execute(BODIES)))


def flipped_in_file(database: Path) -> Path:
    """A copy of the file in which one byte of one audit row is another."""
    copy = database.with_name("flipped.sqlite3")
    for ending in ("", "-wal"):
        beside = database.with_name(database.name + ending)
        if beside.is_file():
            shutil.copy(beside, copy.with_name(copy.name + ending))
    with closing(sqlite3.connect(copy)) as connection:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.execute(triggers).fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(FLIP)
        connection.commit()
    return copy


def flip_in_server(url: str) -> None:
    """Change one byte of one audit row, as only an owner of the table can."""
    with psycopg.connect(url) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER ALL")
        connection.execute(FLIP)
        connection.execute("ALTER TABLE audit ENABLE TRIGGER ALL")


def leaks(
    logs: str, secrets: Mapping[str, str], questions: Collection[str]
) -> list[str]:
    """What the logs hold and should not, by name; the thing itself is not repeated."""
    found = [f"the {name}" for name, secret in secrets.items() if secret in logs]
    asked = sum(question in logs for question in set(questions))
    return found + ([f"{asked} questions"] if asked else [])


def _keys(rows: Iterable[tuple[str]]) -> Iterator[Key]:
    for (body,) in rows:
        _, _, rest = str(json.loads(body).get("key", "")).partition(":")
        channel, _, ts = rest.partition(":")
        if ts:
            yield channel, ts
