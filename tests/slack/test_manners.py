from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.answering.composition import Decision
from tests.fakes import BOT_ID, BOT_USER, BrokenAnswers, CannedAnswers, FakeSlack
from tests.fakes import Refusal as Refused
from tests.logged import logged
from tests.make import make_composition
from tests.slack.door import (
    BOT_TOKEN,
    SIGNING,
    Door,
    make_direct,
    make_mention,
    open_door,
)


async def test_a_mention_is_answered_in_its_thread(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_mention(ts="10.1"))

    (post,) = slack.posted
    assert (post["channel"], post["thread_ts"]) == ("C1", "10.1")
    assert post["text"] == make_composition().answer


async def test_a_mention_inside_a_thread_is_answered_in_that_thread(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_mention(ts="10.2", thread_ts="9.1"))

    assert slack.posted[0]["thread_ts"] == "9.1"


@pytest.mark.parametrize("subtype", [None, "file_share", "thread_broadcast"])
async def test_a_direct_message_is_answered(
    door: Door, slack: FakeSlack, subtype: str | None
) -> None:
    await door.event(make_direct(subtype=subtype))

    assert slack.posted[0]["channel"] == "D1"


async def test_a_reply_in_a_direct_thread_is_answered_there(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_direct(ts="10.2", thread_ts="9.1"))

    assert slack.posted[0]["thread_ts"] == "9.1"


@pytest.mark.parametrize("kind", ["channel", "group", "mpim"])
async def test_a_message_in_a_channel_without_mention_is_left_alone(
    door: Door, slack: FakeSlack, kind: str
) -> None:
    await door.event(make_direct(channel="C1", channel_type=kind))

    assert slack.posted == []


@pytest.mark.parametrize("make", [make_mention, make_direct])
@pytest.mark.parametrize(
    "extra",
    [
        pytest.param({"user": BOT_USER}, id="itself by user"),
        pytest.param({"bot_id": BOT_ID}, id="itself by bot"),
        pytest.param({"bot_id": "B9"}, id="another bot"),
        pytest.param({"bot_profile": {"id": "B9"}}, id="another bot's profile"),
        pytest.param({"user": "USLACKBOT"}, id="slackbot"),
        pytest.param({"subtype": "bot_message"}, id="a bot's message"),
        pytest.param({"subtype": "message_changed"}, id="an edit"),
        pytest.param({"subtype": "message_deleted"}, id="a deletion"),
        pytest.param({"subtype": "channel_join"}, id="an arrival"),
        pytest.param({"edited": {"user": "U1", "ts": "11.1"}}, id="edited"),
        pytest.param({"hidden": True}, id="hidden"),
    ],
)
async def test_only_new_messages_of_people_are_answered(
    door: Door, slack: FakeSlack, make: Any, extra: dict[str, Any]
) -> None:
    heard = await door.event(make(**extra))

    assert heard.status == 200
    assert slack.posted == []


async def test_a_message_that_arrives_twice_is_answered_once(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_direct(f"<@{BOT_USER}> how many?"))
    await door.event(make_mention(f"<@{BOT_USER}> how many?", channel="D1"))
    await door.event(make_direct(f"<@{BOT_USER}> how many?"))

    assert len(slack.posted) == 1


async def test_two_messages_are_two_questions(door: Door, slack: FakeSlack) -> None:
    await door.event(make_direct(ts="10.1"))
    await door.event(make_direct(ts="10.2"))

    assert len(slack.posted) == 2


@pytest.mark.parametrize("place", ["envelope", "event"])
async def test_it_is_silent_where_other_organisations_read(
    door: Door, slack: FakeSlack, place: str
) -> None:
    shared: dict[str, Any] = {"is_ext_shared_channel": True}

    if place == "envelope":
        heard = await door.event(make_mention(), **shared)
    else:
        heard = await door.event(make_mention(**shared))

    assert heard.status == 200
    assert slack.calls == []


async def test_it_answers_in_shared_channels_if_it_is_allowed_to(
    slack: FakeSlack, answers: CannedAnswers
) -> None:
    async with open_door(slack, answers, answer_shared_channels=True) as door:
        await door.event(make_mention(), is_ext_shared_channel=True)

    assert len(slack.posted) == 1


async def test_the_question_is_what_was_typed_without_our_mention(
    door: Door, answers: CannedAnswers
) -> None:
    await door.event(make_mention(f"<@{BOT_USER}> <@U2> is x &lt; 3?"))
    await door.event(make_mention(f"<@{BOT_USER}|desk> and y?", ts="10.2"))

    assert [asked.text for asked in answers.asked] == ["is x < 3?", "and y?"]


async def test_a_follow_up_brings_the_askers_earlier_questions(
    door: Door, answers: CannedAnswers
) -> None:
    await door.event(make_direct("one?", ts="10.1"))
    await door.event(
        make_direct("somebody else?", ts="10.2", thread_ts="10.1", user="U2")
    )
    await door.event(make_direct("another thread?", ts="11.1"))
    await door.event(make_direct("two?", ts="10.3", thread_ts="10.1"))

    assert [asked.thread for asked in answers.asked] == [(), (), (), ("one?",)]


