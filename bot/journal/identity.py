"""Says who this replica is, and names things so that only the journal knows which."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from bot.journal.database import Database
from bot.journal.once import add_once
from bot.journal.tables import secret


LENGTH = 32  # bytes; the block of SHA-256 holds two of them


@dataclass(frozen=True, slots=True)
class Identity:
    """One replica, with the secret that all replicas share."""

    replica: str
    key: bytes = field(repr=False)
    clock: Callable[[], float] = time.time

    def mark(self, key: str) -> str:
        """An opaque name for a question, to find our messages by in Slack."""
        return self._hmac("mark", key)

    def digest(self, words: str) -> str:
        """A hash that tells whether words are the same, and not which they are."""
        return self._hmac("words", words)

    def subject(self, thing: str) -> str:
        """A name for what was asked, the same for the same thing, telling no word."""
        return self._hmac("subject", thing)

    def _hmac(self, purpose: str, said: str) -> str:
        message = f"{purpose}\n{said}".encode()
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()


async def identity_in(
    database: Database, clock: Callable[[], float] = time.time
) -> Identity:
    """A new replica of whoever uses this database; the secret is made only once."""
    row = {"name": "marks", "value": secrets.token_bytes(LENGTH)}
    kept = select(secret.c.value).where(secret.c.name == row["name"])

    def work(connection: Connection) -> bytes:
        add_once(connection, secret, row)
        return bytes((connection.execute(kept)).scalar_one())

    return Identity(secrets.token_hex(8), await database.writer.write(work), clock)
