"""Looks at the journal as the next start will meet it, and changes nothing in it."""

from __future__ import annotations

import os
from contextlib import aclosing
from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import BotError, JournalError
from bot.findings import Finding
from bot.journal.database import alone, kind_of, url_of
from bot.journal.journal import Pulse, open_records, queue_for
from bot.journal.migrating import is_behind
from bot.journal.objections import objection
from bot.journal.stores import Store
from bot.settings import Settings


WAITS = 120.0  # seconds; the alert TrialDeskQuestionsWait says the same


async def check_up(settings: Settings) -> tuple[Finding, ...]:
    """Whether the database can be reached, is of this version, and nobody waits."""
    try:
        return (await _finding(settings.database_url.get_secret_value()),)
    except BotError as error:
        return (Finding("missing", "journal", str(error)),)


async def _finding(address: str) -> Finding:
    url = url_of(address)
    plain = url.set(drivername=kind_of(url))
    what = f"journal {plain.render_as_string(hide_password=True)}"
    queue_for(url)
    if _is_unmade(url):
        return _unmade(what, Path(str(url.database)).parent)
    if await _lacks_steps(url):
        advice = "the next start brings it to this version: back it up before"
        return Finding("note", what, advice)
    async with open_records(address) as journal:
        pulse = await journal.pulse()
    return _told(f"{what}{_served(url)}", pulse)


def _is_unmade(url: URL) -> bool:
    return kind_of(url) == "sqlite" and not Path(str(url.database)).is_file()


def _unmade(what: str, folder: Path) -> Finding:
    if os.access(folder, os.W_OK | os.X_OK):
        return Finding("ok", f"{what}, which the first start makes")
    advice = f"give whoever runs this the right to write in {folder.resolve()}"
    return Finding("missing", what, advice)


async def _lacks_steps(url: URL) -> bool:
    async with aclosing(Store(url, kind_of(url))) as store:
        try:
            return await store.run(is_behind)
        except (SQLAlchemyError, OSError) as error:
            raise objection(error) from error


def _served(url: URL) -> str:
    """Says so where a process serves from the file, which is as it should be."""
    try:
        with alone(url):
            return ""
    except JournalError:
        return ", in use"


def _told(what: str, pulse: Pulse) -> Finding:
    if pulse.database:
        return Finding("missing", what, pulse.database)
    if pulse.oldest_unanswered > WAITS:
        waits = f"a question has waited for {pulse.oldest_unanswered:.0f} seconds"
        return Finding("note", what, f"{waits}: see TrialDeskQuestionsWait")
    return Finding("ok", what)
