"""One app, installed in two workspaces by their own people, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot.answering.desk import Desk
from bot.knowledge.load import Knowledge
from bot.settings import Settings
from bot.slack.app import SlackDesk, open_desk
from bot.slack.entry import EVENTS
from bot.slack.memories import Memories
from bot.slack.person import Person
from bot.slack.preferences import Preference
from bot.slack.serving import listening
from bot.workspace.directory import NURSE, Channel, Team, WorkspaceConfig
from bot.workspace.directory import Person as Somebody
from bot.workspace.features import Features
from bot.workspace.messages import Message
from bot.workspace.town import Town, running_town
from bot.workspace.workspace import Workspace
from tests.slack.door import remembering
from tests.slack.test_in_workspace import ASK, CLIENT, MANIFEST


WARD, LAB = Team("T0WARD00001", "Ward", "ward"), Team("T0LAB000001", "Lab", "lab")
PLACES = {WARD.id: "C0WARD00001", LAB.id: "C0LAB000001"}
DARK = Preference(theme="dark")


def config_of(team: Team) -> WorkspaceConfig:
    number = team.id[2:]
    return WorkspaceConfig(
        channels=(Channel(PLACES[team.id], "questions"),),
        team=team,
        bot=Somebody(f"U0BOT{number}", "desk", "Trial desk", "App", f"B0BOT{number}"),
        features=Features.from_manifest(MANIFEST, CLIENT),
    )


@dataclass
class Installed:
    """The app that serves both workspaces."""

    town: Town
    desk: SlackDesk
    address: str
    memories: Memories

    def place(self, team: Team) -> Workspace:
        found = self.town.desk(team.id)
        assert found is not None
        return found

    async def install(self, team: Team) -> str:
        """Install the app as a browser does; what the last page says."""
        async with aiohttp.ClientSession() as browser:
            start = f"{self.address}/slack/install"
            async with browser.get(start, allow_redirects=False) as sent:
                cookie = sent.headers["Set-Cookie"].partition(";")[0]
                back = f"{self.address}/slack/oauth_redirect"
                consent = f"{sent.headers['Location']}&redirect_uri={back}"
            async with browser.get(consent) as choosing:
                assert f"team={team.id}" in await choosing.text()
            chosen = f"{consent}&team={team.id}"
            said = {"decision": "allow", "user": NURSE.id}
            async with browser.post(chosen, data=said, allow_redirects=False) as agreed:
                back = agreed.headers["Location"]
            async with browser.get(back, headers={"Cookie": cookie}) as done:
                return await done.text()

    async def ask(self, team: Team) -> Message:
        place = self.place(team)
        text = f"<@{place.bot.id}> {ASK}"
        root = place.speak(NURSE.id, PLACES[team.id], text)
        (reply,) = await place.replies(PLACES[team.id], root)
        await self.settle()
        return reply

    async def settle(self) -> None:
        for place in self.town.desks:
            await place.settle()
        await self.desk.in_flight.settled()


@pytest.fixture
async def app(tiny: Knowledge) -> AsyncIterator[Installed]:
    async with running_town(map(config_of, (WARD, LAB))) as town:
        values: dict[str, Any] = {
            "slack_client_id": CLIENT.client_id,
            "slack_client_secret": SecretStr(CLIENT.client_secret),
            "slack_signing_secret": SecretStr("only-in-tests"),
            "encryption_keys": SecretStr(Fernet.generate_key().decode()),
            "slack_api_url": town.api_url,
            "port": 0,
        }
        settings = Settings(_env_file=None, **values)
        async with (
            remembering() as memories,
            open_desk(settings, Desk(tiny), memories) as desk,
            listening(desk, settings) as port,
        ):
            address = f"http://127.0.0.1:{port}"
            town.connect(f"{address}{EVENTS}", "only-in-tests")
            yield Installed(town, desk, address, memories)


@pytest.fixture
async def both(app: Installed) -> Installed:
    for team in (WARD, LAB):
        assert await app.install(team) == (
            "The app is installed. You can close this page."
        )
    return app


async def token_of(app: Installed, team: Team) -> str:
    assert app.desk.installing is not None
    kept = await app.desk.installing.installations.of(team.id)
    return "" if kept is None else kept.token


async def test_each_workspace_is_answered_in_itself_by_its_own_bot(
    both: Installed,
) -> None:
    replies = [await both.ask(team) for team in (WARD, LAB)]

    assert [reply.user for reply in replies] == [
        both.place(WARD).bot.id,
        both.place(LAB).bot.id,
    ]
    assert [reply.channel for reply in replies] == [PLACES[WARD.id], PLACES[LAB.id]]


async def test_the_token_of_one_workspace_opens_nothing_in_the_other(
    both: Installed,
) -> None:
    assert both.desk.installing is not None
    client, of_ward = both.desk.installing.client, await token_of(both, WARD)

    known = await client.auth_test(token=of_ward)
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(
            token=of_ward, channel=PLACES[LAB.id], text="hello"
        )

    assert known["team_id"] == WARD.id
    assert of_ward != await token_of(both, LAB)


async def test_a_workspace_that_did_not_install_the_app_hears_nothing(
    app: Installed,
) -> None:
    await app.install(WARD)
    lab = app.place(LAB)

    root = lab.speak(NURSE.id, PLACES[LAB.id], f"<@{lab.bot.id}> {ASK}")
    await app.settle()

    assert [one.user for one in lab.thread(PLACES[LAB.id], root)] == [NURSE.id]


async def test_one_workspace_leaves_and_the_other_stays_as_it_was(
    both: Installed,
) -> None:
    for team in (WARD, LAB):
        await both.memories.preferences.keep(Person(team.id, NURSE.id), DARK)
        await both.ask(team)

    ward = both.place(WARD)
    ward.seat(NURSE.id).uninstall()
    await both.settle()
    root = ward.speak(NURSE.id, PLACES[WARD.id], f"<@{ward.bot.id}> {ASK}")
    await both.settle()

    settings = [
        await both.memories.preferences.of(Person(team.id, NURSE.id))
        for team in (WARD, LAB)
    ]
    assert settings == [Preference(), DARK]
    assert (await token_of(both, WARD), bool(await token_of(both, LAB))) == ("", True)
    assert [one.user for one in ward.thread(PLACES[WARD.id], root)] == [NURSE.id]
    assert (await both.ask(LAB)).user == both.place(LAB).bot.id


async def test_a_workspace_that_left_can_come_back(both: Installed) -> None:
    both.place(WARD).seat(NURSE.id).uninstall()
    await both.settle()

    await both.install(WARD)

    assert (await both.ask(WARD)).user == both.place(WARD).bot.id


async def test_a_call_with_nobody_s_token_is_refused(app: Installed) -> None:
    assert app.desk.installing is not None
    client = app.desk.installing.client

    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.auth_test(token="xoxb-nobody's")  # noqa: S106  made up
    async with (
        aiohttp.ClientSession() as browser,
        browser.post(f"{app.town.url}/oauth/v2/authorize") as answer,
    ):
        assert (answer.status, "choose one" in await answer.text()) == (400, True)
