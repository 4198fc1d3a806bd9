"""Socket Mode: the app calls us, and hears everything on that connection."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from bot.workspace.calling import Answered, Call, Retry


MOST = 10  # connections of one app; docs.slack.dev, Socket Mode
LASTS = 18_060  # seconds that Slack says a connection lasts, about
KINDS = {"events": "events_api", "commands": "slash_commands"}
HOST = "applink-desk"


@dataclass(slots=True)
class Sockets:
    """The connections that apps have opened, and what they have not answered yet."""

    app_id: str
    _open: list[web.WebSocketResponse] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _waiting: dict[str, asyncio.Future[Answered]] = field(default_factory=dict)
    _count: int = 0

    @property
    def connected(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def ticket(self) -> str:
        """A name under which one connection can be opened, once."""
        self._count += 1
        name = f"ticket-{self._count:06d}"
        self._tickets.add(name)
        return name

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Take one connection until either side ends it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="This ticket is unknown or used.")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        self._open.append(socket)
        try:
            await self._talk(socket)
        finally:
            if socket in self._open:
                self._open.remove(socket)
        return socket

    async def carry(self, call: Call, retry: Retry | None, within: float) -> Answered:
        """Send the call in an envelope; each goes over one of the connections."""
        if not self._open:
            return Answered(failure="connection_failed")
        self._count += 1
        envelope = _envelope(call, retry, f"envelope-{self._count:06d}")
        answer = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = answer
        socket = self._open[self._count % len(self._open)]
        try:
            await socket.send_json(envelope)
            return await asyncio.wait_for(answer, within)
        except TimeoutError:
            return Answered(failure="http_timeout")
        except ConnectionError:
            return Answered(failure="connection_failed")
        finally:
            del self._waiting[envelope["envelope_id"]]

    async def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every app to open another connection, and end those that are open."""
        leaving = tuple(self._open)
        self._open.clear()
        for socket in leaving:
            about = {"type": "disconnect", "reason": reason}
            await socket.send_json({**about, "debug_info": {"host": HOST}})
            await socket.close()

    async def close(self) -> None:
        """End every connection."""
        for socket in tuple(self._open):
            await socket.close()

    async def _talk(self, socket: web.WebSocketResponse) -> None:
        if len(self._open) > MOST:
            about = {"type": "disconnect", "reason": "too_many_websockets"}
            await socket.send_json(about)
            return
        await socket.send_json(self._hello())
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._hear(message.data)

    def _hear(self, text: str) -> None:
        """Take an acknowledgement; anything else is nobody's."""
        try:
            heard = json.loads(text)
        except ValueError:
            return
        name = heard.get("envelope_id") if isinstance(heard, dict) else None
        waiting = self._waiting.get(str(name))
        if waiting and not waiting.done():
            payload = heard.get("payload")
            body = json.dumps(payload) if payload else ""
            waiting.set_result(Answered(status=200, body=body))

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {
                "host": HOST,
                "build_number": 1,
                "approximate_connection_time": LASTS,
            },
            "connection_info": {"app_id": self.app_id},
        }


def _envelope(call: Call, retry: Retry | None, name: str) -> dict[str, Any]:
    envelope = {
        "envelope_id": name,
        "type": KINDS.get(call.direction, "interactive"),
        "accepts_response_payload": call.direction != "events",
        "payload": call.shown,
    }
    if call.direction == "events":
        envelope["retry_attempt"] = int(retry["x-slack-retry-num"]) if retry else 0
        envelope["retry_reason"] = retry["x-slack-retry-reason"] if retry else ""
    return envelope
