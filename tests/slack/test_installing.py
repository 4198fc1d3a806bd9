"""Several workspaces: installing, renewing tokens under a lock, leaving."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SettingsError
from bot.journal.journal import Journal, open_journal
from bot.slack.installations import Installation, Seal, SealedInstallations
from bot.slack.installing import authorize_url
from bot.slack.tokens import EARLY, Credentials, Tokens
from tests.fakes import CannedAnswers, FakeSlack, Refusal
from tests.make import make_composition
from tests.slack.door import Door, make_direct, open_door


KEY = Fernet.generate_key().decode()
NOW = 1_000_000.0
SECRET = "xoxb-s3cret"  # noqa: S105  nobody's token
REFRESH = "xoxe-1-r"


def make_installation(**changes: Any) -> Installation:
    fields = {"team": "T1", "bot_user": "U0BOT", "bot_id": "B0BOT", "token": "xoxb-1"}
    return Installation(**{**fields, **changes})


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    address = f"sqlite:///{tmp_path}/journal.sqlite3"
    async with open_journal(address, clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def kept(journal: Journal) -> SealedInstallations:
    return SealedInstallations(journal.installed, Seal(KEY))


@pytest.fixture
async def door(slack: FakeSlack, answers: CannedAnswers) -> AsyncIterator[Door]:
    changes: dict[str, Any] = {
        "slack_bot_token": None,
        "slack_client_id": "1.2",
        "slack_client_secret": SecretStr("client-only-in-tests"),
        "encryption_keys": SecretStr(KEY),
    }
    async with open_door(slack, answers, **changes) as opened:
        yield opened


class Browser:
    """Somebody who installs the app."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self.cookies = ""

    async def begin(self) -> dict[str, str]:
        """Go to the install page; what it sends on to Slack."""
        async with self._door.session.get(
            f"{self._door.url}/slack/install", allow_redirects=False
        ) as response:
            assert response.status == 302
            self.cookies = response.headers["Set-Cookie"].partition(";")[0]
            sent = urlsplit(response.headers["Location"])
        return {name: values[0] for name, values in parse_qs(sent.query).items()}

    async def come_back(self, **said: str) -> tuple[int, str]:
        async with self._door.session.get(
            f"{self._door.url}/slack/oauth_redirect",
            params=said,
            headers={"Cookie": self.cookies},
        ) as response:
            return response.status, await response.text()


async def test_a_workspace_installs_the_app_and_is_answered_with_its_own_token(
    door: Door, slack: FakeSlack
) -> None:
    browser = Browser(door)
    asked = await browser.begin()
    status, text = await browser.come_back(state=asked["state"], code="c0de")
    await door.event(make_direct())

    assert (status, text) == (200, "The app is installed. You can close this page.")
    assert "chat:write" in asked["scope"].split(",")
    assert slack.taken["oauth.v2.access"][0]["code"] == "c0de"
    assert [post["text"] for post in slack.posted] == [make_composition().answer]
    assert "xoxe-only-in-tests-1" in slack.tokens


async def test_a_workspace_that_did_not_install_the_app_is_not_answered(
    door: Door, slack: FakeSlack
) -> None:
    heard = await door.event(make_direct())

    assert heard.status == 200
    assert slack.posted == []


@pytest.mark.parametrize(
    "said", [{}, {"state": "guessed", "code": "c0de"}, {"code": "c0de"}]
)
async def test_only_the_visit_that_began_here_is_taken(
    door: Door, slack: FakeSlack, said: dict[str, str]
) -> None:
    browser = Browser(door)
    await browser.begin()

    status, text = await browser.come_back(**said)

    assert status == 400
    assert "start again at /slack/install" in text
    assert slack.taken["oauth.v2.access"] == []


async def test_a_state_counts_for_one_browser_and_once(
    door: Door, slack: FakeSlack
) -> None:
    browser, other = Browser(door), Browser(door)
    asked = await browser.begin()
    await other.begin()

    stolen, _ = await other.come_back(state=asked["state"], code="c0de")
    first, _ = await browser.come_back(state=asked["state"], code="c0de")
    again, _ = await browser.come_back(state=asked["state"], code="c0de")

    assert (stolen, first, again) == (400, 200, 400)
    assert len(slack.taken["oauth.v2.access"]) == 1


async def test_who_declines_is_told_that_nothing_was_installed(door: Door) -> None:
    status, text = await Browser(door).come_back(error="access_denied")

    assert (status, text.startswith("Nothing was installed")) == (200, True)


