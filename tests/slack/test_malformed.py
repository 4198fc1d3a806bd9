"""Payloads of every kind, malformed: no 5xx, and the next question is answered."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Iterator
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.slack import delivery
from bot.slack.blocks import views
from tests.fakes import CannedAnswers, FakeSlack
from tests.make import make_composition
from tests.slack.door import Body, make_direct, make_envelope, make_mention, open_door
from tests.slack.reading import EPHEMERAL, in_modal, on_home
from tests.slack.test_elsewhere import REPORT, make_links, make_step
from tests.slack.test_threads import make_deletion, make_edit, make_reply


Path: TypeAlias = tuple[str | int, ...]

REPLY = make_composition()
JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1.5,
    "",
    "x",
    "U1",
    [],
    ["x"],
    [{}],
    {},
    {"id": {}},
    {"type": 1},
)


def make_tap(action_id: str, value: str, **changes: Any) -> Body:
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    return {
        "type": "block_actions",
        "user": {"id": "U1"},
        "team": {"id": "T1"},
        "channel": {"id": "C1"},
        "container": {"type": "message", "message_ts": "20.1", "channel_id": "C1"},
        "message": {"ts": "20.1", "thread_ts": "10.1"},
        "trigger_id": "trigger.1",
        "actions": [action],
        **changes,
    }


def make_submission(view: Body, **values: Any) -> Body:
    state = {name: {"value": given} for name, given in values.items()}
    return {
        "type": "view_submission",
        "user": {"id": "U1"},
        "team": {"id": "T1"},
        "view": {**view, "id": "V1", "state": {"values": state}},
    }


HOME = {"type": "app_home_opened", "tab": "home", "user": "U1", "channel": "D1"}
EVENTS = (
    make_mention(),
    make_direct(),
    make_reply(),
    make_edit(),
    make_deletion(),
    HOME,
    {**HOME, "tab": "messages"},
    {
        "type": "agent_session_stopped",
        "channel": "D1",
        "thread_ts": "5.1",
        "user": "U1",
        "streaming_message_ts": [],
    },
    {
        "type": "assistant_thread_started",
        "assistant_thread": {"channel_id": "D1", "thread_ts": "5.1", "context": {}},
    },
    make_links(REPORT),
    make_step(question="how many?"),
    {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}},
    {"type": "app_uninstalled"},
)
SHORTCUT = {"user": {"id": "U1"}, "team": {"id": "T1"}, "trigger_id": "trigger.1"}
PAYLOADS: tuple[Body, ...] = (
    *map(make_envelope, EVENTS),
    make_tap("suggestion-1", "gauges-lost"),
    make_tap("choice-1", "gauges-lost"),
    make_tap("choice-1", "gauges-lost", container=EPHEMERAL),
    make_tap("share", REPLY.id, **in_modal()),
    make_tap("ask-on-call", REPLY.id),
    make_tap("copy-citation", "nowhere-report-2020", **on_home()),
    make_tap("feedback", f"bad:{REPLY.id}"),
    make_tap("topic-1", "safety", **on_home()),
    make_tap("setting-role", "press", **on_home()),
    {**SHORTCUT, "type": "shortcut", "callback_id": "ask-privately"},
    {
        **SHORTCUT,
        "type": "message_action",
        "callback_id": "answer-from-the-file",
        "channel": {"id": "C1"},
        "message": {"type": "message", "user": "U2", "text": "how many?", "ts": "1.1"},
        "response_url": "http://127.0.0.1:1/aside",
    },
    make_submission(views.asking(), question={"value": "how many?"}),
    make_submission(
        views.sharing((), REPLY.id), channel={"selected_conversation": "C7"}
    ),
    make_submission(
        views.why_not(REPLY.id), reason={"selected_option": {"value": "x"}}
    ),
    make_submission(
        views.asking_on_call((), {"reply": REPLY.id}), note={"value": "please"}
    ),
    {"type": "view_closed", "view": {"id": "V1", "callback_id": "x"}, "user": {}},
    {"type": "block_suggestion", "action_id": "x", "block_id": "b", "value": ""},
    {"type": "nobody_knows"},
)


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """Every place inside."""
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for name, part in inner:
        yield (*here, name)
        yield from paths(part, (*here, name))


@st.composite
def malformed(draw: st.DrawFn) -> Body:
    """A payload of some kind, with one to three places spoilt."""
    body = copy.deepcopy(draw(st.sampled_from(PAYLOADS)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(sorted(paths(body), key=str)))
        place: Any = body
        for name in way:
            place = place[name]
        if draw(st.booleans()):
            place[last] = copy.deepcopy(draw(st.sampled_from(JUNK)))
        else:
            del place[last]
        if not body:
            break
    return body


@given(st.lists(malformed(), min_size=1, max_size=12))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_payload_harms_the_next_question(
    monkeypatch: pytest.MonkeyPatch, bodies: list[Body]
) -> None:
    monkeypatch.setattr(delivery, "UNREACHED_WAIT", 0.0)

    statuses, answered = asyncio.run(_sent(bodies))

    assert all(status < 500 for status in statuses), statuses
    assert answered == REPLY.answer


@pytest.mark.parametrize("place", range(len(PAYLOADS)))
def test_every_payload_as_slack_sends_it_is_taken(
    monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    body = PAYLOADS[place]
    monkeypatch.setattr(delivery, "UNREACHED_WAIT", 0.0)

    statuses, answered = asyncio.run(_sent([body]))

    assert answered == REPLY.answer
    assert statuses == [200] or body["type"] == "nobody_knows"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"team_id": ["x"]}, id="a team that is a list"),
        pytest.param({"user": {"id": None}}, id="a person without an id"),
    ],
)
def test_an_id_that_is_no_word_is_refused_at_the_door(changes: Body) -> None:
    body = {**make_envelope({"type": "app_uninstalled"}), **changes}

    statuses, answered = asyncio.run(_sent([body]))

    assert statuses == [400]
    assert answered == REPLY.answer


async def _sent(bodies: list[Body]) -> tuple[list[int], str]:
    """The statuses of the payloads, and what a question after them is answered."""
    answers = CannedAnswers(REPLY, {"gauges-lost": REPLY})
    async with FakeSlack().serving() as slack, open_door(slack, answers) as door:
        statuses = [
            (await door.send(json.dumps(body).encode())).status for body in bodies
        ]
        await door.event(make_direct(ts="99.1", channel="D9", user="U9"))
        told = [post["text"] for post in slack.posted if post["channel"] == "D9"]
    return statuses, told[-1] if told else ""
