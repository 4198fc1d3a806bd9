"""An app in Socket Mode hears the same over its own connection."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot.workspace.directory import NURSE
from bot.workspace.seat import Seat
from bot.workspace.workspace import Workspace
from tests.workspace.desks import QUESTIONS, TOKEN
from tests.workspace.surface_app import Told, make_app


APP_TOKEN = "xapp-test"  # noqa: S105  made up


@pytest.fixture
async def heard(surfaces: Workspace) -> AsyncIterator[Told]:
    told = Told()
    app = make_app(surfaces, told)
    surfaces.connect_socket(APP_TOKEN, TOKEN)
    line = AsyncSocketModeHandler(app, APP_TOKEN, ping_interval=1)
    await line.client.connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it
    yield told
    await line.client.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it


async def test_events_views_and_taps_arrive_in_envelopes(
    surfaces: Workspace, seat: Seat, heard: Told
) -> None:
    surfaces.speak(NURSE.id, QUESTIONS.id, "hello")
    await surfaces.settle()
    await seat.use_shortcut("ask")
    await surfaces.wait_for(lambda: seat.modal)
    heard.answer = {"response_action": "errors", "errors": {"words": "Not that"}}

    assert [event["text"] for event in heard.of("message")] == ["hello"]
    assert await seat.submit({"words": "hello"}) == {"words": "Not that"}
    assert await seat.suggest("topic", "x") == ["x-one", "two"]


async def test_the_app_reconnects_when_it_is_asked_to(
    surfaces: Workspace, heard: Told
) -> None:
    await surfaces.sockets.ask_to_reconnect()
    while not surfaces.sockets.connected:
        await surfaces.state.clock.sleep(0)

    surfaces.speak(NURSE.id, QUESTIONS.id, "still there?")
    await surfaces.settle()
    assert heard.of("message")[0]["text"] == "still there?"


async def test_without_a_connection_the_app_is_unreachable(surfaces: Workspace) -> None:
    surfaces.connect_socket(APP_TOKEN, TOKEN)
    surfaces.speak(NURSE.id, QUESTIONS.id, f"<@{surfaces.bot.id}> hello")
    await surfaces.settle()

    assert surfaces.state.exchanges.kept[-1].note == "connection_failed"


async def test_a_connection_says_hello_and_takes_each_ticket_once(
    surfaces: Workspace, session: aiohttp.ClientSession
) -> None:
    surfaces.connect_socket(APP_TOKEN, TOKEN)
    headers = {"Authorization": f"Bearer {APP_TOKEN}"}
    opening = f"{surfaces.api_url}apps.connections.open"
    async with session.post(opening, headers=headers) as response:
        url = (await response.json())["url"]

    async with session.ws_connect(url) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
