"""Shortcuts, conversations with the app, links, and a step in a workflow."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answering.composition import Decision
from bot.slack.blocks.limits import breaches_of_view
from bot.slack.listeners import views as submissions
from tests.fakes import CannedAnswers, FakeSlack, Refusal
from tests.make import make_composition
from tests.slack.door import Body, Door, make_direct
from tests.slack.reading import buttons, words


REPORT = "https://journal.invalid/lantern"


async def test_a_message_of_anyone_is_answered_for_whoever_wants_to_know(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    await door.shortcut(
        "answer-from-the-file",
        type="message_action",
        channel={"id": "C1"},
        message={"type": "message", "user": "U2", "text": "how many?", "ts": "10.1"},
        message_ts="10.1",
        response_url=f"{slack.address}/aside",
    )

    assert answers.asked[0].text == "how many?"
    assert slack.asides[0]["text"] == make_composition().answer
    assert "share" in buttons(slack.asides[0]["blocks"])
    assert slack.posted == []


async def test_a_window_to_ask_in_private_opens_from_anywhere(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    await door.shortcut("ask-privately")
    view = slack.taken["views.open"][0]["view"]
    heard = await door.submit(view, {"question": {"value": "how many?"}})

    shown = door.acknowledged["view"]
    assert breaches_of_view(view) == ()
    assert heard.status == 200
    assert door.acknowledged["response_action"] == "update"
    assert answers.asked[0].text == "how many?"
    assert make_composition().points[0].headline in words(shown)
    assert "Counted once a month." in words(shown)
    assert "share" in buttons(shown["blocks"])
    assert breaches_of_view(shown) == ()
    assert slack.posted == []


async def test_what_takes_longer_is_said_in_the_window_when_it_is_done(
    door: Door, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submissions, "PATIENCE", 0.01)
    monkeypatch.setattr(submissions, "ARRIVED", 0.0)
    await door.event(make_direct())
    await door.press("share", make_composition().id)
    view = slack.taken["views.open"][0]["view"]
    slack.hold("chat.getPermalink")

    chosen = {"channel": {"selected_conversation": "C7"}}
    await door.submit(view, chosen, settle=False)
    slack.open.set()
    await door.desk.in_flight.settled()

    (update,) = slack.taken["views.update"]
    assert "One moment." in words(door.acknowledged)
    assert "Shared: open the message" in words(update["view"])


async def test_a_shortcut_that_nobody_listens_to_is_acknowledged(door: Door) -> None:
    assert (await door.shortcut("nobody-knows")).status == 200


async def test_a_conversation_is_offered_first_questions(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    opened = {"type": "app_home_opened", "tab": "messages", "user": "U1"}
    await door.event({**opened, "channel": "D1"})

    (offer,) = slack.taken["assistant.threads.setSuggestedPrompts"]
    messages = [prompt["message"] for prompt in offer["prompts"]]
    assert messages == list(answers.knowledge.trial.examples)
    assert offer["channel_id"] == "D1"
    assert "thread_ts" not in offer


async def test_a_conversation_in_the_older_view_is_offered_the_same(
    door: Door, slack: FakeSlack
) -> None:
    about = {"user_id": "U1", "channel_id": "D1", "thread_ts": "5.1", "context": {}}
    for kind in ("assistant_thread_started", "assistant_thread_context_changed"):
        await door.event({"type": kind, "assistant_thread": about})

    (offer,) = slack.taken["assistant.threads.setSuggestedPrompts"]
    assert offer["thread_ts"] == "5.1"


async def test_a_conversation_gets_its_first_question_as_a_title(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_direct(ts="10.1"))
    await door.event(make_direct(ts="10.2", thread_ts="10.1"))

    (title,) = slack.taken["assistant.threads.setTitle"]
    assert title["title"] == "how many gauges were left"
    assert (title["channel_id"], title["thread_ts"]) == ("D1", "10.1")


@pytest.mark.parametrize("decision", ["emergency", "patient_advice", "report"])
async def test_what_may_concern_a_person_becomes_no_title(
    door: Door, slack: FakeSlack, answers: CannedAnswers, decision: Decision
) -> None:
    answers.reply = make_composition(decision=decision)

    await door.event(make_direct())

    assert slack.taken["assistant.threads.setTitle"] == []


async def test_a_courtesy_that_fails_spoils_no_answer(
    door: Door, slack: FakeSlack
) -> None:
    slack.refuse("assistant.threads.setTitle", Refusal(error="missing_scope"))

    await door.event(make_direct())

    assert [post["text"] for post in slack.posted] == [make_composition().answer]


def make_links(*urls: str, **changes: Any) -> Body:
    event = {
        "type": "link_shared",
        "channel": "C1",
        "message_ts": "10.1",
        "user": "U2",
        "links": [{"domain": "journal.invalid", "url": url} for url in urls],
    }
    return {**event, **changes}


async def test_the_address_of_a_cited_work_says_which_work_it_is(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_links(REPORT, "https://elsewhere.invalid/x"))

    (unfurl,) = slack.taken["chat.unfurl"]
    assert (unfurl["channel"], unfurl["ts"]) == ("C1", "10.1")
    assert list(unfurl["unfurls"]) == [REPORT]
    assert "Amber evening light" in words(unfurl["unfurls"])
    assert "read as: full text" in words(unfurl["unfurls"])


async def test_other_addresses_are_left_alone(door: Door, slack: FakeSlack) -> None:
    await door.event(make_links("https://elsewhere.invalid/x"))
    await door.event(make_links())

    assert slack.taken["chat.unfurl"] == []


async def test_addresses_are_left_alone_where_other_organisations_read(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_links(REPORT), is_ext_shared_channel=True)

    assert slack.taken["chat.unfurl"] == []


def make_step(**inputs: str) -> Body:
    return {
        "type": "function_executed",
        "function": {"id": "Fn1", "callback_id": "ask_trial_file", "type": "app"},
        "inputs": inputs,
        "function_execution_id": "Fx1",
        "workflow_execution_id": "Wx1",
        "bot_access_token": "xwfp-only-in-tests",
    }


async def test_a_step_in_a_workflow_gives_decision_answer_and_citations(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_step(question="how many?"))

    (done,) = slack.taken["functions.completeSuccess"]
    outputs = done["outputs"]
    assert done["function_execution_id"] == "Fx1"
    assert outputs["decision"] == "answered"
    assert outputs["answer"] == make_composition().answer
    assert outputs["citations"].startswith("[1] Tides of the inner harbour; table 2")


async def test_a_step_without_a_question_says_what_to_fill_in(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_step(question=" "))

    (failed,) = slack.taken["functions.completeError"]
    assert "Fill in the input" in failed["error"]
