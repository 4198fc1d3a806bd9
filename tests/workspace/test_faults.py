"""The workspace fails when, and as, it is told to."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import SteppedClock
from bot.workspace.faults import Fault, Faults
from bot.workspace.workspace import Workspace
from tests.workspace.desks import QUESTIONS


async def test_a_rate_limit_says_when_to_come_back(
    desk: Workspace, client: AsyncWebClient
) -> None:
    desk.faults.plan(Fault("rate_limited", "chat.postMessage", seconds=7))

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=QUESTIONS.id, text="hi")

    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert desk.read(QUESTIONS.id) == ()


@pytest.mark.parametrize(
    ("kind", "written"),
    [("error_before", 0), ("error_after", 1)],
)
async def test_a_server_error_comes_before_or_after_accepting(
    desk: Workspace, client: AsyncWebClient, kind: str, written: int
) -> None:
    desk.faults.plan(Fault(kind))  # type: ignore[arg-type]  # parametrised

    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=QUESTIONS.id, text="hi")

    assert len(desk.read(QUESTIONS.id)) == written


@pytest.mark.parametrize(
    ("kind", "written"),
    [("drop_before", 0), ("drop_after", 1)],
)
async def test_a_connection_drops_before_or_after_accepting(
    desk: Workspace, client: AsyncWebClient, kind: str, written: int
) -> None:
    client.retry_handlers.clear()
    desk.faults.plan(Fault(kind))  # type: ignore[arg-type]  # parametrised

    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=QUESTIONS.id, text="hi")

    assert len(desk.read(QUESTIONS.id)) == written


async def test_a_slow_answer_is_still_an_answer(
    desk: Workspace, client: AsyncWebClient, clock: SteppedClock
) -> None:
    begun = clock.now()
    desk.faults.plan(Fault("slow", seconds=20))

    await client.chat_postMessage(channel=QUESTIONS.id, text="hi")

    assert clock.now() - begun == 20


async def test_a_fault_is_used_up(desk: Workspace, client: AsyncWebClient) -> None:
    desk.faults.plan(Fault("rate_limited", times=2))

    for _ in range(2):
        with pytest.raises(SlackApiError):
            await client.auth_test()

    assert (await client.auth_test())["ok"]


async def test_a_fault_spoils_only_its_method(
    desk: Workspace, client: AsyncWebClient
) -> None:
    desk.faults.plan(Fault("rate_limited", "chat.update"))

    assert (await client.auth_test())["ok"]


def test_a_share_of_requests_fails_the_same_in_every_run() -> None:
    def struck() -> list[bool]:
        faults = Faults(planned=[Fault("slow", times=100, share=0.3)])
        return [faults.strike("auth.test") is not None for _ in range(50)]

    assert struck() == struck()
    assert 0 < sum(struck()) < 50


async def test_faults_can_be_planned_over_http(
    desk: Workspace, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    url = f"{desk.url}/desk/faults"
    async with session.post(url, json=[{"kind": "rate_limited"}]) as response:
        assert await response.json() == {"planned": 1}
    async with session.delete(url) as response:
        assert await response.json() == {"planned": 0}

    assert (await client.auth_test())["ok"]
