"""Slack's side of our entry: signs what Slack would sign, and sends it over HTTP."""

from __future__ import annotations

import hashlib
import hmac
import io
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias
from urllib.parse import urlencode

import aiohttp
from pydantic import SecretStr

from bot.journal.journal import Journal, open_journal
from bot.settings import Settings
from bot.slack.app import SlackDesk, open_desk
from bot.slack.memories import Memories
from bot.slack.reception import TrialDesk
from bot.slack.serving import listening
from bot.wiring.keeping import memories_in
from tests.fakes import FakeSlack


Body: TypeAlias = dict[str, Any]

BOT_TOKEN = "xoxb-only-in-tests"  # noqa: S105  nobody's token
APP_TOKEN = "xapp-only-in-tests"  # noqa: S105  nobody's token
SIGNING = "only-in-tests"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Heard:
    status: int
    text: str


@dataclass
class Door:
    """Where Slack knocks."""

    url: str
    session: aiohttp.ClientSession
    desk: SlackDesk
    slack: FakeSlack
    journal: Journal
    _last: Heard = Heard(0, "")
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def post(self, raw: bytes, headers: Mapping[str, str]) -> Heard:
        """Send these bytes with these headers, as anybody could."""
        where = f"{self.url}/slack/events"
        async with self.session.post(
            where, data=io.BytesIO(raw), headers=headers
        ) as response:
            return Heard(response.status, await response.text())

    async def send(self, raw: bytes, content_type: str = JSON) -> Heard:
        """Send these bytes signed, and wait until what they start is done."""
        heard = await self.post(raw, signed(raw, content_type=content_type))
        await self.settled()
        return heard

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        await self.desk.in_flight.settled()
        await self.desk.workers.settled()

    async def event(self, event: Body, **envelope: Any) -> Heard:
        body = make_envelope(event, f"Ev{next(self._numbers)}", **envelope)
        return await self.send(json.dumps(body).encode())

    async def command(self, text: str, **changes: Any) -> Heard:
        fields = {
            "command": "/becar7",
            "text": text,
            "team_id": "T1",
            "channel_id": "C1",
            "user_id": "U1",
            "trigger_id": f"trigger.{next(self._numbers)}",
            "response_url": f"{self.slack.address}/aside",
            **changes,
        }
        return await self.send(urlencode(fields).encode(), FORM)

    async def shortcut(self, callback: str, **changes: Any) -> Heard:
        body = {
            "type": "shortcut",
            "callback_id": callback,
            "user": {"id": "U1"},
            "team": {"id": "T1"},
            "trigger_id": f"trigger.{next(self._numbers)}",
            **changes,
        }
        return await self.interact(body)

    async def submit(self, view: Body, values: Body, *, settle: bool = True) -> Heard:
        """Fill in a window that the app opened, and send it off."""
        state = {name: {"value": given} for name, given in values.items()}
        body = {
            "type": "view_submission",
            "user": {"id": "U1"},
            "team": {"id": "T1"},
            "trigger_id": f"trigger.{next(self._numbers)}",
            "view": {**view, "id": "V1", "state": {"values": state}},
        }
        self._last = await self.interact(body, settle=settle)
        return self._last

    async def interact(self, body: Body, *, settle: bool = True) -> Heard:
        raw = urlencode({"payload": json.dumps(body)}).encode()
        if settle:
            return await self.send(raw, FORM)
        return await self.post(raw, signed(raw, content_type=FORM))

    @property
    def acknowledged(self) -> Body:
        """What the last acknowledgement said."""
        said: Body = json.loads(self._last.text)
        return said

    async def press(self, action_id: str, value: str, **changes: Any) -> Heard:
        """Tap any button, by its name."""
        action = {"type": "button", "action_id": action_id, "block_id": "b"}
        return await self.tap("", actions=[{**action, "value": value}], **changes)

    async def tap(self, target: str, **changes: Any) -> Heard:
        body = {
            "type": "block_actions",
            "user": {"id": "U1"},
            "team": {"id": "T1"},
            "channel": {"id": "C1"},
            "container": {"type": "message", "message_ts": "20.1", "channel_id": "C1"},
            "message": {"ts": "20.1", "thread_ts": "10.1"},
            "trigger_id": f"trigger.{next(self._numbers)}",
            "response_url": f"{self.slack.address}/aside",
            "actions": [
                {
                    "type": "button",
                    "action_id": "suggestion-1",
                    "block_id": "suggestions-1",
                    "value": target,
                }
            ],
            **changes,
        }
        return await self.send(urlencode({"payload": json.dumps(body)}).encode(), FORM)


def signed(
    raw: bytes, *, content_type: str = JSON, timestamp: str | None = None
) -> dict[str, str]:
    """The headers that Slack would send with these bytes."""
    at = timestamp if timestamp is not None else str(int(time.time()))
    base = b"v0:" + at.encode() + b":" + raw
    signature = hmac.new(SIGNING.encode(), base, hashlib.sha256).hexdigest()
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={signature}",
    }


def make_envelope(event: Body, event_id: str = "Ev0", **changes: Any) -> Body:
    return {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": event_id,
        "authorizations": [{"team_id": "T1", "user_id": "U0BOT", "is_bot": True}],
        "is_ext_shared_channel": False,
        "event": event,
        **changes,
    }


def make_mention(text: str = "<@U0BOT> how many gauges?", **changes: Any) -> Body:
    event = {
        "type": "app_mention",
        "user": "U1",
        "text": text,
        "channel": "C1",
        "ts": "10.1",
    }
    return {**event, "event_ts": event["ts"], **changes}


def make_direct(text: str = "how many gauges?", **changes: Any) -> Body:
    direct = {"type": "message", "channel_type": "im", "channel": "D1"}
    return make_mention(text, **{**direct, **changes})


def make_settings(slack: FakeSlack, **changes: Any) -> Settings:
    values = {
        "slack_bot_token": SecretStr(BOT_TOKEN),
        "slack_app_token": SecretStr(APP_TOKEN),
        "slack_signing_secret": SecretStr(SIGNING),
        "slack_api_url": slack.api_url,
        "port": 0,
        "channel_posts_per_second": 1000.0,
    }
    return Settings(_env_file=None, **{**values, **changes})


@asynccontextmanager
async def open_door(
    slack: FakeSlack,
    answers: TrialDesk,
    *,
    clock: Callable[[], float] = time.time,
    **changes: Any,
) -> AsyncIterator[Door]:
    """The whole Slack side, served by uvicorn, with these settings."""
    async with (
        aiohttp.ClientSession() as session,
        keeping(clock) as journal,
        open_desk(
            make_settings(slack, **changes), answers, memories_in(journal)
        ) as desk,
        listening(desk, make_settings(slack, **changes)) as port,
    ):
        yield Door(f"http://127.0.0.1:{port}", session, desk, slack, journal)


@asynccontextmanager
async def keeping(
    clock: Callable[[], float] = time.time,
) -> AsyncIterator[Journal]:
    """A journal of its own, which is gone with the block."""
    with TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/journal.sqlite3"
        async with open_journal(address, clock) as journal:
            yield journal


@asynccontextmanager
async def remembering() -> AsyncIterator[Memories]:
    """Memories that are gone with the block."""
    async with keeping() as journal:
        yield memories_in(journal)
