"""Stand-ins for what lies beyond the part under test: answers, and Slack."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from aiohttp import WSMsgType, web

from bot.answering.composition import Composition
from bot.knowledge.load import Knowledge, load
from bot.settings import ROOT
from bot.understanding.question import Question
from tests.make import make_composition


Body: TypeAlias = dict[str, Any]

HANGING = 10.0  # seconds after which a test that waits in vain gives up
BOT_USER = "U0BOT"
BOT_ID = "B0BOT"


@cache
def tiny_pack() -> Knowledge:
    return load(ROOT / "tests" / "packs" / "tiny")


class CannedAnswers:
    """Gives one answer to everything, and notes what it was asked."""

    knowledge = tiny_pack()

    def __init__(
        self,
        reply: Composition | None = None,
        entries: Mapping[str, Composition] | None = None,
    ) -> None:
        self.reply = reply or make_composition()
        self.entries = dict(entries or {})
        self.asked: list[Question] = []

    def reply_to(self, question: Question) -> Composition:
        self.asked.append(question)
        return self.reply

    def tell(self, target: str) -> Composition:
        return self.entries[target]


class BrokenAnswers:
    """Breaks over every question, and quotes it in doing so."""

    knowledge = tiny_pack()

    def reply_to(self, question: Question) -> Composition:
        raise RuntimeError(question.text)

    def tell(self, target: str) -> Composition:
        raise RuntimeError(target)


TAKEN = frozenset(
    {
        "agents.sessions.setStatus",
        "assistant.threads.setStatus",
        "assistant.threads.setSuggestedPrompts",
        "assistant.threads.setTitle",
        "chat.delete",
        "chat.unfurl",
        "chat.update",
        "functions.completeError",
        "functions.completeSuccess",
        "views.open",
        "views.publish",
        "views.push",
        "views.update",
    }
)
LIFE = 43_200  # seconds; Slack's, where tokens rotate


def _tokens(number: int) -> Body:
    """What Slack gives for a code or a refresh token."""
    return {
        "access_token": f"xoxe-only-in-tests-{number}",
        "refresh_token": f"xoxe-1-only-in-tests-{number}",
        "expires_in": LIFE,
        "token_type": "bot",
        "scope": "chat:write,commands",
        "bot_user_id": BOT_USER,
        "team": {"id": "T1", "name": "Harbour"},
    }


STRUCTURED = ("blocks", "outputs", "prompts", "unfurls", "view")


async def _arguments(request: web.Request) -> Body:
    """What a call was given, as JSON or as a form with JSON inside."""
    if request.content_type == "application/json":
        body: Body = await request.json()
        return body
    form = {**request.query, **await request.post()}
    return {
        name: json.loads(str(said)) if name in STRUCTURED else said
        for name, said in form.items()
    }


@dataclass(frozen=True, slots=True)
class Refusal:
    """What Slack says instead of yes, once."""

    status: int = 200
    error: str = "internal_error"
    retry_after: str | None = None

    def response(self) -> web.Response:
        headers = {} if self.retry_after is None else {"Retry-After": self.retry_after}
        body = {"ok": False, "error": self.error}
        return web.json_response(body, status=self.status, headers=headers)


@dataclass
class FakeSlack:
    """Takes the few calls that we make, keeps them, and refuses when it is told to."""

    posted: list[Body] = field(default_factory=list)
    asides: list[Body] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    taken: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))
    outside: set[str] = field(default_factory=set)  # channels shared with others
    address: str = ""
    open: asyncio.Event = field(default_factory=asyncio.Event)
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    _refusals: dict[str, deque[Refusal]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _held: str = ""  # every call
    _hang_ups: list[str] = field(default_factory=list)
    _change: asyncio.Condition = field(default_factory=asyncio.Condition)
    _line: web.WebSocketResponse = field(default_factory=web.WebSocketResponse)

    @property
    def api_url(self) -> str:
        return f"{self.address}/api/"

    def refuse(self, call: str, *refusals: Refusal) -> None:
        """Answer the next calls with these refusals."""
        self._refusals[call].extend(refusals)

    def hold(self, call: str) -> None:
        """Answer no such call until `open` is set."""
        self._held = call
        self.open.clear()

    def hang_up(self, call: str) -> None:
        """Close the connection at the next call, without an answer."""
        self._hang_ups.append(call)

    async def until(self, kept: list[Any], count: int) -> None:
        """Wait until so many are kept."""
        async with asyncio.timeout(HANGING), self._change:
            await self._change.wait_for(lambda: len(kept) >= count)

    async def called(self, call: str) -> None:
        """Wait until this was called."""
        async with asyncio.timeout(HANGING), self._change:
            await self._change.wait_for(lambda: call in self.calls)

    async def push(self, envelope: Body) -> None:
        """Send an envelope through the Socket Mode connection."""
        await self._line.send_json(envelope)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[FakeSlack]:
        app = web.Application()
        app.router.add_route("*", "/api/{call}", self._api)
        app.router.add_post("/aside", self._aside)
        app.router.add_get("/line", self._socket)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self.open.set()
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _keep(self, kept: list[Any], what: Any) -> None:
        async with self._change:
            kept.append(what)
            self._change.notify_all()

    async def _api(self, request: web.Request) -> web.Response:
        call = request.match_info["call"]
        said = request.headers.get("Authorization", "")
        self.tokens |= {said.removeprefix("Bearer ")} if said else set()
        await self._keep(self.calls, call)
        if self._held in {"", call}:
            await self.open.wait()
        if call in self._hang_ups and request.transport is not None:
            self._hang_ups.remove(call)
            request.transport.abort()
            return web.Response()
        if self._refusals[call]:
            return self._refusals[call].popleft().response()
        answer = await self._answer(call, request)
        return web.json_response({"ok": True, **answer})

    async def _answer(self, call: str, request: web.Request) -> Body:
        given = await _arguments(request)
        if call == "oauth.v2.access":
            await self._keep(self.taken[call], given)
            return _tokens(len(self.taken[call]))
        if call in TAKEN:
            await self._keep(self.taken[call], given)
            return {}
        if call == "chat.postMessage":
            await self._keep(self.posted, given)
        answers: dict[str, Body] = {
            "auth.test": {"user_id": BOT_USER, "bot_id": BOT_ID, "team_id": "T1"},
            "chat.postMessage": {
                "ts": f"1700000000.{len(self.posted):06}",
                "channel": given.get("channel"),
            },
            "conversations.history": {"messages": self.posted},
            "conversations.replies": {"messages": self.posted},
            "conversations.info": {
                "channel": {"is_ext_shared": given.get("channel") in self.outside}
            },
            "chat.getPermalink": {
                "permalink": f"https://slack.example/{given.get('message_ts')}"
            },
            "apps.connections.open": {
                "url": f"{self.address.replace('http', 'ws', 1)}/line"
            },
        }
        if call not in answers:
            raise web.HTTPNotFound
        return answers[call]

    async def _aside(self, request: web.Request) -> web.Response:
        if self._refusals["aside"]:
            return self._refusals["aside"].popleft().response()
        await self._keep(self.asides, await request.json())
        return web.Response(text="ok")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        await self._line.prepare(request)
        self.connected.set()
        async for frame in self._line:
            if frame.type is WSMsgType.TEXT:
                said = json.loads(frame.data)
                await self._keep(self.acknowledged, said["envelope_id"])
        return self._line
