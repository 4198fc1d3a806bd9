"""Keeps what each workspace gave us when it installed the app, tokens encrypted."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import SettingsError


STATE_LIFE = (
    600.0  # seconds to agree on Slack's page; as long as Slack's own code lives
)
_TABLES = """
create table if not exists installations (team text primary key, sealed blob not null);
create table if not exists states (digest text primary key, until real not null);
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """What a workspace gave us: who we are there, and the token to speak with."""

    team: str
    bot_user: str
    bot_id: str
    token: str = field(repr=False)
    scopes: tuple[str, ...] = ()
    refresh_token: str = field(default="", repr=False)  # only where tokens rotate
    until: float | None = None  # seconds since 1970; None: as long as it is installed


class Installations(Protocol):
    """The workspaces that installed the app, and the ones about to."""

    async def of(self, team: str) -> Installation | None:
        """What a workspace gave us; None if it did not, or took it back."""
        ...

    async def keep(self, installation: Installation) -> None:
        """Remember what a workspace gave us, instead of what it gave before."""
        ...

    async def forget(self, team: str) -> None:
        """Forget a workspace that removed the app."""
        ...

    async def expect(self, state: str) -> None:
        """Remember that somebody set out to install the app."""
        ...

    async def is_expected(self, state: str) -> bool:
        """Whether somebody set out with this state lately; true only once."""
        ...


class Seal:
    """Encrypts with the first key, and reads what any of the keys encrypted."""

    def __init__(self, keys: str) -> None:
        names = [key.strip() for key in keys.split(",") if key.strip()]
        try:
            self._fernet = MultiFernet([Fernet(name) for name in names])
        except ValueError as error:
            raise SettingsError(
                "BECAR7_ENCRYPTION_KEYS is not a list of keys: make one with"
                ' python -c "from cryptography.fernet import Fernet;'
                ' print(Fernet.generate_key().decode())"'
            ) from error

    def close(self, installation: Installation) -> bytes:
        """The installation as nobody without a key can read it."""
        return self._fernet.encrypt(json.dumps(asdict(installation)).encode())

    def open(self, team: str, sealed: bytes) -> Installation | None:
        """The installation; None if no key fits, or it is another workspace's."""
        try:
            told: dict[str, Any] = json.loads(self._fernet.decrypt(sealed))
        except InvalidToken:
            return None
        installation = Installation(**{**told, "scopes": tuple(told["scopes"])})
        return installation if installation.team == team else None


class InstallationsInFile:
    """Installations in one SQLite file; each call is short and runs in a thread."""

    def __init__(
        self, path: Path, seal: Seal, clock: Callable[[], float] = time.time
    ) -> None:
        self._path = path
        self._seal = seal
        self._clock = clock
        self._lock = threading.Lock()
        with closing(sqlite3.connect(self._path)) as file:
            file.executescript(f"pragma journal_mode=wal;{_TABLES}")

    async def of(self, team: str) -> Installation | None:
        """What a workspace gave us; None if it did not, or took it back."""
        sql = "select sealed from installations where team = ?"
        rows = await self._run(sql, (team,))
        return self._seal.open(team, rows[0][0]) if rows else None

    async def keep(self, installation: Installation) -> None:
        """Remember what a workspace gave us, instead of what it gave before."""
        sealed = self._seal.close(installation)
        sql = "insert or replace into installations (team, sealed) values (?, ?)"
        await self._run(sql, (installation.team, sealed))

    async def forget(self, team: str) -> None:
        """Forget a workspace that removed the app."""
        await self._run("delete from installations where team = ?", (team,))

    async def expect(self, state: str) -> None:
        """Remember that somebody set out to install the app."""
        now = self._clock()
        await self._run("delete from states where until < ?", (now,))
        sql = "insert into states (digest, until) values (?, ?)"
        await self._run(sql, (_digest(state), now + STATE_LIFE))

    async def is_expected(self, state: str) -> bool:
        """Whether somebody set out with this state lately; true only once."""
        sql = "delete from states where digest = ? returning until"
        rows = await self._run(sql, (_digest(state),))
        return bool(rows) and float(rows[0][0]) >= self._clock()

    async def _run(self, sql: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        return await asyncio.to_thread(self._run_now, sql, values)

    def _run_now(self, sql: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self._lock, closing(sqlite3.connect(self._path)) as file, file:
            return file.execute(sql, values).fetchall()


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
