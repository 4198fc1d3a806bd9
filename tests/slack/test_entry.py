from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest
from multidict import CIMultiDict
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack import entry
from bot.slack.signature import Signatures
from bot.telemetry.instruments import Instruments
from tests.fakes import HANGING, FakeSlack
from tests.slack.door import FORM, JSON, Door, make_envelope, make_mention, signed


QUESTION = json.dumps(make_envelope(make_mention())).encode()


async def test_a_signed_question_is_taken(door: Door, slack: FakeSlack) -> None:
    heard = await door.send(QUESTION)

    assert heard.status == 200
    assert len(slack.posted) == 1


async def test_an_unsigned_request_is_refused(door: Door) -> None:
    heard = await door.post(QUESTION, {"Content-Type": JSON})

    assert heard.status == 401


@pytest.mark.parametrize(
    "signature",
    ["", "v0=", f"v0={'0' * 64}", f"v1={'0' * 64}", "v0=\xe9"],
    ids=["empty", "no digits", "wrong", "other version", "not ascii"],
)
async def test_a_wrong_signature_is_refused(door: Door, signature: str) -> None:
    headers = {**signed(QUESTION), "X-Slack-Signature": signature}

    heard = await door.post(QUESTION, headers)

    assert heard.status == 401


async def test_a_signature_is_for_exactly_these_bytes(door: Door) -> None:
    heard = await door.post(QUESTION + b" ", signed(QUESTION))

    assert heard.status == 401


@pytest.mark.parametrize(
    "timestamp",
    [
        pytest.param("", id="empty"),
        pytest.param("soon", id="no number"),
        pytest.param("1e9", id="not whole"),
        pytest.param("-1", id="negative"),
        pytest.param("9" * 400, id="endless"),
        pytest.param(str(int(time.time()) - 301), id="stale"),
        pytest.param(str(int(time.time()) + 3600), id="from the future"),
    ],
)
async def test_a_wrong_time_is_refused(door: Door, timestamp: str) -> None:
    heard = await door.post(QUESTION, signed(QUESTION, timestamp=timestamp))

    assert heard.status == 401


async def test_a_replay_is_acknowledged_and_handled_once(
    door: Door, slack: FakeSlack
) -> None:
    headers = signed(QUESTION)

    first = await door.post(QUESTION, headers)
    again = await door.post(QUESTION, headers)
    await door.desk.in_flight.settled()

    assert (first.status, again.status) == (200, 200)
    assert len(slack.posted) == 1


async def test_a_command_is_not_run_again_by_a_replay(
    door: Door, slack: FakeSlack
) -> None:
    raw = (
        f"command=/becar7&text=hello&team_id=T1&channel_id=C1&user_id=U1"
        f"&trigger_id=1.1&response_url={slack.address}/aside"
    ).encode()
    headers = signed(raw, content_type=FORM)

    for _ in range(2):
        assert (await door.post(raw, headers)).status == 200
    await door.desk.in_flight.settled()

    assert len(slack.asides) == 1


@pytest.mark.parametrize(
    "extra", [1, 10_000, 3_000_000], ids=["by one", "a little", "by far"]
)
async def test_an_oversized_body_is_refused(door: Door, extra: int) -> None:
    raw = b" " * (256 * 1024 + extra)

    heard = await door.post(raw, signed(raw))

    assert heard.status == 413


async def test_a_body_of_exactly_the_largest_size_is_taken(door: Door) -> None:
    raw = QUESTION.ljust(256 * 1024)

    assert (await door.send(raw)).status == 200


@pytest.mark.parametrize("levels", [33, 900, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'], ids=["lists", "objects"])
async def test_deeply_nested_json_is_refused(
    door: Door, opening: str, levels: int
) -> None:
    closing = "]" if opening == "[" else "}"
    deep = f'{opening * levels}""{closing * levels}'[: 256 * 1024 - 10]
    raw = f'{{"a":{deep}}}'.encode()

    heard = await door.post(raw, signed(raw))

    assert heard.status == 400


async def test_what_is_no_utf_8_is_refused(door: Door) -> None:
    raw = b'{"type":"\xff"}'

    heard = await door.post(raw, signed(raw))

    assert heard.status == 400


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nonsense",
        b"[]",
        b"null",
        b'"text"',
        b"{",
        b'{"n":' + b"9" * 5000 + b"}",
        b'{"type":"event_callback"}',
        b'{"type":"event_callback","event":null}',
        b'{"type":"event_callback","event":[]}',
        b'{"type":"event_callback","event":{"type":7}}',
        b'{"type":7}',
        b'{"event":"text"}',
        b'{"authorizations":[1]}',
        b'{"authorizations":{}}',
        b'{"user":7}',
        b'{"view":"text"}',
        b'{"message":{"user":7}}',
        b'{"type":"block_actions","actions":[{"action_id":7}]}',
        b'{"type":"view_submission","view":null}',
        b'{"type":"block_actions","actions":[]}',
    ],
)
async def test_json_of_another_shape_is_refused(door: Door, raw: bytes) -> None:
    heard = await door.post(raw, signed(raw))

    assert heard.status == 400