@pytest.mark.parametrize("decision", ["emergency", "report"])
async def test_the_words_of_an_emergency_or_a_report_are_not_kept(
    door: Door, answers: CannedAnswers, decision: Decision
) -> None:
    answers.reply = make_composition(decision=decision)

    await door.event(make_direct("somebody is very ill", ts="10.1"))
    await door.event(make_direct("and now?", ts="10.2", thread_ts="10.1"))

    assert answers.asked[1].thread == ()


async def test_a_mention_without_a_question_learns_how_to_ask(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_mention(f"<@{BOT_USER}>"))

    assert "in your own words" in slack.posted[0]["text"]


async def test_a_command_is_answered_for_the_asker_alone(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    heard = await door.command("how many gauges?")

    (aside,) = slack.asides
    assert (heard.status, heard.text) == (200, "")
    assert (aside["response_type"], aside["replace_original"]) == ("ephemeral", False)
    assert aside["text"] == make_composition().answer
    assert answers.asked[0].text == "how many gauges?"
    assert slack.posted == []


async def test_a_command_may_contain_any_word(
    door: Door, answers: CannedAnswers
) -> None:
    await door.command("what is the payload & command=x?")

    assert answers.asked[0].text == "what is the payload & command=x?"


@pytest.mark.parametrize("text", ["", "   ", "?"])
async def test_a_command_without_a_question_learns_how_to_ask(
    door: Door, slack: FakeSlack, text: str
) -> None:
    await door.command(text)

    assert "`/becar7`" in slack.asides[0]["text"]


async def test_a_tap_is_answered_in_the_thread(door: Door, slack: FakeSlack) -> None:
    heard = await door.tap("gauges-lost")

    (post,) = slack.posted
    assert heard.status == 200
    assert (post["channel"], post["thread_ts"], post["text"]) == (
        "C1",
        "10.1",
        "Two. [1]",
    )


async def test_a_tap_is_answered_once(door: Door, slack: FakeSlack) -> None:
    for _ in range(2):
        await door.tap("gauges-lost", trigger_id="one")

    assert len(slack.posted) == 1


async def test_a_tap_on_an_aside_is_answered_aside(
    door: Door, slack: FakeSlack
) -> None:
    box = {"type": "message", "message_ts": "20.1", "is_ephemeral": True}

    await door.tap("gauges-lost", container=box)

    assert slack.asides[0]["text"] == "Two. [1]"
    assert slack.posted == []


async def test_a_tap_on_an_entry_that_is_gone_says_so(
    door: Door, slack: FakeSlack
) -> None:
    await door.tap("nobody-knows")

    assert "taken out" in slack.posted[0]["text"]


async def test_a_tap_that_nobody_listens_to_is_acknowledged(
    door: Door, slack: FakeSlack
) -> None:
    actions = [{"type": "button", "action_id": "other", "block_id": "b", "value": "v"}]

    heard = await door.tap("", actions=actions)

    assert heard.status == 200
    assert slack.posted == []


async def test_a_fault_is_told_by_its_reference_and_logged_without_words(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async with open_door(slack, BrokenAnswers()) as door:
        await door.event(make_direct("the unspeakable"))
        await door.command("the unspeakable")

    for told in (*slack.posted, *slack.asides):
        reference = told["text"].split("`")[1]
        assert reference in logged(caplog)
        assert "RuntimeError" not in told["text"]
    assert "RuntimeError" in logged(caplog)
    assert "unspeakable" not in caplog.text + logged(caplog)


async def test_a_command_whose_answer_breaks_is_acknowledged_all_the_same(
    slack: FakeSlack,
) -> None:
    async with open_door(slack, BrokenAnswers()) as door:
        heard = await door.command("how many?")

    assert heard.status == 200


async def test_no_log_line_has_a_secret_or_a_question_even_in_debugging(
    slack: FakeSlack, answers: CannedAnswers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async with open_door(slack, answers) as door:
        await door.event(make_direct("the unspeakable"))
        await door.command("the unspeakable")
        await door.post(b'{"text":"the unspeakable"}', {})

    assert slack.tokens == {BOT_TOKEN}
    for secret in ("unspeakable", BOT_TOKEN, SIGNING):
        assert secret not in caplog.text + logged(caplog)


async def test_a_question_before_slack_can_be_reached_is_answered_when_it_comes_again(
    slack: FakeSlack, answers: CannedAnswers
) -> None:
    async with open_door(slack, answers) as door:
        slack.hang_up("auth.test")
        first = await door.event(make_direct())
        again = await door.event(make_direct())

    assert (first.status, again.status) == (500, 200)
    assert [post["text"] for post in slack.posted] == [make_composition().answer]


async def test_where_the_thread_takes_no_notice_the_asker_is_told_directly(
    slack: FakeSlack,
) -> None:
    slack.refuse("chat.postMessage", Refused(error="is_archived"))

    async with open_door(slack, BrokenAnswers()) as door:
        await door.event(make_mention())

    (post,) = slack.posted
    assert (post["channel"], "reference" in post["text"]) == ("U1", True)


async def test_a_fault_is_survived_when_nobody_can_be_told(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.refuse("chat.postMessage", *[Refused(error="is_archived")] * 2)

    async with open_door(slack, BrokenAnswers()) as door:
        await door.event(make_mention())

    assert slack.posted == []
    assert "a dead end" in caplog.text
