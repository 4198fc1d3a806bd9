"""Somebody presses Stop while we work on an answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.slack import courtesies
from tests.fakes import FakeSlack, Refusal
from tests.make import make_composition
from tests.slack.door import Body, Door, make_direct, make_mention
from tests.slack.test_threads import make_edit


LATER = Refusal(status=429, error="ratelimited", retry_after="100")
KEY = "T1:D1:10.1"
STOPPED = "I stopped, and that question stays unanswered. Ask again at any time."


def make_stop(channel: str = "D1", thread_ts: str = "10.1") -> Body:
    where = {"channel": channel, "thread_ts": thread_ts}
    return {
        "type": "agent_session_stopped",
        **where,
        "user": "U1",
        "streaming_message_ts": [],
    }


async def put_off(door: Door, slack: FakeSlack, event: Body) -> None:
    """Ask what Slack lets us answer in a hundred seconds only."""
    slack.refuse("chat.postMessage", LATER)
    await door.event(event)


@pytest.mark.parametrize(
    ("event", "stop"),
    [(make_direct(), make_stop()), (make_mention(), make_stop("C1"))],
)
async def test_what_was_stopped_is_not_posted_and_that_is_said(
    door: Door, slack: FakeSlack, event: Body, stop: Body
) -> None:
    await put_off(door, slack, event)
    await door.event(stop)

    assert [post["text"] for post in slack.posted] == [STOPPED]
    assert slack.posted[0]["thread_ts"] == "10.1"


async def test_the_status_is_taken_away_and_the_session_goes_on(
    door: Door, slack: FakeSlack
) -> None:
    await put_off(door, slack, make_direct())
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
    await put_off(door, slack, make_direct("how many gauges?"))
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


async def test_an_answer_that_is_put_off_can_still_be_stopped(
    door: Door, slack: FakeSlack
) -> None:
    await put_off(door, slack, make_direct())

    assert slack.taken["agents.sessions.setStatus"][-1]["status"] == "processing"
    assert slack.posted == []


async def test_an_answer_that_was_put_off_ends_the_offer_to_stop(
    door: Door, slack: FakeSlack
) -> None:
    await put_off(door, slack, make_direct())

    await door.desk.workers.take_up(KEY)

    assert slack.taken["agents.sessions.setStatus"][-1]["status"] == "active"
    assert [post["text"] for post in slack.posted] == [make_composition().answer]


async def test_what_left_before_the_stop_and_stands_is_taken_away(
    door: Door, slack: FakeSlack
) -> None:
    slack.hold("chat.postMessage")
    asked = asyncio.create_task(door.event(make_direct()))
    await slack.called("chat.postMessage")

    stopped = asyncio.create_task(door.event(make_stop()))
    await slack.until(slack.taken["agents.sessions.setStatus"], 1)
    slack.open.set()
    await asyncio.gather(asked, stopped)

    place = [post["text"] for post in slack.posted].index(make_composition().answer)
    (deleted,) = slack.taken["chat.delete"]
    assert deleted["ts"] == f"1700000000.{place + 1:06}"
    assert len(slack.posted) == 2


async def test_a_stopped_question_is_stopped_for_good(
    door: Door, slack: FakeSlack
) -> None:
    await put_off(door, slack, make_direct())
    await door.event(make_stop())

    await door.event(make_stop())
    await door.event(make_direct())
    await door.desk.workers.take_up(KEY)
    await door.event(make_edit(channel="D1", channel_type="im"))

    assert [post["text"] for post in slack.posted] == [STOPPED]
    (row,) = [row.told async for row in door.journal.audit.rows()]
    assert (row["kind"], row["because"]) == (
        "withdrawn",
        "its asker deleted or stopped it",
    )


async def test_a_stop_that_the_journal_does_not_take_is_sent_again(
    door: Door,
) -> None:
    await door.journal.database.writer.close()

    heard = await door.event(make_stop())

    assert heard.status == 503
