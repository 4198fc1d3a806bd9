"""Copies a journal while it is in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import SettingsError
from bot.journal.database import kind_of, url_of
from bot.journal.objections import objection


PAGES = 2_000  # copied at once; whoever writes waits no longer than for 8 MB


def back_up(address: str, target: Path) -> None:
    """Copy the journal of an address into a new file; whole, or not at all.

    Raises a SettingsError where that cannot be, and a JournalError over the database.
    """
    source = _source(address)
    if target.exists():
        raise SettingsError(f"{target} is there already: name a new file")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        _copy(source, part)
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise objection(error) from error


def _source(address: str) -> Path:
    url = url_of(address)
    if kind_of(url) == "postgresql":
        raise SettingsError(
            "PostgreSQL is backed up with its own pg_dump, as deploy/README.md shows"
        )
    source = Path(str(url.database))
    if not source.is_file():
        raise SettingsError(
            f"{source} is not there: set BECAR7_DATABASE_URL to the journal in use"
        )
    return source


def _copy(source: Path, part: Path) -> None:
    opened = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    with closing(opened) as here, closing(sqlite3.connect(part)) as there:
        here.backup(there, pages=PAGES, sleep=0.0)
        there.execute("PRAGMA journal_mode=DELETE")  # one file, not three
        damage = there.execute("PRAGMA integrity_check").fetchone()[0]
    if damage != "ok":
        raise sqlite3.DatabaseError("malformed")
