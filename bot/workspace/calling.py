"""Calls the app as Slack does: signed, impatient, and again after a failure."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlencode

import aiohttp

from bot.workspace.clock import Clock
from bot.workspace.exchanges import Direction, Exchange, Exchanges


WAITS = (0.0, 60.0, 300.0)  # seconds before each retry; docs.slack.dev, Events API
SHOWN = 4000  # characters of a response body that the drawer keeps
USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
FORM = "application/x-www-form-urlencoded"
OK = range(200, 300)

Retry: TypeAlias = dict[str, str]  # the headers of one


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the app: what it is about, and its body as sent."""

    direction: Direction
    name: str
    body: bytes
    content_type: str
    shown: Any  # the body as the drawer shows it

    @classmethod
    def event(cls, envelope: dict[str, Any]) -> Call:
        """The call that carries an event."""
        event = envelope["event"]
        name = ".".join(filter(None, (event["type"], event.get("subtype"))))
        return cls(
            "events", name, json.dumps(envelope).encode(), "application/json", envelope
        )

    @classmethod
    def interaction(
        cls, direction: Direction, name: str, payload: dict[str, Any]
    ) -> Call:
        """The call that carries a tap, a shortcut, a view or a wish for options."""
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return cls(direction, name, body, FORM, payload)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back from the app: a status, or the word for why nothing did."""

    status: int = 0
    body: str = ""
    failure: str = ""  # Slack's x-slack-retry-reason
    wants_no_retry: bool = False

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged."""
        return self.status in OK


class Wire(Protocol):
    """A connection that the app has opened, and listens on."""

    async def carry(self, call: Call, retry: Retry | None, within: float) -> Answered:
        """Send the call, and wait so many seconds for its acknowledgement."""
        ...


@dataclass(frozen=True, slots=True)
class App:
    """Where the app listens, and the secrets it shares with the workspace."""

    request_url: str
    signing_secret: str = field(repr=False)
    bot_token: str = field(repr=False)
    wire: Wire | None = None  # Socket Mode: the app has called us


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature over the raw body."""
    signed = b":".join((b"v0", timestamp.encode(), body))
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


@dataclass(slots=True)
class Caller:
    """Sends calls to one app over one session."""

    session: aiohttp.ClientSession
    clock: Clock
    exchanges: Exchanges
    acknowledge_within: float  # seconds

    async def deliver(self, app: App, call: Call) -> Answered:
        """Call until the app acknowledges, at most four times."""
        answered = await self.once(app, call)
        for number, wait in enumerate(WAITS, start=1):
            if answered.ok or answered.wants_no_retry:
                break
            await self.clock.sleep(wait)
            answered = await self.once(app, call, _retry(number, answered))
        return answered

    async def once(self, app: App, call: Call, retry: Retry | None = None) -> Answered:
        """Call once, and keep what was said."""
        started = time.perf_counter()
        if app.wire:
            answered = await app.wire.carry(call, retry, self.acknowledge_within)
        else:
            headers = _headers(app, call) | (retry or {})
            answered = await self._post(app.request_url, headers, call.body)
        self._record(call, answered, retry, time.perf_counter() - started)
        return answered

    def _record(
        self,
        call: Call,
        answered: Answered,
        retry: Retry | None,
        elapsed: float,
    ) -> Exchange:
        return self.exchanges.record(
            call.direction,
            call.name,
            status=answered.status,
            elapsed_ms=round(elapsed * 1000, 1),
            request=call.shown,
            response=_as_json(answered.body[:SHOWN]),
            attempt=int(retry["x-slack-retry-num"]) if retry else 0,
            note=answered.failure,
        )

    async def _post(self, url: str, headers: dict[str, str], body: bytes) -> Answered:
        patience = aiohttp.ClientTimeout(total=self.acknowledge_within)
        try:
            async with self.session.post(
                url,
                data=body,
                headers=headers,
                timeout=patience,
                allow_redirects=False,
            ) as response:
                return await _read(response)
        except TimeoutError:
            return Answered(failure="http_timeout")
        except aiohttp.ClientError:
            return Answered(failure="connection_failed")


async def _read(response: aiohttp.ClientResponse) -> Answered:
    return Answered(
        status=response.status,
        body=await response.text(errors="replace"),
        failure="" if response.status in OK else "http_error",
        wants_no_retry=response.headers.get("X-Slack-No-Retry") == "1",
    )


def _headers(app: App, call: Call) -> dict[str, str]:
    stamp = str(int(time.time()))  # the app compares it with its own time of day
    return {
        "Content-Type": call.content_type,
        "User-Agent": USER_AGENT,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature(app.signing_secret, stamp, call.body),
    }


def _retry(number: int, answered: Answered) -> dict[str, str]:
    return {"x-slack-retry-num": str(number), "x-slack-retry-reason": answered.failure}


def _as_json(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body
