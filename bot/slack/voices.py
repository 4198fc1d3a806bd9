"""Says with which token we speak in a workspace that has not just called us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.tokens import Tokens


class Voices(Protocol):
    """Whoever knows with which token we speak in a workspace."""

    async def voice(self, team: str) -> AsyncWebClient | None:
        """The client of a workspace; None if it removed the app."""
        ...


@dataclass(frozen=True, slots=True)
class OneVoice:
    """One workspace, whose token never changes."""

    client: AsyncWebClient

    async def voice(self, team: str) -> AsyncWebClient | None:  # noqa: ARG002  there is one
        """The client of the one workspace."""
        return self.client


@dataclass(frozen=True, slots=True)
class ManyVoices:
    """Every workspace with its own token, renewed in time."""

    tokens: Tokens

    async def voice(self, team: str) -> AsyncWebClient | None:
        """The client of a workspace; None if it removed the app."""
        installation = await self.tokens.of(team)
        if installation is None:
            return None
        known = self.tokens.client
        return AsyncWebClient(
            token=installation.token,
            base_url=known.base_url,
            session=known.session,
            logger=known.logger,
            retry_handlers=[],
        )
