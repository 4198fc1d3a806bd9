"""An app is installed through its own OAuth flow, and its tokens rotate."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import SteppedClock
from bot.workspace.directory import NURSE
from bot.workspace.tokens import LIFE
from bot.workspace.workspace import Workspace
from tests.workspace.desks import SECRET
from tests.workspace.surfaces import CLIENT
from tests.workspace.test_views import refusal


pytestmark = pytest.mark.filterwarnings(
    "ignore:BasicAuth is deprecated:DeprecationWarning"  # slack_sdk 3.47 still uses it
)


def make_flow(desk: Workspace, store: FileInstallationStore) -> AsyncOAuthFlow:
    settings = AsyncOAuthSettings(
        client_id=CLIENT.client_id,
        client_secret=CLIENT.client_secret,
        scopes=["chat:write", "commands"],
        installation_store=store,
        state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=store.base_dir),
        authorization_url=f"{desk.url}/oauth/v2/authorize",
    )
    client = AsyncWebClient(base_url=desk.api_url)
    app = AsyncApp(signing_secret=SECRET, client=client, oauth_settings=settings)
    assert app.oauth_flow is not None
    app.oauth_flow.client.base_url = desk.api_url
    return app.oauth_flow


@asynccontextmanager
async def installing(flow: AsyncOAuthFlow) -> AsyncIterator[str]:
    """Serve an app that can be installed; its address."""
    served = web.Application()
    served.router.add_get("/slack/install", _answering(flow.handle_installation))
    served.router.add_get("/slack/oauth_redirect", _answering(flow.handle_callback))
    runner = web.AppRunner(served, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    flow.settings.redirect_uri = f"{address}/slack/oauth_redirect"
    flow.settings.authorize_url_generator.redirect_uri = flow.settings.redirect_uri
    try:
        yield address
    finally:
        await runner.cleanup()


def _answering(
    handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]],
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await handle(await to_bolt_request(request)))

    return answer


async def install(address: str) -> int:
    """Install the app as a browser does; the status of the last page."""
    async with aiohttp.ClientSession() as browser:
        async with browser.get(f"{address}/slack/install") as page:
            (asked,) = re.findall(r'href="([^"]*authorize[^"]*)"', await page.text())
            cookie = page.headers["Set-Cookie"].partition(";")[0]
        async with browser.get(unescape(asked)) as page:
            assert "chat:write" in await page.text()
        said = {"decision": "allow", "user": NURSE.id}
        url = unescape(asked)
        async with browser.post(url, data=said, allow_redirects=False) as answer:
            back = answer.headers["Location"]
        async with browser.get(back, headers={"Cookie": cookie}) as done:
            return done.status


async def test_an_installed_apps_token_ends_and_is_renewed(
    surfaces: Workspace, clock: SteppedClock, tmp_path: Path
) -> None:
    store = FileInstallationStore(base_dir=str(tmp_path), client_id=CLIENT.client_id)
    async with installing(make_flow(surfaces, store)) as address:
        assert await install(address) == 200
    bot = store.find_bot(enterprise_id=None, team_id="T0DESK00001")
    assert bot is not None
    client = AsyncWebClient(bot.bot_token, base_url=surfaces.api_url)
    assert (await client.auth_test())["user_id"] == surfaces.bot.id

    clock.step(LIFE + 1)
    ended = await refusal(client, "auth.test")
    rotator = AsyncTokenRotator(
        client_id=CLIENT.client_id, client_secret=CLIENT.client_secret, client=client
    )
    fresh = await rotator.perform_bot_token_rotation(
        bot=bot, minutes_before_expiration=60 * 24
    )

    assert ended["error"] == "token_expired"
    assert fresh is not None
    client.token = fresh.bot_token
    scoped = await refusal(client, "users.list")
    assert scoped["provided"] == "chat:write,commands"


async def test_a_refresh_token_and_a_code_are_used_once(surfaces: Workspace) -> None:
    client = AsyncWebClient(base_url=surfaces.api_url)
    given = {"client_id": CLIENT.client_id, "client_secret": CLIENT.client_secret}
    url = (
        f"{surfaces.url}/oauth/v2/authorize?client_id={CLIENT.client_id}"
        "&scope=chat:write&user_scope=search:read&state=s&redirect_uri=http://a.example/"
    )
    async with aiohttp.ClientSession() as browser:
        said = {"decision": "allow", "user": NURSE.id}
        async with browser.post(url, data=said, allow_redirects=False) as answer:
            back = parse_qs(urlsplit(answer.headers["Location"]).query)
        async with browser.post(url, allow_redirects=False) as answer:
            declined = parse_qs(urlsplit(answer.headers["Location"]).query)

    code = back["code"][0]
    first = await client.oauth_v2_access(code=code, **given)
    renewing = {**given, "grant_type": "refresh_token"}
    again = {**renewing, "refresh_token": first["refresh_token"]}
    await client.oauth_v2_access(**again)

    assert declined == {"error": ["access_denied"], "state": ["s"]}
    assert back["state"] == ["s"]
    assert first["authed_user"]["id"] == NURSE.id
    words = [
        (await refusal(client, "oauth.v2.access", **bad))["error"]
        for bad in (
            {**given, "code": code},
            {**given, "code": "x"},
            again,
            {**given, "client_secret": "x"},
            {**given, "client_id": "x"},
            {**given, "grant_type": "x"},
        )
    ]
    assert words == [
        "code_already_used",
        "invalid_code",
        "invalid_refresh_token",
        "bad_client_secret",
        "invalid_client_id",
        "invalid_grant_type",
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("client_id=9", "invalid_client_id"),
        ("client_id=1.2", "invalid_scope"),
        ("client_id=1.2&scope=x&redirect_uri=javascript:x", "bad_redirect_uri"),
        ("client_id=1.2&scope=x&redirect_uri=http://[", "bad_redirect_uri"),
    ],
)
async def test_a_wrong_request_for_consent_says_what_is_wrong(
    surfaces: Workspace, session: aiohttp.ClientSession, query: str, said: str
) -> None:
    url = f"{surfaces.url}/oauth/v2/authorize?{query}"
    async with session.get(url) as answer:
        assert (answer.status, said in await answer.text()) == (400, True)
