"""Inserts that bear repetition, in the words of either database."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert


def add_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert the row, or leave the one that has its key; whether it was new."""
    statement = _unless_there(connection.dialect.name, table)
    return connection.execute(statement, dict(row)).first() is not None


def write_over(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert the whole row, or write it over the one that has its key."""
    connection.execute(_or_update(connection.dialect.name, table), dict(row))


# Each statement is made once: to make and compile one anew takes five times as long as
# to run it (0.25 ms and 0.05 ms on SQLite).


@cache
def _unless_there(dialect: str, table: Table) -> ReturningInsert[Any]:
    return (
        _insert(dialect, table)
        .on_conflict_do_nothing()
        .returning(*table.primary_key.columns)
    )


@cache
def _or_update(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    statement = _insert(dialect, table)
    key = [column.name for column in table.primary_key]
    given = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in key
    }
    return statement.on_conflict_do_update(index_elements=key, set_=given)


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
