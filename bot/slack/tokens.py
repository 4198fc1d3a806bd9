"""Speaks for each workspace with its own token, renewed before it runs out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.faults import slack_code
from bot.slack.installations import Installation, Installations


EARLY = 2 * 60 * 60.0  # seconds before its end that a token of 12 hours is renewed
GONE = frozenset({"invalid_refresh_token", "token_revoked", "token_expired"})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who the app is to Slack itself."""

    client_id: str
    client_secret: str = field(repr=False)

    async def exchange(
        self, client: AsyncWebClient, **given: str
    ) -> AsyncSlackResponse:
        """Tokens for a code, or for a refresh token.

        slack_sdk's own method warns with aiohttp 3.14 of what aiohttp 4 will not have.
        """
        app = {"client_id": self.client_id, "client_secret": self.client_secret}
        return await client.api_call("oauth.v2.access", data={**app, **given})


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of all workspaces; each is renewed by one listener at a time."""

    installations: Installations
    client: AsyncWebClient
    credentials: Credentials
    clock: Callable[[], float] = time.time

    async def authorize(self, team_id: str | None) -> AuthorizeResult | None:
        """Who we are in a workspace, for Bolt; None if it did not install the app."""
        installation = await self.of(team_id or "")
        if installation is None:
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=installation.team,
            bot_user_id=installation.bot_user,
            bot_id=installation.bot_id,
            bot_token=installation.token,
            bot_scopes=list(installation.scopes),
        )

    async def of(self, team: str) -> Installation | None:
        """What a workspace gave us, with a token that lasts a while."""
        installation = await self.installations.of(team)
        if installation is None or not self._is_due(installation):
            return installation
        async with self.installations.turn(team):
            now = await self.installations.of(team)  # another may have renewed it
            if now is None or not self._is_due(now):
                return now
            return await self._renewed(now)

    def _is_due(self, installation: Installation) -> bool:
        until = installation.until
        return until is not None and until - self.clock() < EARLY

    async def _renewed(self, installation: Installation) -> Installation | None:
        try:
            answer = await self.credentials.exchange(
                self.client,
                grant_type="refresh_token",
                refresh_token=installation.refresh_token,
            )
        except SlackApiError as error:
            return await self._not_renewed(installation, slack_code(error))
        fresh = replace(
            installation,
            token=answer["access_token"],
            refresh_token=answer["refresh_token"],
            until=self.clock() + float(answer["expires_in"]),
        )
        await self.installations.keep(fresh)
        return fresh

    async def _not_renewed(
        self, installation: Installation, code: str
    ) -> Installation | None:
        """The old token while it lasts; none where Slack knows it no longer."""
        log.error("the token of a workspace is not renewed", extra={"code": code})
        if code in GONE:
            await self.installations.forget(installation.team)
            return None
        lasts = (installation.until or 0.0) > self.clock()
        return installation if lasts else None
