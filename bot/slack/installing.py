"""Lets a workspace install the app: the way to Slack's page, and the way back."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode

from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.faults import slack_code
from bot.slack.installations import STATE_LIFE, Installation, Installations
from bot.slack.tokens import Credentials


INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"
COOKIE = "install-state"
START_AGAIN = f"Please start again at {INSTALL}."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of somebody's browser."""

    query: str
    cookies: str


@dataclass(frozen=True, slots=True)
class Installing:
    """The two pages of an installation."""

    installations: Installations
    client: AsyncWebClient
    credentials: Credentials
    scopes: tuple[str, ...]
    redirect_url: str = ""  # empty: the one that the app has in Slack
    clock: Callable[[], float] = time.time

    async def begin(self, _visit: Visit) -> BoltResponse:
        """Send the browser to Slack's page, with a state that only it knows."""
        state = secrets.token_urlsafe(32)
        await self.installations.expect(state)
        asked = {
            "client_id": self.credentials.client_id,
            "scope": ",".join(self.scopes),
            "state": state,
        }
        asked |= {"redirect_uri": self.redirect_url} if self.redirect_url else {}
        cookie = (
            f"{COOKIE}={state}; Max-Age={int(STATE_LIFE)}; Path=/slack;"
            " HttpOnly; Secure; SameSite=Lax"
        )
        where = f"{authorize_url(self.client.base_url)}?{urlencode(asked)}"
        return _page(302, "", {"location": where, "set-cookie": cookie})

    async def finish(self, visit: Visit) -> BoltResponse:
        """Take what Slack's page gives, if it is the visit that began here."""
        said = {name: values[0] for name, values in parse_qs(visit.query).items()}
        if "error" in said:
            return _page(200, f"Nothing was installed. {START_AGAIN}")
        if not await self._began_here(said.get("state", ""), visit.cookies):
            return _page(400, f"This is not the visit that began here. {START_AGAIN}")
        return await self._installed(said.get("code", ""))

    async def _installed(self, code: str) -> BoltResponse:
        try:
            installation = await self._exchanged(code)
        except SlackApiError as error:
            log.warning("an installation failed", extra={"code": slack_code(error)})
            return _page(400, f"Slack did not take the code. {START_AGAIN}")
        if installation is None:
            return _page(400, "I am installed in a workspace, not in a whole company.")
        await self.installations.keep(installation)
        return _page(200, "The app is installed. You can close this page.")

    async def _began_here(self, state: str, cookies: str) -> bool:
        """Whether this browser set out with this state, which counts once."""
        if not state or not secrets.compare_digest(_cookie(cookies), state.encode()):
            return False
        return await self.installations.is_expected(state)

    async def _exchanged(self, code: str) -> Installation | None:
        """What Slack gives for the code; None if no single workspace stands in it."""
        where = {"redirect_uri": self.redirect_url} if self.redirect_url else {}
        answer = await self.credentials.exchange(self.client, code=code, **where)
        team = (answer.get("team") or {}).get("id")
        if not team:
            return None
        token = str(answer["access_token"])
        known = await self.client.auth_test(token=token)
        expires = answer.get("expires_in")
        return Installation(
            team=team,
            bot_user=str(answer["bot_user_id"]),
            bot_id=str(known.get("bot_id") or ""),
            token=token,
            scopes=tuple(str(answer.get("scope") or "").split(",")),
            refresh_token=str(answer.get("refresh_token") or ""),
            until=None if expires is None else self.clock() + float(expires),
        )


def authorize_url(api_url: str) -> str:
    """Slack's page where somebody agrees, beside its Web API."""
    return f"{api_url.rstrip('/').removesuffix('/api')}/oauth/v2/authorize"


def _cookie(cookies: str) -> bytes:
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return b""
    return b"" if found is None else found.value.encode()


def _page(
    status: int, text: str, headers: Mapping[str, str] | None = None
) -> BoltResponse:
    kept = {
        "content-type": ["text/plain; charset=utf-8"],
        "cache-control": ["no-store"],
    }
    more = {name: [value] for name, value in (headers or {}).items()}
    return BoltResponse(status=status, body=text, headers={**kept, **more})
