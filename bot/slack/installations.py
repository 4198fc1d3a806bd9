"""Keeps what each workspace gave us when it installed the app, tokens encrypted."""

from __future__ import annotations

import json
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import SettingsError


STATE_LIFE = (
    600.0  # seconds to agree on Slack's page; as long as Slack's own code lives
)


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

    def turn(self, team: str) -> AbstractAsyncContextManager[None]:
        """Let only one listener of all replicas renew a workspace's token."""
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


class Installed(Protocol):
    """Whoever keeps what is sealed, and cannot open it."""

    async def sealed(self, team: str) -> bytes | None:
        """What a workspace gave us; None if it did not, or took it back."""
        ...

    async def keep(self, team: str, sealed: bytes) -> None:
        """Keep it instead of what the workspace gave before."""
        ...

    async def forget(self, team: str) -> None:
        """Forget what a workspace gave us."""
        ...

    async def expect(self, state: str, seconds: float) -> None:
        """Remember for some seconds that somebody set out with this state."""
        ...

    async def is_expected(self, state: str) -> bool:
        """Whether somebody set out with this state lately; true only once."""
        ...

    def turn(self, team: str) -> AbstractAsyncContextManager[None]:
        """Let only one listener of all replicas renew a workspace's token."""
        ...


class SealedInstallations:
    """Installations that nobody can read without our keys."""

    def __init__(self, kept: Installed, seal: Seal) -> None:
        self._kept = kept
        self._seal = seal

    async def of(self, team: str) -> Installation | None:
        """What a workspace gave us; None if it did not, or took it back."""
        sealed = await self._kept.sealed(team)
        return None if sealed is None else self._seal.open(team, sealed)

    async def keep(self, installation: Installation) -> None:
        """Remember what a workspace gave us, instead of what it gave before."""
        await self._kept.keep(installation.team, self._seal.close(installation))

    async def forget(self, team: str) -> None:
        """Forget a workspace that removed the app."""
        await self._kept.forget(team)

    async def expect(self, state: str) -> None:
        """Remember that somebody set out to install the app."""
        await self._kept.expect(state, STATE_LIFE)

    async def is_expected(self, state: str) -> bool:
        """Whether somebody set out with this state lately; true only once."""
        return await self._kept.is_expected(state)

    def turn(self, team: str) -> AbstractAsyncContextManager[None]:
        """Let only one listener of all replicas renew a workspace's token."""
        return self._kept.turn(team)
