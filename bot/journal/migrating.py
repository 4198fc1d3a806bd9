"""Brings a database to the tables of today, or says why it cannot."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.errors import JournalError


STEPS = Path(__file__).parent / "migrations"
LOCK = 0x62656361  # any number that nothing else in the database uses


def migrate(connection: Connection) -> None:
    """Take the steps that are missing; JournalError if the database is ahead of us."""
    if connection.dialect.name == "postgresql":  # two replicas may start at once
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    if is_behind(connection):
        config = Config()
        config.set_main_option("script_location", str(STEPS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_behind(connection: Connection) -> bool:
    """Whether steps are missing; JournalError if the database is ahead of us."""
    script = ScriptDirectory(str(STEPS))
    here = MigrationContext.configure(connection).get_current_revision()
    known = {step.revision for step in script.walk_revisions()}
    if here is not None and here not in known:
        raise JournalError(
            f"the database is from a newer version of this program (step {here}):"
            " start that version, or go back to a back-up from before the update"
        )
    return here != script.get_current_head()
