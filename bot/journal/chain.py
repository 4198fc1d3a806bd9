"""The audit's chain: each row holds the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal.tables import audit


FIRST = "0" * 64  # stands before the first row
LOCK = 0x62656362  # held while the chain grows; any number of our own


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row of the audit, as it is stored."""

    number: int
    body: str
    previous: str
    hash: str

    @property
    def told(self) -> dict[str, Any]:
        """What it says."""
        said: dict[str, Any] = json.loads(self.body)
        return said


@dataclass(frozen=True, slots=True)
class Breach:
    """A place where the chain does not hold."""

    number: int
    reason: str


async def append(
    connection: AsyncConnection, at: float, said: Mapping[str, Any]
) -> None:
    """Add a row at the head of the chain; it is there when the transaction is."""
    if connection.dialect.name == "postgresql":  # another replica may append too
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    newest = select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc())
    head = (await connection.execute(newest.limit(1))).first()
    number, previous = (head.number + 1, head.hash) if head else (1, FIRST)
    moment = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
    body = json.dumps({"at": moment, **said}, sort_keys=True, separators=(",", ":"))
    row = {
        "number": number,
        "body": body,
        "previous": previous,
        "hash": digest_of(number, previous, body),
    }
    await connection.execute(insert(audit).values(row))


def digest_of(number: int, previous: str, body: str) -> str:
    """SHA-256 over the row's number, the hash before it and its body."""
    return hashlib.sha256(f"{number}\n{previous}\n{body}".encode()).hexdigest()


def breaches(rows: Iterable[AuditRow]) -> Iterator[Breach]:
    """Where rows, oldest first, were changed, taken out or put in."""
    expected, previous = 1, FIRST
    for row in rows:
        if row.number != expected:
            yield Breach(expected, f"missing: row {row.number} comes next")
        elif row.previous != previous:
            yield Breach(row.number, "does not follow the row before it")
        if row.hash != digest_of(row.number, row.previous, row.body):
            yield Breach(row.number, "was changed after it was written")
        expected, previous = row.number + 1, row.hash


def age_of(body: str, now: float) -> float:
    """Seconds since a row was written."""
    at: str = json.loads(body)["at"]
    return max(0.0, now - datetime.fromisoformat(at).timestamp())
