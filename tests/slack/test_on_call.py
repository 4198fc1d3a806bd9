"""A question goes to the people on call, and their words come back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.settings import ROOT
from bot.slack.blocks.limits import breaches_of_view
from tests.fakes import BOT_ID, CannedAnswers, FakeSlack, Refusal
from tests.make import make_composition
from tests.slack.door import Body, Door, make_direct, make_mention, open_door
from tests.slack.reading import EPHEMERAL, buttons, words


CONTACTS = ROOT / "deploy" / "contacts.example.yaml"
REQUEST = "1700000000.000002"  # the second message that the fake Slack takes


@pytest.fixture
async def door(slack: FakeSlack, answers: CannedAnswers) -> Any:
    async with open_door(
        slack, answers, on_call_channel="C9", contacts_file=CONTACTS
    ) as opened:
        yield opened


async def _request(door: Door, slack: FakeSlack, note: str = "") -> Body:
    await door.event(make_mention())
    value = buttons(slack.posted[0]["blocks"])["ask-on-call"]
    await door.press("ask-on-call", value)
    view: Body = slack.taken["views.open"][0]["view"]
    await door.submit(view, {"note": {"value": note}})
    return view


def make_word(text: str = "Look at table 2.", **changes: Any) -> Body:
    said = {"channel": "C9", "channel_type": "group", "user": "U5", "ts": "50.1"}
    return make_direct(text, **{**said, "thread_ts": REQUEST, **changes})


async def test_the_asker_sees_first_what_the_team_will_read(
    door: Door, slack: FakeSlack
) -> None:
    view = await _request(door, slack)

    assert breaches_of_view(view) == ()
    assert "how many gauges were left" in words(view)


async def test_a_question_asked_openly_is_previewed_as_what_it_is(
    door: Door, slack: FakeSlack
) -> None:
    view = await _request(door, slack)

    for read in (words(view), words(slack.posted[1]["blocks"])):
        assert "Asked in <#C1>." in read
        assert "private" not in read


async def test_a_question_in_a_direct_message_is_previewed_and_posted_as_private(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_direct())
    value = buttons(slack.posted[0]["blocks"])["ask-on-call"]
    await door.press("ask-on-call", value, channel={"id": "D1"})
    view = slack.taken["views.open"][0]["view"]
    await door.submit(view, {})

    for read in (words(view), words(slack.posted[1]["blocks"])):
        assert "Asked in private." in read
        assert "Where it was asked" not in read


async def test_an_emergency_reaches_the_team_marked_in_words(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    answers.reply = make_composition(decision="emergency", answer="Call now.")

    await _request(door, slack)

    post = slack.posted[1]
    assert post["text"].startswith("URGENT: <@U1>")
    assert words(post["blocks"]).startswith("URGENT: <@U1>")
    assert "how many gauges" not in words(post["blocks"])


async def test_an_emergency_is_sent_on_with_the_word_to_telephone_all_the_same(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    answers.reply = make_composition(decision="emergency", answer="Call now.")

    view = await _request(door, slack)

    assert breaches_of_view(view) == ()
    assert view["title"]["text"] == "URGENT to on-call"
    told = words(door.acknowledged["view"])
    for read in (words(view), told):
        assert "rings nobody" in read
        assert "Call the EXAMPLE emergency number 0000 (not real) now" in read
    assert "telephone all the same" in told


async def test_an_emergency_where_nobody_is_configured_names_no_number(
    slack: FakeSlack, answers: CannedAnswers
) -> None:
    answers.reply = make_composition(decision="emergency", answer="Call now.")
    async with open_door(slack, answers, on_call_channel="C9") as door:
        view = await _request(door, slack)

    assert "Use your hospital's emergency procedure now." in words(view)
    assert "Call" not in words(view["blocks"][0])


@pytest.mark.parametrize(
    ("channel", "label"), [("C9", "Write URGENT to on-call"), ("", "Whom to call")]
)
async def test_the_button_under_an_emergency_says_what_it_does(
    slack: FakeSlack, answers: CannedAnswers, channel: str, label: str
) -> None:
    answers.reply = make_composition(decision="emergency", answer="Call now.")
    async with open_door(slack, answers, on_call_channel=channel) as door:
        await door.event(make_mention())

    assert label in words(slack.posted[0]["blocks"])


async def test_a_request_has_the_question_the_link_and_what_was_said(
    door: Door, slack: FakeSlack
) -> None:
    await _request(door, slack, note="bed 4 <!channel>")

    post = slack.posted[1]
    text = words(post["blocks"])
    assert post["channel"] == "C9"
    assert "<@U1> asks" in text
    assert "how many gauges were left" in text
    assert "<https://slack.example/20.1|" in text
    assert make_composition().answer in text
    assert "bed 4 &lt;!channel&gt;" in text


async def test_the_asker_hears_that_it_was_sent_and_whom_to_ask_at_once(
    door: Door, slack: FakeSlack
) -> None:
    await _request(door, slack)

    told = words(door.acknowledged["view"])
    assert "Sent." in told
    assert "bleep 0000 (not real) (checked 22 November 2026)" in told


async def test_the_words_of_the_team_come_back_to_the_thread(
    door: Door, slack: FakeSlack
) -> None:
    await _request(door, slack)
    await door.event(make_word("Look at <https://a.example/x|table 2>, <!here> <@U7>."))
    await door.event(make_word("Look at it again.", ts="50.1"))

    (back,) = slack.posted[2:]
    text = words(back["blocks"])
    assert (back["channel"], back["thread_ts"]) == ("C1", "10.1")
    assert "<@U1>, <@U5> of the on-call team answers:" in text
    assert "Look at table 2 https://a.example/x, (somebody) (somebody)." in text
    assert "not from the trial file" in text


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"text": "note: I will call her"}, id="a note among them"),
        pytest.param({"text": " "}, id="no words"),
        pytest.param({"user": "U1"}, id="the asker"),
        pytest.param({"bot_id": BOT_ID}, id="a bot"),
        pytest.param({"thread_ts": "7.7"}, id="another thread"),
        pytest.param({"text": "<@U6> can you?"}, id="to a colleague"),
    ],
)
async def test_other_words_stay_where_they_are(
    door: Door, slack: FakeSlack, changes: Body
) -> None:
    await _request(door, slack)
    await door.event(make_word(**changes))

    assert len(slack.posted) == 2


async def test_an_answer_to_a_private_question_comes_back_in_private(
    door: Door, slack: FakeSlack
) -> None:
    await door.command("how many?")
    value = buttons(slack.asides[0]["blocks"])["ask-on-call"]
    await door.press("ask-on-call", value, container=EPHEMERAL)
    await door.submit(slack.taken["views.open"][0]["view"], {})
    await door.event(make_word(thread_ts="1700000000.000001"))

    request, back = slack.posted
    assert "Asked in private" in words(request["blocks"])
    assert back["channel"] == "U1"
    assert "thread_ts" not in back


async def test_words_that_may_concern_a_person_are_not_passed_on(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    answers.reply = make_composition(decision="patient_advice", answer="I cannot.")

    await _request(door, slack)

    assert "how many gauges" not in words(slack.posted[1]["blocks"])
    assert "I keep no words" in words(slack.posted[1]["blocks"])


async def test_a_channel_that_cannot_be_reached_is_said_with_the_contact(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_mention())
    value = buttons(slack.posted[0]["blocks"])["ask-on-call"]
    await door.press("ask-on-call", value)
    slack.refuse("chat.postMessage", Refusal(error="is_archived"))
    await door.submit(slack.taken["views.open"][0]["view"], {})

    told = words(door.acknowledged["view"])
    assert "could not reach" in told
    assert "bleep 0000" in told


async def test_without_a_channel_the_contact_is_named_to_whoever_tapped(
    slack: FakeSlack, answers: CannedAnswers
) -> None:
    async with open_door(slack, answers, contacts_file=CONTACTS) as door:
        await door.press("ask-on-call", "abc")

    assert slack.posted == []
    assert "Last checked on" in slack.asides[0]["text"]


@pytest.mark.parametrize("decision", ["not_reported", "patient_advice", "report"])
async def test_the_ladder_stands_under_a_reply_that_sends_to_somebody(
    door: Door, slack: FakeSlack, answers: CannedAnswers, decision: Any
) -> None:
    answers.reply = make_composition(decision=decision)

    await door.event(make_mention())

    ladder = "If nobody answers: the EXAMPLE trial physician, bleep 0000 (not real) →"
    assert ladder in words(slack.posted[0]["blocks"])
