"""The check-up, over HTTP against the local workspace."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import pytest
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.findings import Finding
from bot.settings import Settings
from bot.slack.app import scopes
from bot.slack.check_up import Visit, check_up, scope_reasons
from bot.workspace.directory import Channel, WorkspaceConfig
from bot.workspace.faults import Fault
from bot.workspace.features import Features
from bot.workspace.server import running_workspace
from bot.workspace.workspace import Workspace
from tests.conftest import TINY
from tests.workspace.desks import CLOSED, ELSEWHERE, QUESTIONS, SECRET, TOKEN


APP_TOKEN = "xapp-only-in-tests"  # noqa: S105  nobody's token
NOBODY = "http://127.0.0.1:9/"  # the port at which everything is discarded
PICTURES = {**scope_reasons(), "files:write": "to show pictures"}


@dataclass
class Surgery:
    """A workspace, and what it takes to look at it."""

    desk: Workspace
    settings: Settings
    needed: Mapping[str, str] = field(default_factory=scope_reasons)
    now: Callable[[], float] = time.time

    async def look(self, **changes: object) -> dict[str, Finding]:
        settings = self.settings.model_copy(update=changes)
        async with aiohttp.ClientSession() as session:
            token = settings.slack_bot_token
            assert token is not None
            client = AsyncWebClient(
                token.get_secret_value(),
                base_url=settings.slack_api_url,
                session=session,
                retry_handlers=[],
            )
            visit = Visit(client, session, settings, self.needed, self.now)
            return {found.what: found async for found in visit.findings()}


@pytest.fixture
async def surgery() -> AsyncIterator[Surgery]:
    async with _open(frozenset(scopes())) as opened:
        yield opened


async def test_a_well_connected_app_has_nothing_missing(surgery: Surgery) -> None:
    found = await check_up(surgery.settings)

    assert [str(one) for one in found] == [
        "ok       bot token of @desk in Trial desk",
        "ok       clock agrees with Slack's",
        f"ok       scopes: all {len(scopes())}, and no other",
        "ok       the app is in #questions",
        "ok       history of #questions can be read",
        "ok       on-call channel #questions",
        "ok       a picture can be uploaded; it was deleted again",
    ]


async def test_without_a_token_slack_is_not_asked() -> None:
    (found,) = await check_up(Settings(slack_bot_token=SecretStr(" ")))

    assert found.state == "note"
    assert found.what == "Slack was not asked"


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("token_revoked", "install the app again"),
        ("account_inactive", "install it again"),
        ("org_login_required", "docs.slack.dev"),
    ],
)
async def test_a_token_that_is_refused_says_why_and_ends_the_visit(
    surgery: Surgery, word: str, advice: str
) -> None:
    surgery.desk.tokens.revoke([TOKEN], word)

    (found,) = (await surgery.look()).values()

    assert found.state == "missing"
    assert found.what == f"bot token: {word}"
    assert advice in found.advice


async def test_slack_that_cannot_be_reached_is_said_with_its_address(
    surgery: Surgery,
) -> None:
    (found,) = (await surgery.look(slack_api_url=NOBODY)).values()

    assert found.state == "missing"
    assert "Slack was not reached" in found.what
    assert f"allow HTTPS to {NOBODY}" in found.advice


async def test_an_answer_that_breaks_off_spoils_one_finding_alone(
    surgery: Surgery,
) -> None:
    twice = Fault("drop_before", "users.conversations", times=2)  # aiohttp tries again
    surgery.desk.faults.plan(twice)

    found = await surgery.look()

    spoilt = [name for name, one in found.items() if one.state == "missing"]
    assert len(spoilt) == 1
    assert spoilt[0].startswith("channels and their history: Slack was not reached")


async def test_a_scope_that_lacks_is_named_with_its_reason() -> None:
    async with _open(frozenset(scopes()) - {"im:history"}) as surgery:
        found = (await surgery.look())["scopes"]

    assert found.state == "missing"
    assert f"im:history ({scope_reasons()['im:history']})" in found.advice


async def test_a_scope_too_many_is_noted() -> None:
    async with _open(frozenset(scopes()) | {"admin"}) as surgery:
        found = (await surgery.look())["scopes"]

    assert found.state == "note"
    assert "take away: admin" in found.advice


async def test_scopes_that_slack_does_not_name_are_not_guessed() -> None:
    async with _open(None) as surgery:
        found = (await surgery.look())["scopes"]

    assert found.state == "note"


@pytest.mark.parametrize(
    ("ahead", "what", "state"),
    [
        (15, "clock agrees with Slack's", "ok"),
        (200, "seconds ahead of Slack's", "note"),
        (-200, "seconds behind Slack's", "note"),
        (4000, "seconds ahead of Slack's", "missing"),
    ],
)
async def test_a_clock_that_goes_wrong_is_seen_before_it_matters(
    surgery: Surgery, ahead: int, what: str, state: str
) -> None:
    surgery.now = lambda: time.time() + ahead

    (found,) = [one for name, one in (await surgery.look()).items() if "clock" in name]

    assert what in found.what
    assert found.state == state
    assert ("NTP" in found.advice) is (state != "ok")
    assert ("is refused" in found.advice) is (state == "missing")


async def test_an_app_in_no_channel_is_told_to_be_invited() -> None:
    async with _open(frozenset(scopes()), ELSEWHERE) as surgery:
        found = await surgery.look(on_call_channel="")

    assert found["the app is in no channel"].state == "note"
    assert "/invite" in found["the app is in no channel"].advice
    assert found["no on-call channel"].state == "note"


@pytest.mark.parametrize(
    ("channel", "what", "advice"),
    [
        (ELSEWHERE.id, "on-call channel #elsewhere", "/invite"),
        (CLOSED.id, "on-call channel #closed", "archived"),
        ("C0NOWHERE00", "on-call channel: channel_not_found", "invite the app"),
    ],
)
async def test_an_on_call_channel_that_cannot_be_used_is_missing(
    surgery: Surgery, channel: str, what: str, advice: str
) -> None:
    found = (await surgery.look(on_call_channel=channel))[what]

    assert found.state == "missing"
    assert advice in found.advice


@pytest.mark.parametrize(
    ("channel", "what", "state"),
    [
        (f"T1:{QUESTIONS.id}", f"curation channel #{QUESTIONS.name}", "ok"),
        (ELSEWHERE.id, "curation channel #elsewhere", "missing"),
    ],
)
async def test_the_channel_of_the_digest_is_looked_at(
    surgery: Surgery, channel: str, what: str, state: str
) -> None:
    found = await surgery.look(curation_channel=channel)

    assert found[what].state == state
    assert "no curators" not in found
    assert (await surgery.look(curators=""))["no curators"].state == "note"


async def test_history_that_may_not_be_read_is_missing() -> None:
    async with _open(frozenset(scopes()) - {"channels:history"}) as surgery:
        found = (await surgery.look())["channels and their history: missing_scope"]

    assert found.state == "missing"
    assert "deploy/manifest.yaml" in found.advice


async def test_an_app_level_token_is_tried(surgery: Surgery) -> None:
    surgery.desk.connect_socket(APP_TOKEN, TOKEN)

    good = await surgery.look(slack_app_token=SecretStr(APP_TOKEN))
    bad = await surgery.look(slack_app_token=SecretStr("xapp-another"))

    assert good["app-level token opens Socket Mode"].state == "ok"
    assert bad["app-level token: invalid_auth"].state == "missing"


async def test_a_picture_is_uploaded_and_deleted_where_pictures_are_needed() -> None:
    async with _open(frozenset(PICTURES)) as surgery:
        surgery.needed = PICTURES
        found = await surgery.look()

        assert found["a picture can be uploaded; it was deleted again"].state == "ok"
        called = [one.name for one in surgery.desk.state.exchanges.kept]
        assert called[-3:] == [
            "files.getUploadURLExternal",
            "files.completeUploadExternal",
            "files.delete",
        ]


async def test_pictures_that_may_not_be_uploaded_are_missing() -> None:
    async with _open(frozenset(scopes()) - {"files:write"}) as surgery:
        surgery.needed = PICTURES
        found = (await surgery.look())["upload of pictures: missing_scope"]

    assert found.state == "missing"


async def test_nothing_is_posted(surgery: Surgery) -> None:
    await surgery.look()

    assert surgery.desk.read(QUESTIONS.id) == ()


@asynccontextmanager
async def _open(
    allowed: frozenset[str] | None, *channels: Channel
) -> AsyncIterator[Surgery]:
    config = WorkspaceConfig(
        channels=channels or (QUESTIONS, CLOSED, ELSEWHERE),
        features=Features(scopes=allowed),
    )
    async with running_workspace(config) as desk:
        desk.connect(NOBODY, SECRET, TOKEN)
        settings = Settings(
            knowledge_dir=TINY,
            slack_bot_token=SecretStr(TOKEN),
            slack_api_url=desk.api_url,
            on_call_channel=QUESTIONS.id,
            curators="U1",
        )
        yield Surgery(desk, settings)
