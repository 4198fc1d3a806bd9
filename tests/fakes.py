"""Stand-ins for what lies beyond the part under test: answers, and Slack."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiohttp import WSMsgType, web

from bot.answering.composition import Composition
from bot.understanding.question import Question
from tests.make import make_composition


Body: TypeAlias = dict[str, Any]

HANGING = 10.0  # seconds after which a test that waits in vain gives up
BOT_USER = "U0BOT"
BOT_ID = "B0BOT"


class CannedAnswers:
    """Gives one answer to everything, and notes what it was asked."""

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

    def reply_to(self, question: Question) -> Composition:
        raise RuntimeError(question.text)

    def tell(self, target: str) -> Composition:
        raise RuntimeError(target)


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
    address: str = ""
    open: asyncio.Event = field(default_factory=asyncio.Event)
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    _refusals: dict[str, deque[Refusal]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _hang_ups: list[str] = field(default_factory=list)
    _change: asyncio.Condition = field(default_factory=asyncio.Condition)
    _line: web.WebSocketResponse = field(default_factory=web.WebSocketResponse)
    _ts: Iterable[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def api_url(self) -> str:
        return f"{self.address}/api/"

    def refuse(self, call: str, *refusals: Refusal) -> None:
        """Answer the next calls with these refusals."""
        self._refusals[call].extend(refusals)

    def hang_up(self, call: str) -> None:
        """Close the connection at the next call, without an answer."""
        self._hang_ups.append(call)

    async def until(self, kept: list[Any], count: int) -> None:
        """Wait until so many are kept."""
        async with asyncio.timeout(HANGING), self._change:
            await self._change.wait_for(lambda: len(kept) >= count)

    async def push(self, envelope: Body) -> None:
        """Send an envelope through the Socket Mode connection."""
        await self._line.send_json(envelope)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[FakeSlack]:
        app = web.Application()
        app.router.add_post("/api/{call}", self._api)
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
        self.tokens.add(request.headers["Authorization"].removeprefix("Bearer "))
        await self._keep(self.calls, call)
        await self.open.wait()
        if call in self._hang_ups and request.transport is not None:
            self._hang_ups.remove(call)
            request.transport.abort()
            return web.Response()
        if self._refusals[call]:
            return self._refusals[call].popleft().response()
        said = await self._answer(call, request)
        return web.json_response({"ok": True, **said})

    async def _answer(self, call: str, request: web.Request) -> Body:
        match call:
            case "auth.test":
                return {"user_id": BOT_USER, "bot_id": BOT_ID, "team_id": "T1"}
            case "chat.postMessage":
                body: Body = await request.json()
                await self._keep(self.posted, body)
                return {"ts": f"1700000000.{next(iter(self._ts)):06}"}
            case "conversations.replies":
                return {"messages": self.posted}
            case "apps.connections.open":
                return {"url": f"{self.address.replace('http', 'ws', 1)}/line"}
            case _:
                raise web.HTTPNotFound

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