@pytest.mark.parametrize(
    "raw",
    [
        b"payload=nonsense",
        b"payload=[]",
        b"payload=",
        b"text=%ff",
        b"&".join(b"a=1" for _ in range(100)),
    ],
)
async def test_a_form_of_another_shape_is_refused(door: Door, raw: bytes) -> None:
    heard = await door.post(raw, signed(raw, content_type=FORM))

    assert heard.status == 400


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data", ""])
async def test_another_content_type_is_refused(door: Door, content_type: str) -> None:
    heard = await door.post(QUESTION, signed(QUESTION, content_type=content_type))

    assert heard.status == 415


async def test_a_content_type_may_name_its_character_set(door: Door) -> None:
    heard = await door.send(QUESTION, f"{JSON}; charset=utf-8")

    assert heard.status == 200


async def test_a_body_that_does_not_arrive_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entry, "SECONDS", 0.01)
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(HANGING)
        return {}

    async def send(message: Any) -> None:
        said.append(message)

    async def dispatch(_request: AsyncBoltRequest) -> BoltResponse:
        return BoltResponse(status=200)

    scope = {"method": "POST", "path": "/slack/events"}
    headers = [(b"content-type", JSON.encode())]
    door = entry.Entry(dispatch, Signatures("secret"), {}, Instruments())
    await door({**scope, "headers": headers}, receive, send)

    assert said[0]["status"] == 408


async def test_a_header_that_comes_twice_is_refused(door: Door) -> None:
    headers = CIMultiDict(signed(QUESTION))
    headers.add("X-Slack-Signature", "v0=other")

    heard = await door.post(QUESTION, headers)

    assert heard.status == 400


async def test_slacks_look_at_the_certificate_needs_no_signature_and_does_nothing(
    door: Door, slack: FakeSlack
) -> None:
    heard = await door.post(b"token=x&ssl_check=1&command=/a", {"Content-Type": FORM})

    assert (heard.status, heard.text) == (200, "")
    assert slack.calls == []


async def test_a_refusal_is_one_short_sentence(door: Door) -> None:
    heard = await door.post(QUESTION, {"Content-Type": JSON})

    assert heard.text == "The timestamp is missing, no number or too old."


async def test_the_address_is_verified_as_often_as_slack_asks(door: Door) -> None:
    raw = b'{"type":"url_verification","challenge":"3eZbrw1aB"}'
    headers = signed(raw)

    for _ in range(2):
        heard = await door.post(raw, headers)

        assert (heard.status, heard.text) == (200, "3eZbrw1aB")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/healthz", 200),
        ("HEAD", "/healthz", 200),
        ("POST", "/healthz", 405),
        ("GET", "/slack/events", 405),
        ("GET", "/", 404),
        ("POST", "/slack/other", 404),
    ],
)
async def test_each_address_takes_only_its_methods(
    door: Door, method: str, path: str, status: int
) -> None:
    async with door.session.request(method, door.url + path) as response:
        assert response.status == status


@pytest.mark.parametrize(
    "event",
    [
        {"type": "team_join", "user": {"id": "U2"}},
        {"type": "reaction_added", "user": "U1", "item": {"channel": "C1", "ts": "1"}},
        {"type": "app_mention"},
        {"type": "message", "channel_type": "im", "text": None, "user": None},
    ],
)
async def test_an_event_that_nobody_listens_to_is_acknowledged(
    door: Door, slack: FakeSlack, event: dict[str, object]
) -> None:
    heard = await door.event(event)

    assert heard.status == 200
    assert slack.posted == []


async def test_slack_s_word_that_it_held_events_back_is_taken_and_logged(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    told = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1}

    heard = await door.send(json.dumps(told).encode())

    assert heard.status == 200
    assert "held back events" in caplog.text
