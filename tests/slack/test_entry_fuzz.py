"""Whatever arrives at the door: a status of Slack's kind, one sentence, and no more."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterable
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.entry import EVENTS, Entry
from bot.slack.signature import Signatures
from bot.telemetry.instruments import Instruments


EXPECTED = {200, 400, 401, 404, 405, 413, 415}
Header = tuple[bytes, bytes]
NAMES = st.sampled_from(
    [
        b"content-type",
        b"x-slack-signature",
        b"x-slack-request-timestamp",
        b"X-Slack-Retry-Num",
        b"content-length",
        b"\xff",
        b"",
    ]
)
HEADERS = st.lists(st.tuples(NAMES, st.binary(max_size=40)), max_size=6)
JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "event", "view", "user", "payload", "actions", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


async def dispatch(_request: AsyncBoltRequest) -> BoltResponse:
    return BoltResponse(status=200)


def knock(
    headers: Iterable[Header],
    body: bytes,
    path: str = EVENTS,
    signatures: Signatures | None = None,
) -> tuple[int, str]:
    """What the door says to one request."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    door = Entry(dispatch, signatures or Signatures("secret"), {}, Instruments())
    scope = {"method": "POST", "path": path, "headers": list(headers)}
    asyncio.run(door({**scope, "query_string": b""}, receive, send))
    return sent[0]["status"], sent[1]["body"].decode()


@given(HEADERS, st.binary(max_size=300))
@example([(b"content-type", b"application/json")], b"[" * 200_000)
@example([(b"content-type", b"application/json")], b" " * 300_000)
@settings(deadline=None)
def test_what_nobody_signed_is_refused_in_one_sentence(
    headers: list[Header], body: bytes
) -> None:
    status, said = knock(headers, body)

    assert status in EXPECTED - {200}
    assert said.count(".") == 1
    assert len(said) < 80


@given(
    JSONS.map(json.dumps).map(str.encode)
    | st.binary(max_size=300)
    | st.text(max_size=300).map(str.encode),
    st.sampled_from([b"application/json", b"application/x-www-form-urlencoded"]),
)
@settings(deadline=None)
def test_what_is_signed_and_of_no_shape_is_taken_or_refused_and_breaks_nothing(
    body: bytes, content_type: bytes
) -> None:
    signatures, now = Signatures("secret"), str(int(time.time())).encode()
    headers = [
        (b"content-type", content_type),
        (b"x-slack-request-timestamp", now),
        (b"x-slack-signature", signatures.sign(now, body)),
    ]

    status, said = knock(headers, body, signatures=signatures)

    assert status in {200, 400}
    assert status == 200 or said.endswith(".")


@given(st.text(max_size=30))
@settings(deadline=None)
def test_every_other_address_is_nowhere(path: str) -> None:
    if path != EVENTS:
        assert knock([], b"", path) == (404, "There is nothing here.")
