"""The addresses that the page and other processes use."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.workspace.directory import NURSE, PRESS, REGISTRAR
from bot.workspace.typed import as_markup
from bot.workspace.workspace import Workspace
from tests.workspace.desks import QUESTIONS, Ear, make_config


Told = Callable[[dict[str, Any]], Awaitable[tuple[int, Any]]]


@pytest.fixture
def told(desk: Workspace, session: aiohttp.ClientSession) -> Told:
    async def speak(body: dict[str, Any]) -> tuple[int, Any]:
        async with session.post(f"{desk.url}/desk/speak", json=body) as response:
            return response.status, await response.json()

    return speak


async def test_typed_words_become_markup(
    desk: Workspace, session: aiohttp.ClientSession
) -> None:
    said = {"user": NURSE.id, "channel": QUESTIONS.id, "typed": "@trial desk is 3<4?"}

    async with session.post(f"{desk.url}/desk/speak", json=said) as response:
        ts = (await response.json())["ts"]

    assert desk.state.message(QUESTIONS.id, ts).text == "<@U0BOT000001> is 3&lt;4?"


@pytest.mark.parametrize(
    ("typed", "markup"),
    [
        ("a & b <c>", "a &amp; b &lt;c&gt;"),
        ("see https://a.example/x?y=1", "see <https://a.example/x?y=1>"),
        ("@Nobody here", "@Nobody here"),
        ("@desks", "@desks"),
    ],
)
def test_only_links_and_known_names_are_marked(typed: str, markup: str) -> None:
    assert as_markup(typed, make_config().directory) == markup


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        pytest.param(
            {"user": "U1", "channel": QUESTIONS.id, "typed": "x"},
            404,
            "Nobody here has the id 'U1'.",
            id="stranger",
        ),
        pytest.param(
            {"user": NURSE.id, "channel": "#lost", "typed": "x"},
            404,
            "There is no channel '#lost' here.",
            id="no such channel",
        ),
        pytest.param(
            {"user": NURSE.id, "channel": QUESTIONS.id, "typed": "  "},
            404,
            "There are no words in this message.",
            id="nothing said",
        ),
        pytest.param(
            {"user": NURSE.id}, 400, "channel: Field required", id="incomplete"
        ),
    ],
)
async def test_bad_input_gets_one_sentence(
    told: Told, body: dict[str, Any], status: int, error: str
) -> None:
    assert await told(body) == (status, {"error": error})


async def test_each_person_sees_their_own_talk_and_whispers(
    desk: Workspace, session: aiohttp.ClientSession, ear: Ear
) -> None:
    ear.answer = "psst"
    desk.speak(NURSE.id, "D0NURSE0001", "mine")
    await desk.command(NURSE.id, QUESTIONS.id, "/desk")

    seen = {}
    for person in (NURSE, PRESS):
        url = f"{desk.url}/desk/state?user={person.id}"
        async with session.get(url) as response:
            seen[person.id] = [m["text"] for m in (await response.json())["messages"]]

    assert seen == {NURSE.id: ["psst", "mine"], PRESS.id: []}


async def test_changes_arrive_live_and_only_for_who_may_see_them(
    desk: Workspace, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{desk.url}/desk/stream?user={PRESS.id}") as stream:
        assert await stream.content.readline() == b": listening\n"
        await stream.content.readline()

        desk.speak(NURSE.id, "D0NURSE0001", "not for you")
        desk.speak(REGISTRAR.id, QUESTIONS.id, "for all")

        assert await stream.content.readline() == b"event: message\n"
        data = (await stream.content.readline()).removeprefix(b"data: ")
        assert json.loads(data)["text"] == "for all"


async def test_another_process_can_read_threads(
    desk: Workspace, session: aiohttp.ClientSession
) -> None:
    root = desk.speak(NURSE.id, QUESTIONS.id, "one")
    desk.speak(NURSE.id, QUESTIONS.id, "two", root)

    url = f"{desk.url}/desk/thread?channel={QUESTIONS.id}&ts={root}"
    async with session.get(url) as response:
        texts = [m["text"] for m in (await response.json())["messages"]]

    assert texts == ["one", "two"]


async def test_pages_of_other_sites_are_refused(
    desk: Workspace, session: aiohttp.ClientSession
) -> None:
    async with session.get(desk.url, headers={"Host": "evil.example"}) as response:
        assert response.status == 403
    body = b'{"user": "U0NURSE0001"}'
    async with session.post(f"{desk.url}/desk/speak", data=body) as response:
        assert response.status == 415


async def test_the_page_asks_nobody_else(
    desk: Workspace, session: aiohttp.ClientSession
) -> None:
    async with session.get(desk.url) as response:
        page = await response.text()
        policy = response.headers["Content-Security-Policy"]

    assert "http://" not in page
    assert "https://" not in page
    assert "default-src 'self'" in policy


async def test_tokens_are_hidden_from_the_drawer(
    desk: Workspace, ear: Ear, session: aiohttp.ClientSession
) -> None:
    assert ear.heard == []
    form = {"token": "xoxb-test", "channel": QUESTIONS.id}
    async with session.post(f"{desk.api_url}conversations.info", data=form):
        pass

    assert "xoxb" not in json.dumps([e.to_json() for e in desk.state.exchanges.kept])
