"""Turns what a database objects to into a sentence that says what to do."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.errors import JournalError


_FULL = (
    "there is no room left for the journal: make room on its disk;"
    " what is not acknowledged yet comes again from Slack"
)
_READ_ONLY = (
    "the journal may only be read: give whoever runs this the right to write"
    " the file and its folder"
)
_NOT_OPENED = (
    "the journal's file cannot be opened: look at the folder that"
    " BECAR7_DATABASE_URL names, and at who may write there"
)
_NO_DATABASE = (
    "the file that BECAR7_DATABASE_URL names is no SQLite database: name another,"
    " or move it away"
)
_DAMAGED = "the journal's file is damaged: go back to a back-up (deploy/README.md)"
_LOCKED = "another program holds the journal: end it, and look again"

SAYS: dict[str, str] = {  # what SQLite says, and what that means here
    "disk is full": _FULL,
    "readonly database": _READ_ONLY,
    "unable to open database file": _NOT_OPENED,
    "file is not a database": _NO_DATABASE,
    "malformed": _DAMAGED,
    "database is locked": _LOCKED,
}


def objection(error: Exception) -> JournalError:
    """The same in a sentence; a message that may quote a row is left out."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = str(cause)
    for sign, sentence in SAYS.items():
        if sign in said:
            return JournalError(sentence)
    kind = type(cause).__name__
    if isinstance(cause, sqlite3.Error | SQLAlchemyError):
        name = getattr(cause, "sqlite_errorname", "")
        return JournalError(f"the journal does not take it: {kind} {name}".rstrip())
    code = getattr(cause, "sqlstate", None)
    if code is not None:
        return JournalError(f"PostgreSQL does not take it: {kind}, SQLSTATE {code}")
    return JournalError(
        f"the database cannot be reached ({kind}): look whether it runs"
    )
