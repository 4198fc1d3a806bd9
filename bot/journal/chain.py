"""The audit's chain: each row holds the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text

from bot.journal.tables import audit


FIRST = "0" * 64  # stands before the first row
LOCK = 0x62656362  # held while the chain grows; any number of our own
HOLD = text(f"SELECT pg_advisory_xact_lock({LOCK})")
HEAD = select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
LINK = insert(audit)


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


def take_turn(connection: Connection) -> None:
    """Wait until no other replica is at the chain, or at what is written beside it."""
    if connection.dialect.name == "postgresql":
        connection.execute(HOLD)


def append(connection: Connection, at: float, said: Mapping[str, Any]) -> None:
    """Add a row at the head of the chain; it is there when the transaction is."""
    take_turn(connection)
    head = connection.execute(HEAD).first()
    number, previous = (head.number + 1, head.hash) if head else (1, FIRST)
    moment = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
    body = json.dumps({"at": moment, **said}, sort_keys=True, separators=(",", ":"))
    row = {
        "number": number,
        "body": body,
        "previous": previous,
        "hash": digest_of(number, previous, body),
    }
    connection.execute(LINK, row)


def digest_of(number: int, previous: str, body: str) -> str:
    """SHA-256 over the row's number, the hash before it and its body."""
    return hashlib.sha256(f"{number}\n{previous}\n{body}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of a chain; noted elsewhere, it proves that none was cut off."""

    number: int
    hash: str

    @classmethod
    def of(cls, said: str) -> Head:
        """The head as it was noted; ValueError if it is none."""
        number, _, digest = said.partition(":")
        return cls(int(number), digest)

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


class Links:
    """Follows a chain, row by row, and notes where it does not hold."""

    def __init__(self, noted: Head | None = None) -> None:
        self.breaches: list[Breach] = []
        self.head: Head | None = None
        self._noted = noted

    def follow(self, row: AuditRow) -> None:
        """Take the next row."""
        previous = self.head or Head(0, FIRST)
        if row.number != previous.number + 1:
            reason = f"missing: row {row.number} comes next"
            self._note(previous.number + 1, reason)
        elif row.previous != previous.hash:
            self._note(row.number, "does not follow the row before it")
        if row.hash != digest_of(row.number, row.previous, row.body):
            self._note(row.number, "was changed after it was written")
        self.head = Head(row.number, row.hash)
        if self._noted is not None and self._noted.number == row.number:
            if self._noted != self.head:
                self._note(row.number, "is not the row that was noted")
            self._noted = None

    def missing(self) -> tuple[Breach, ...]:
        """The head that was noted earlier, if the chain ends before it."""
        noted = self._noted
        return () if noted is None else (Breach(noted.number, "noted, and gone"),)

    def _note(self, number: int, reason: str) -> None:
        self.breaches.append(Breach(number, reason))


def age_of(body: str, now: float) -> float:
    """Seconds since a row was written."""
    at: str = json.loads(body)["at"]
    return max(0.0, now - datetime.fromisoformat(at).timestamp())
