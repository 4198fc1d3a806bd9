"""Somebody presses Stop while we work on an answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.slack import courtesies
from bot.slack.stopping import UnderWay
from tests.fakes import FakeSlack, Refusal
from tests.make import make_composition
from tests.slack.door import Body, Door, Heard, make_direct, make_mention


LATER = Refusal(status=429, error="ratelimited", retry_after="100")
STOPPED = "I stopped, and that question stays unanswered. Ask again at any time."


def make_stop(channel: str = "D1", thread_ts: str = "10.1") -> Body:
    where = {"channel": channel, "thread_ts": thread_ts}
    return {
        "type": "agent_session_stopped",
        **where,
        "user": "U1",
        "streaming_message_ts": [],
    }


@asynccontextmanager
async def waiting(
    door: Door, slack: FakeSlack, event: Body
) -> AsyncIterator[asyncio.Task[Heard]]:
    """An answer that Slack does not take for a hundred seconds."""
    slack.refuse("chat.postMessage", LATER)
    asked = asyncio.create_task(door.event(event))
    await slack.called("chat.postMessage")
    yield asked
    await asked


@pytest.mark.parametrize(
    ("event", "stop"),
    [(make_direct(), make_stop()), (make_mention(), make_stop("C1"))],
)
async def test_what_was_stopped_is_not_posted_and_that_is_said(
    door: Door, slack: FakeSlack, event: Body, stop: Body
) -> None:
    async with waiting(door, slack, event):
        await door.event(stop)

    assert [post["text"] for post in slack.posted] == [STOPPED]
    assert slack.posted[0]["thread_ts"] == "10.1"


async def test_the_status_is_taken_away_and_the_session_goes_on(
    door: Door, slack: FakeSlack
) -> None:
    async with waiting(door, slack, make_direct()):
        await door.event(make_stop())

    assert slack.taken["assistant.threads.setStatus"][-1]["status"] == ""
    last = slack.taken["agents.sessions.setStatus"][-1]
    assert (last["channel_id"], last["thread_ts"]) == ("D1", "10.1")
    assert last["status"] == "active"


async def test_an_answer_elsewhere_goes_on(door: Door, slack: FakeSlack) -> None:
    slack.hold("chat.postMessage")
    asked = asyncio.create_task(door.event(make_direct()))
    await slack.called("chat.postMessage")

    stopped = [
        asyncio.create_task(door.event(make_stop("D2"))),
        asyncio.create_task(door.event(make_stop(thread_ts="9.9"))),
    ]
    await slack.until(slack.taken["agents.sessions.setStatus"], 2)
    slack.open.set()
    await asyncio.gather(asked, *stopped)

    assert [post["text"] for post in slack.posted] == [make_composition().answer]


async def test_stop_after_the_answer_changes_nothing(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_direct())
    await door.event(make_stop())

    assert [post["text"] for post in slack.posted] == [make_composition().answer]
    assert slack.taken["chat.delete"] == []


async def test_a_follow_up_does_not_build_on_a_stopped_question(
    door: Door, slack: FakeSlack, answers: Any
) -> None:
    async with waiting(door, slack, make_direct("how many gauges?")):
        await door.event(make_stop())
    await door.event(make_direct("and the storms?", ts="10.3", thread_ts="10.1"))

    assert answers.asked[-1].thread == ()


async def test_a_direct_conversation_offers_stop_while_we_work(
    door: Door, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courtesies, "SOON", 0.0)
    slack.hold("chat.postMessage")
    asked = asyncio.create_task(door.event(make_direct()))
    await slack.until(slack.taken["agents.sessions.setStatus"], 1)
    slack.open.set()
    await asked

    said = [call["status"] for call in slack.taken["agents.sessions.setStatus"]]
    assert said == ["processing", "active"]


async def test_who_ends_the_process_ends_the_answer_too() -> None:
    under_way, begun = UnderWay(), asyncio.Event()

    async def answer() -> None:
        begun.set()
        await asyncio.Event().wait()

    giving = asyncio.create_task(under_way.finished("T1:D1:10.1", answer()))
    await begun.wait()
    giving.cancel()

    with pytest.raises(asyncio.CancelledError):
        await giving
    assert under_way.stop("T1:D1:10.1") == 0


async def test_an_answer_that_breaks_says_so_as_before() -> None:
    async def answer() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await UnderWay().finished("T1:D1:10.1", answer())
