from __future__ import annotations

import asyncio
import logging

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.slack.inflight import InFlight
from bot.slack.lately import Lately
from bot.slack.signature import Signatures


def test_lately_never_holds_more_than_allowed() -> None:
    lately: Lately[int, int] = Lately(3)

    for number in range(10):
        lately.keep(number, number)

    assert len(lately) == 3


def test_a_timestamp_counts_for_five_minutes_either_way() -> None:
    signatures = Signatures("secret", clock=lambda: 1_000_000.0)

    timely = [signatures.is_timely(at) for at in (b"999700", b"999699", b"1000300")]

    assert timely == [True, False, True]


def test_the_signature_is_the_one_that_slack_documents() -> None:
    secret = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105  docs.slack.dev's example
    raw = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        b"&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
        b"&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J"
        b"%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = b"v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"

    assert Signatures(secret).sign(b"1531420618", raw) == expected


async def test_what_takes_too_long_at_the_end_is_stopped_and_reported(
    caplog: pytest.LogCaptureFixture,
) -> None:
    in_flight = InFlight()
    begun = asyncio.Event()

    async def endless() -> None:
        await in_flight.handle(AsyncBoltRequest(body=""), None)
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(endless())
    await begun.wait()
    with caplog.at_level(logging.ERROR):
        await in_flight.settled(seconds=0.01)

    assert task.cancelled()
    assert "1 answers unfinished" in caplog.text
