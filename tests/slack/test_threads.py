"""Threads, edits and deletions: what is said where we were asked before."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.slack import courtesies
from tests.fakes import BOT_ID, BOT_USER, CannedAnswers, FakeSlack
from tests.make import make_composition
from tests.slack.door import Body, Door, make_direct, make_envelope, make_mention


def make_reply(text: str = "and after two years?", **changes: Any) -> Body:
    said = {"channel": "C1", "channel_type": "channel", "ts": "11.1"}
    return make_direct(text, **{**said, "thread_ts": "10.1", **changes})


def make_edit(text: str = "what now?", **changes: Any) -> Body:
    now = {"type": "message", "user": "U1", "text": text, "ts": "10.1"}
    before = {**now, "text": "how many gauges?"}
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": "C1",
        "channel_type": "channel",
        "ts": "12.1",
        "message": {**now, "edited": {"user": "U1", "ts": "130.0"}},
        "previous_message": before,
    }
    return {**event, **changes}


def make_deletion(ts: str = "10.1") -> Body:
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": "C1",
        "channel_type": "channel",
        "deleted_ts": ts,
        "ts": "12.1",
        "previous_message": {"type": "message", "user": "U1", "ts": ts},
    }


async def test_a_follow_up_where_it_was_asked_needs_no_mention(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    await door.event(make_mention("<@U0BOT> one?"))
    await door.event(make_reply("two?"))

    assert [post["thread_ts"] for post in slack.posted] == ["10.1", "10.1"]
    assert answers.asked[1].text == "two?"
    assert answers.asked[1].thread == ("one?",)


async def test_a_thread_where_nobody_asked_is_left_alone(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_mention())
    await door.event(make_reply(thread_ts="9.1"))

    assert len(slack.posted) == 1


@pytest.mark.parametrize(
    "text", ["<@U2> what do you think?", f"thanks <@{BOT_USER}>, and two?"]
)
async def test_words_to_somebody_else_and_mentions_are_no_follow_ups(
    door: Door, slack: FakeSlack, text: str
) -> None:
    await door.event(make_mention())
    await door.event(make_reply(text))

    assert len(slack.posted) == 1


async def test_talk_about_other_things_is_not_commented_on(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    await door.event(make_mention())
    answers.reply = make_composition(decision="out_of_scope")
    await door.event(make_reply("thank you all"))
    await door.event(make_reply("!", ts="11.2"))

    assert len(slack.posted) == 1


async def test_danger_in_a_thread_is_answered_without_a_mention(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    await door.event(make_mention())
    answers.reply = make_composition(decision="emergency", answer="Call 0000 now.")
    await door.event(make_reply("she is fitting", user="U2"))

    assert slack.posted[1]["text"] == "Call 0000 now."


async def test_an_edited_question_is_answered_anew_in_the_same_message(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    await door.event(make_mention())
    answers.reply = make_composition(answer="Nine. [1]", id="b")
    await door.event(make_edit(f"<@{BOT_USER}> what now?"))

    (update,) = slack.taken["chat.update"]
    assert len(slack.posted) == 1
    assert (update["channel"], update["text"]) == ("C1", "Nine. [1]")
    assert update["ts"] == "1700000000.000001"
    assert answers.asked[1].text == "what now?"
    assert answers.asked[1].thread == ()


async def test_a_follow_up_builds_on_the_edited_words(
    door: Door, answers: CannedAnswers
) -> None:
    await door.event(make_mention("<@U0BOT> one?"))
    await door.event(make_edit(f"<@{BOT_USER}> one and a half?"))
    await door.event(make_reply("two?"))

    assert answers.asked[2].thread == ("one and a half?",)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {"message": {**make_edit()["message"], "edited": {"ts": "130.2"}}},
            id="too late",
        ),
        pytest.param(
            {"previous_message": make_edit()["message"]}, id="only a preview was added"
        ),
        pytest.param(
            {"message": {**make_edit()["message"], "bot_id": BOT_ID}}, id="our own"
        ),
        pytest.param(
            {"message": {**make_edit()["message"], "ts": "9.9"}}, id="never answered"
        ),
        pytest.param({"message": None}, id="no message"),
        pytest.param({"previous_message": "x"}, id="another shape"),
        pytest.param(
            {"message": {**make_edit()["message"], "edited": {"ts": "soon"}}},
            id="no time",
        ),
    ],
)
async def test_other_changes_of_messages_change_no_answer(
    door: Door, slack: FakeSlack, changes: Body
) -> None:
    await door.event(make_mention())
    await door.event(make_edit(**changes))

    assert slack.taken["chat.update"] == []
    assert len(slack.posted) == 1


async def test_a_deleted_question_takes_its_answer_along(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    await door.event(make_mention())
    await door.event(make_deletion())
    await door.event(make_deletion())
    await door.event(make_reply())

    (gone,) = slack.taken["chat.delete"]
    assert (gone["channel"], gone["ts"]) == ("C1", "1700000000.000001")
    assert answers.asked[1].thread == ()


async def test_a_deleted_question_below_which_a_tombstone_is_left_takes_it_along(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_mention())
    stone = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT"}
    await door.event(make_edit(message={**stone, "ts": "10.1", "hidden": True}))

    assert len(slack.taken["chat.delete"]) == 1
    assert slack.taken["chat.update"] == []


async def test_the_deletion_of_another_message_deletes_nothing(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_mention())
    await door.event(make_deletion("9.9"))

    assert slack.taken["chat.delete"] == []


async def test_a_status_is_shown_while_it_takes_longer(
    door: Door, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courtesies, "SOON", 0.0)
    await door.event({"type": "team_join"})  # auth.test is done
    slack.hold("chat.postMessage")

    asked = asyncio.create_task(door.event(make_mention()))
    await slack.until(slack.taken["assistant.threads.setStatus"], 1)
    slack.open.set()
    await asked

    (status,) = slack.taken["assistant.threads.setStatus"]
    assert (status["channel_id"], status["thread_ts"]) == ("C1", "10.1")
    assert "trial file" in status["status"]
    assert 1 <= len(status["loading_messages"]) <= 10  # Slack's own limit
    assert slack.taken["agents.sessions.setStatus"] == []  # a channel is no session
    assert len(slack.posted) == 1


async def test_an_answer_at_once_needs_no_status(
    door: Door, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courtesies, "SOON", 10.0)  # seconds; nothing here takes that
    await door.event(make_mention())

    assert slack.taken["assistant.threads.setStatus"] == []


async def test_a_body_of_another_shape_harms_nobody(
    door: Door, slack: FakeSlack
) -> None:
    for subtype in ("message_changed", "message_deleted", "nobody_knows"):
        event = {"type": "message", "subtype": subtype, "channel": "C1"}
        assert (await door.event(event)).status == 200

    assert make_envelope({"type": "x"})["event_id"]
    assert slack.posted == []
