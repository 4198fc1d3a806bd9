"""Our own door for Slack's requests: everything is checked before Bolt sees it.

Bolt alone answers 500 to requests that nobody signed: an empty timestamp, JSON of
twenty thousand levels, bytes that are no UTF-8. Here each gets one short sentence.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any, TypeAlias

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.body import (
    FORM,
    JSON,
    Body,
    BodyError,
    is_certificate_check,
    read_body,
)
from bot.slack.faults import NOT_SLACKS, STUMBLES, reported
from bot.slack.health import PROBES
from bot.slack.installing import Visit
from bot.slack.signature import Signatures
from bot.telemetry.instruments import Instruments


Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Named: TypeAlias = dict[str, str | Sequence[str]]
Dispatch: TypeAlias = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]

Page: TypeAlias = Callable[[Visit], Awaitable[BoltResponse]]

EVENTS = "/slack/events"  # events, commands and taps alike
RATE_LIMITED = "app_rate_limited"  # docs.slack.dev, Events API
LARGEST = 256 * 1024  # bytes; RELIABILITY.md, Slack's side
THROWN_AWAY = 4 * LARGEST  # bytes read after that, so that the refusal is still heard
SECONDS = 3.0  # to send a body; Slack itself waits no longer for the whole exchange
FAILED = 500
LONGEST_QUERY = 4_096  # characters of an address; Slack's codes have some hundred

log = logging.getLogger(__name__)


class RefusedError(Exception):
    """A request that is not answered: the status, and why in one sentence."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Pages:
    """Shows what probes and browsers ask for, and nothing else."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        try:
            response = await self._response(scope, receive)
        except RefusedError as refused:
            about = {"status": refused.status, "reason": str(refused)}
            log.info("a request is refused", extra=about)
            response = _said(refused.status, str(refused))
        await _send(response, send)

    async def _response(
        self,
        scope: Scope,
        receive: Receive,  # noqa: ARG002  who asks for a page sends no body
    ) -> BoltResponse:
        path = scope["path"]
        if path not in self._pages:
            raise RefusedError(404, "There is nothing here.")
        _require_method(scope, ("GET", "HEAD") if path in PROBES else ("GET",))
        return await self._pages[path](_visit(scope))


class Entry(Pages):
    """Refuses what Slack would not send; passes the rest on, each request once."""

    def __init__(
        self,
        dispatch: Dispatch,
        signatures: Signatures,
        pages: Mapping[str, Page],
        instruments: Instruments,
    ) -> None:
        super().__init__(pages)
        self._dispatch = dispatch
        self._signatures = signatures
        self._instruments = instruments

    async def _response(self, scope: Scope, receive: Receive) -> BoltResponse:
        if scope["path"] != EVENTS:
            return await super()._response(scope, receive)
        _require_method(scope, ("POST",))
        started = time.perf_counter()
        with self._instruments.traces.span("request from Slack") as span:
            response = await self._slack_response(_headers(scope), receive)
            span.note(status=response.status)
        self._instruments.metrics.acknowledged(time.perf_counter() - started)
        return response

    async def _slack_response(
        self, headers: dict[str, bytes], receive: Receive
    ) -> BoltResponse:
        content_type = _content_type(headers)
        raw = await _read(receive)
        text = _decoded(raw)
        if is_certificate_check(text, content_type):
            return _said(200, "")
        self._check_signature(headers, raw)
        body = _read_body(text, content_type)
        return await self._dispatched(body, headers)

    async def _dispatched(self, body: Body, headers: dict[str, bytes]) -> BoltResponse:
        if body.get("type") == "url_verification":
            return _said(200, str(body.get("challenge", "")))
        if body.get("type") == RATE_LIMITED:  # Bolt would answer 404
            log.warning("Slack held back events for a minute: more than 30,000 an hour")
            return _said(200, "")
        if self._signatures.is_replay(headers["x-slack-signature"]):
            return _said(200, "")
        try:
            response = await self._dispatch(_request(body, headers))
        except STUMBLES as error:
            raise RefusedError(400, f"{NOT_SLACKS} ({reported(error)})") from error
        if response.status >= FAILED:  # Slack sends the very same again
            self._signatures.forget(headers["x-slack-signature"])
        return response

    def _check_signature(self, headers: dict[str, bytes], raw: bytes) -> None:
        timestamp = headers.get("x-slack-request-timestamp", b"")
        signature = headers.get("x-slack-signature", b"")
        if not self._signatures.is_timely(timestamp):
            raise RefusedError(401, "The timestamp is missing, no number or too old.")
        if not self._signatures.is_ours(timestamp, signature, raw):
            raise RefusedError(401, "The signature is missing or not Slack's.")


def _require_method(scope: Scope, methods: tuple[str, ...]) -> None:
    if scope["method"] not in methods:
        raise RefusedError(405, f"Only {methods[0]} is understood here.")


def _visit(scope: Scope) -> Visit:
    query = scope["query_string"].decode("latin-1")
    if len(query) > LONGEST_QUERY:
        raise RefusedError(414, "The address is too long.")
    cookies = _headers(scope).get("cookie", b"").decode("latin-1")
    return Visit(query, cookies)


def _headers(scope: Scope) -> dict[str, bytes]:
    """The headers by name; one that counts and comes twice is refused."""
    found: dict[str, bytes] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        if key in found and (key == "content-type" or key.startswith("x-slack-")):
            raise RefusedError(400, f"The header {key} came twice.")
        found[key] = value
    return found


def _content_type(headers: dict[str, bytes]) -> str:
    said = headers.get("content-type", b"").decode("latin-1")
    content_type = said.partition(";")[0].strip().lower()
    if content_type not in {JSON, FORM}:
        raise RefusedError(415, "Only JSON and forms are understood here.")
    return content_type


async def _read(receive: Receive) -> bytes:
    """The whole body, of at most `LARGEST` bytes within `SECONDS`."""
    try:
        async with asyncio.timeout(SECONDS):
            raw = await _read_to_the_end(receive)
    except TimeoutError as error:
        raise RefusedError(408, "The body did not arrive in time.") from error
    if len(raw) > LARGEST:
        raise RefusedError(413, f"The body is larger than {LARGEST} bytes.")
    return raw


async def _read_to_the_end(receive: Receive) -> bytes:
    raw, more = bytearray(), True
    while more and len(raw) <= LARGEST + THROWN_AWAY:
        message = await receive()
        raw += message.get("body", b"")
        more = message.get("more_body", False)  # false too when the sender hung up
    return bytes(raw)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, "The body is not UTF-8.") from error


def _read_body(text: str, content_type: str) -> Body:
    try:
        return read_body(text, content_type)
    except BodyError as error:
        raise RefusedError(400, str(error)) from error


def _request(body: Body, headers: dict[str, bytes]) -> AsyncBoltRequest:
    """The request for Bolt: already parsed, as in Socket Mode, and never parsed again.

    Bolt's own parser drops a command whose text contains the word "payload".
    """
    named: Named = {name: value.decode("latin-1") for name, value in headers.items()}
    return AsyncBoltRequest(body=body, headers=named, mode="socket_mode")


def _said(status: int, text: str) -> BoltResponse:
    headers: Named = {"content-type": ["text/plain; charset=utf-8"]}
    return BoltResponse(status=status, body=text, headers=headers)


async def _send(response: BoltResponse, send: Send) -> None:
    body = response.body.encode()
    headers = [
        (name.encode("latin-1"), value.encode("latin-1"))
        for name, values in response.headers.items()
        if name.lower() != "content-length"
        for value in values
    ]
    headers.append((b"content-length", str(len(body)).encode()))
    start = {"type": "http.response.start", "status": response.status}
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": body})
