from __future__ import annotations

import socket

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import delivery
from bot.slack.blocks.notices import entry_gone
from bot.slack.pace import BURST, Pace
from bot.slack.places import Thread
from tests.fakes import CannedAnswers, FakeSlack, Refusal
from tests.logged import logged
from tests.make import make_composition
from tests.slack.door import Door, make_direct, open_door


async def test_nothing_is_unfurled_and_no_name_is_linked(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_direct())

    (post,) = slack.posted
    switches = ("unfurl_links", "unfurl_media", "link_names")
    assert [post[name] for name in switches] == [False, False, False]
    assert post["parse"] == "none"


@pytest.mark.parametrize("retry_after", ["0", None, "soon"])
async def test_it_waits_when_slack_says_so_and_posts_once(
    door: Door, slack: FakeSlack, retry_after: str | None
) -> None:
    limited = Refusal(status=429, error="ratelimited", retry_after=retry_after)
    slack.refuse("chat.postMessage", limited)

    await door.event(make_direct())

    assert slack.calls.count("chat.postMessage") == 2
    assert [post["text"] for post in slack.posted] == [make_composition().answer]


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long"])
async def test_refused_blocks_are_posted_plainer(
    door: Door, slack: FakeSlack, caplog: pytest.LogCaptureFixture, error: str
) -> None:
    slack.refuse("chat.postMessage", Refusal(error=error))

    await door.event(make_direct())

    (post,) = slack.posted
    assert {block["type"] for block in post["blocks"]} == {"section", "context"}
    assert error in logged(caplog)
    assert "Counted once a month." in str(post["blocks"])


async def test_blocks_refused_twice_leave_the_text(
    door: Door, slack: FakeSlack
) -> None:
    slack.refuse("chat.postMessage", *[Refusal(error="invalid_blocks")] * 2)

    await door.event(make_direct())

    (post,) = slack.posted
    assert "blocks" not in post
    assert post["text"] == make_composition().answer


async def test_blocks_refused_aside_are_posted_plainer(
    door: Door, slack: FakeSlack
) -> None:
    slack.refuse("aside", Refusal(status=400, error="invalid_blocks"))

    await door.command("how many?")

    kinds = {block["type"] for block in slack.asides[0]["blocks"]}
    assert kinds == {"section", "context"}


async def test_it_gives_up_on_a_slack_that_cannot_be_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "UNREACHED_WAIT", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    client = AsyncWebClient(base_url=f"http://127.0.0.1:{port}/api/", retry_handlers=[])
    way_out = delivery.Delivery(client, Pace())

    with pytest.raises(aiohttp.ClientConnectorError):
        await way_out.post(Thread("C1", "10.1"), entry_gone())


async def test_an_address_without_a_slash_at_the_end_works_too(
    slack: FakeSlack, answers: CannedAnswers
) -> None:
    address = slack.api_url.rstrip("/")

    async with open_door(slack, answers, slack_api_url=address) as door:
        await door.event(make_direct())

    assert len(slack.posted) == 1


def test_a_burst_goes_out_at_once_and_then_one_a_second() -> None:
    pace = Pace()

    delays = [pace.delay("C1", now=100.0) for _ in range(BURST + 2)]

    assert delays == [0.0] * BURST + [1.0, 2.0]


def test_each_channel_has_its_own_pace() -> None:
    pace = Pace()
    for _ in range(BURST):
        pace.delay("C1", now=100.0)

    assert pace.delay("C2", now=100.0) == 0.0


def test_a_quiet_channel_gets_its_burst_back() -> None:
    pace = Pace()
    for _ in range(BURST):
        pace.delay("C1", now=100.0)

    assert pace.delay("C1", now=100.0 + BURST) == 0.0
