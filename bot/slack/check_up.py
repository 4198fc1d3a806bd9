"""Looks at Slack as the app will meet it, and says what to do about what is missing.

Nothing is posted. Where pictures are needed, one of a single pixel is uploaded into no
channel, and deleted.
"""

from __future__ import annotations

import time
from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.findings import Finding, State
from bot.settings import Settings
from bot.slack.app import CALL, NEEDS
from bot.slack.faults import slack_code
from bot.slack.signature import WINDOW


UNREACHED = (SlackClientError, aiohttp.ClientError, TimeoutError)
DRIFT = WINDOW // 10  # seconds: a clock that goes wrong is seen long before it matters
PAGE = 200  # channels in one answer; docs.slack.dev, pagination: 100 to 200 are advised
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)

REFUSED: Mapping[str, str] = {  # Slack's word, and what helps
    "account_inactive": "the app was removed: install it again, and copy the new token",
    "invalid_auth": "not a token of this workspace: copy it from OAuth & Permissions",
    "missing_scope": "give the app the scopes of deploy/manifest.yaml; install it again",
    "not_allowed_token_type": "another kind of token: copy the one that the name says",  # nosec B105
    "not_authed": "empty: copy it from OAuth & Permissions",
    "token_expired": "it was rotated: switch token_rotation_enabled off for one token",  # nosec B105
    "token_revoked": "it was revoked: install the app again, and copy the new token",  # nosec B105
    "channel_not_found": "no such channel, or a private one: invite the app there",
    "is_archived": "the channel is archived: name another",
    "not_in_channel": "invite the app there: /invite @app",
}


def scope_reasons() -> dict[str, str]:
    """Every scope that some part of the app needs, and what for."""
    return {name: why for part in NEEDS for name, why in part.scopes.items()}