async def test_a_code_that_slack_does_not_take_is_said_so_and_not_logged(
    door: Door, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    slack.refuse("oauth.v2.access", Refusal(error="invalid_code"))
    browser = Browser(door)
    asked = await browser.begin()

    status, text = await browser.come_back(state=asked["state"], code="very-s3cret")

    assert (status, "did not take the code" in text) == (400, True)
    ours = "".join(r.getMessage() for r in caplog.records if r.name.startswith("bot"))
    assert "very-s3cret" not in ours
    assert "client-only-in-tests" not in caplog.text
    assert not logging.getLogger("uvicorn.access").propagate  # no line for a request


@pytest.mark.parametrize(
    "case",
    [
        ({"type": "app_uninstalled"}, True),
        ({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}, True),
        ({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}, False),
    ],
)
async def test_a_workspace_that_leaves_is_forgotten(
    door: Door, slack: FakeSlack, case: Any
) -> None:
    event, is_gone = case
    kept = SealedInstallations(door.journal.installed, Seal(KEY))
    await kept.keep(make_installation())
    await door.event(event)
    await door.event(make_direct())

    assert (await kept.of("T1") is None) == is_gone
    assert len(slack.posted) == (0 if is_gone else 1)


async def test_the_pages_take_no_other_method_and_no_endless_address(
    door: Door,
) -> None:
    async with door.session.post(f"{door.url}/slack/install") as response:
        assert response.status == 405
    address = f"{door.url}/slack/oauth_redirect?code={'x' * 5000}"
    async with door.session.get(address) as response:
        assert response.status == 414


async def test_with_one_workspace_there_are_no_such_pages(
    slack: FakeSlack, answers: CannedAnswers
) -> None:
    async with (
        open_door(slack, answers) as door,
        door.session.get(f"{door.url}/slack/install") as response,
    ):
        assert response.status == 404


def test_slacks_page_stands_beside_its_api() -> None:
    assert (
        authorize_url("https://slack.com/api/")
        == "https://slack.com/oauth/v2/authorize"
    )


async def test_no_token_can_be_read_in_the_file(
    kept: SealedInstallations, tmp_path: Path
) -> None:
    await kept.keep(make_installation(token=SECRET, refresh_token=SECRET))

    assert b"s3cret" not in _files(tmp_path)
    assert await kept.of("T1") == make_installation(token=SECRET, refresh_token=SECRET)
    assert "s3cret" not in repr(await kept.of("T1"))


async def test_a_new_key_reads_what_the_old_one_wrote(
    kept: SealedInstallations, journal: Journal
) -> None:
    await kept.keep(make_installation())
    new = Fernet.generate_key().decode()

    both = SealedInstallations(journal.installed, Seal(f"{new}, {KEY}"))
    neither = SealedInstallations(journal.installed, Seal(new))

    assert await both.of("T1") == make_installation()
    assert await neither.of("T1") is None


def test_the_words_of_one_workspace_are_not_those_of_another() -> None:
    seal = Seal(KEY)

    assert seal.open("T2", seal.close(make_installation())) is None


@pytest.mark.parametrize("keys", ["", "no key", ","])
def test_a_key_that_is_none_says_how_to_make_one(keys: str) -> None:
    with pytest.raises(SettingsError, match=re.escape("generate_key()")):
        Seal(keys)


async def test_a_state_runs_out(tmp_path: Path) -> None:
    now = [NOW]
    address = f"sqlite:///{tmp_path}/states.sqlite3"
    async with open_journal(address, clock=lambda: now[0]) as journal:
        kept = SealedInstallations(journal.installed, Seal(KEY))
        await kept.expect("a")
        await kept.expect("b")

        now[0] += 599
        in_time = await kept.is_expected("a")
        now[0] += 2
        too_late = await kept.is_expected("b")

    assert (in_time, too_late) == (True, False)


@pytest.fixture
async def tokens(slack: FakeSlack, kept: SealedInstallations) -> AsyncIterator[Tokens]:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            base_url=slack.api_url, session=session, retry_handlers=[]
        )
        yield Tokens(kept, client, Credentials("1.2", "s"), clock=lambda: NOW)


async def test_a_token_near_its_end_is_renewed_once_for_all_who_wait(
    tokens: Tokens, slack: FakeSlack, kept: SealedInstallations
) -> None:
    due = NOW + EARLY - 1
    await kept.keep(make_installation(refresh_token=REFRESH, until=due))

    found = await asyncio.gather(*(tokens.of("T1") for _ in range(20)))

    assert len(slack.taken["oauth.v2.access"]) == 1
    assert {one.token for one in found if one} == {"xoxe-only-in-tests-1"}
    assert await kept.of("T1") == found[0]


@pytest.mark.parametrize("until", [None, NOW + EARLY + 1])
async def test_a_token_that_lasts_is_left_alone(
    tokens: Tokens, slack: FakeSlack, kept: SealedInstallations, until: float | None
) -> None:
    await kept.keep(make_installation(until=until))

    found = await tokens.of("T1")

    assert found == make_installation(until=until)
    assert slack.calls == []


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(("ratelimited", NOW + 60, (True, True)), id="lasts"),
        pytest.param(("ratelimited", NOW - 60, (False, True)), id="ran out"),
        pytest.param(
            ("invalid_refresh_token", NOW + 60, (False, False)), id="taken back"
        ),
    ],
)
async def test_a_token_that_cannot_be_renewed_is_used_while_it_lasts(
    tokens: Tokens,
    slack: FakeSlack,
    kept: SealedInstallations,
    case: tuple[str, float, tuple[bool, bool]],
) -> None:
    error, until, expected = case
    await kept.keep(make_installation(refresh_token=REFRESH, until=until))
    slack.refuse("oauth.v2.access", Refusal(error=error))

    found = await tokens.of("T1")

    assert (found is not None, await kept.of("T1") is not None) == expected


def _files(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())