async def check_up(settings: Settings) -> tuple[Finding, ...]:
    """Everything that was asked of Slack; without a bot token nothing is asked."""
    token = settings.slack_bot_token
    if token is None or not token.get_secret_value().strip():
        advice = "there is no bot token; each workspace has its own, or none is set"
        return (Finding("note", "Slack was not asked", advice),)
    timeout = aiohttp.ClientTimeout(total=CALL)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        client = AsyncWebClient(
            token=token.get_secret_value().strip(),
            base_url=settings.slack_api_url,
            session=session,
            retry_handlers=[],
        )
        visit = Visit(client, session, settings)
        return tuple([finding async for finding in visit.findings()])


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at one workspace."""

    client: AsyncWebClient
    session: aiohttp.ClientSession
    settings: Settings
    needed: Mapping[str, str] = field(default_factory=scope_reasons)
    now: Callable[[], float] = time.time

    async def findings(self) -> AsyncIterator[Finding]:
        """What was found, from what all else needs to what few things need."""
        try:
            met = await self.client.auth_test()
        except UNREACHED as error:
            yield self._refused("bot token", error)
            return
        yield Finding("ok", f"bot token of @{met['user']} in {met['team']}")
        yield self._clock(met)
        yield self._scopes(met)
        for what, look in self._looks():
            try:
                async for finding in look():
                    yield finding
            except UNREACHED as error:
                yield self._refused(what, error)

    def _looks(self) -> Iterator[tuple[str, Callable[[], AsyncIterator[Finding]]]]:
        yield "channels and their history", self._channels
        yield "on-call channel", self._on_call
        yield "curation channel", self._curation
        yield "app-level token", self._socket
        yield "upload of pictures", self._picture

    def _clock(self, met: AsyncSlackResponse) -> Finding:
        """How far our clock is from Slack's, whose answers carry the second."""
        said = met.headers.get("Date", "")
        if not said:
            return Finding("note", "clock", "Slack's answer carries no date")
        skew = round(self.now() - parsedate_to_datetime(said).timestamp())
        if abs(skew) <= DRIFT:
            return Finding("ok", "clock agrees with Slack's")
        way = "ahead of" if skew > 0 else "behind"
        advice = "let it follow NTP (timedatectl set-ntp true)"
        if abs(skew) > WINDOW:
            advice += f"; beyond {WINDOW} seconds every request of Slack's is refused"
        state: State = "missing" if abs(skew) > WINDOW else "note"
        return Finding(state, f"clock {abs(skew)} seconds {way} Slack's", advice)

    def _scopes(self, met: AsyncSlackResponse) -> Finding:
        said = met.headers.get("X-OAuth-Scopes")
        if said is None:
            return Finding("note", "scopes", "Slack did not name them")
        given = {scope.strip() for scope in said.split(",")} - {""}
        if lacking := sorted(self.needed.keys() - given):
            reasons = "; ".join(f"{one} ({self.needed[one]})" for one in lacking)
            advice = f"add {reasons}, under OAuth & Permissions, and install again"
            return Finding("missing", "scopes", advice)
        if spare := sorted(given - self.needed.keys()):
            return Finding(
                "note", "scopes", f"not needed, take away: {', '.join(spare)}"
            )
        return Finding("ok", f"scopes: all {len(given)}, and no other")

    async def _channels(self) -> AsyncIterator[Finding]:
        """Whether the app is in a channel, and may read there what it must look up."""
        where = await self._first_channel()
        if where is None:
            advice = "it hears direct messages alone: invite it with /invite @app"
            yield Finding("note", "the app is in no channel", advice)
            return
        yield Finding("ok", f"the app is in #{where['name']}")
        await self.client.conversations_history(channel=where["id"], limit=1)
        yield Finding("ok", f"history of #{where['name']} can be read")

    async def _first_channel(self) -> dict[str, Any] | None:
        kinds = "public_channel,private_channel"
        pages = await self.client.users_conversations(
            types=kinds, exclude_archived=True, limit=PAGE
        )
        found: list[dict[str, Any]] = pages["channels"]
        return next(iter(found), None)

    async def _on_call(self) -> AsyncIterator[Finding]:
        channel = self.settings.on_call_channel
        if not channel:
            advice = "set BECAR7_ON_CALL_CHANNEL, or replies name the contact alone"
            yield Finding("note", "no on-call channel", advice)
            return
        yield await self._member_of("on-call channel", channel)

    async def _curation(self) -> AsyncIterator[Finding]:
        """Whether the weekly digest has a place where somebody looks after the facts."""
        channel = self.settings.curation_channel.rpartition(":")[2]
        if not self.settings.curators:
            advice = (
                "set BECAR7_CURATORS, or nobody sees in Slack what was asked in vain"
            )
            yield Finding("note", "no curators", advice)
        if channel:
            yield await self._member_of("curation channel", channel)

    async def _member_of(self, name: str, channel: str) -> Finding:
        """Whether the app may post in a channel that the settings name."""
        about = (await self.client.conversations_info(channel=channel))["channel"]
        what = f"{name} #{about['name']}"
        if about.get("is_archived"):
            return Finding("missing", what, REFUSED["is_archived"])
        if not about.get("is_member"):
            return Finding("missing", what, REFUSED["not_in_channel"])
        return Finding("ok", what)

    async def _socket(self) -> AsyncIterator[Finding]:
        """Whether the app-level token opens a connection; none is held."""
        token = self.settings.slack_app_token
        if token is not None and token.get_secret_value().strip():
            app_token = token.get_secret_value().strip()
            await self.client.apps_connections_open(app_token=app_token)
            yield Finding("ok", "app-level token opens Socket Mode")

    async def _picture(self) -> AsyncIterator[Finding]:
        """Uploading ends on another host than the Web API, which a proxy may not know."""
        if "files:write" not in self.needed:
            return
        place = await self.client.files_getUploadURLExternal(
            filename="check-up.png", length=len(PIXEL)
        )
        async with self.session.post(place["upload_url"], data=PIXEL) as taken:
            taken.raise_for_status()
        file = {"id": place["file_id"], "title": "check-up"}
        await self.client.files_completeUploadExternal(files=[file])
        await self.client.files_delete(file=place["file_id"])
        yield Finding("ok", "a picture can be uploaded; it was deleted again")

    def _refused(self, what: str, error: Exception) -> Finding:
        if isinstance(error, SlackApiError):
            code = slack_code(error)
            advice = REFUSED.get(code, "look the word up at docs.slack.dev")
            return Finding("missing", f"{what}: {code}", advice)
        kind = type(error).__name__
        where = self.settings.slack_api_url
        advice = f"allow HTTPS to {where} and files.slack.com, and check the proxy"
        return Finding("missing", f"{what}: Slack was not reached ({kind})", advice)
