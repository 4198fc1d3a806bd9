"""What the page and the tests use: speak, command, tap, read, watch, break."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.workspace.acts import Acts
from bot.workspace.faults import Fault
from bot.workspace.feed import Change, changes
from bot.workspace.seen import seen_by
from bot.workspace.state import NotHereError
from bot.workspace.typed import as_markup
from bot.workspace.workspace import Workspace


LONGEST = 40_000  # characters; Slack's own composer stops at about 12,000


class Sent(BaseModel):
    """What a page or a test sends."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user: str
    channel: str


class Spoken(Sent):
    """Words of a person: as typed, or already in Slack's markup."""

    typed: Annotated[str, Field(max_length=LONGEST)] = ""
    text: Annotated[str, Field(max_length=LONGEST)] = ""
    thread_ts: str | None = None


class Commanded(Sent):
    """A slash command and what stands after it."""

    command: str
    text: Annotated[str, Field(max_length=LONGEST)] = ""


class Tapped(Sent):
    """A button of a message, by action_id or value."""

    ts: str
    action: str


class Connected(BaseModel):
    """Where an app listens, and its secrets."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request_url: str
    signing_secret: str
    bot_token: str


_FAULTS = TypeAdapter(tuple[Fault, ...])


class Desk:
    """The part of the workspace under /desk/."""

    def __init__(self, desk: Workspace) -> None:
        self._desk = desk

    def routes(self) -> list[web.AbstractRouteDef]:
        """Every address under /desk/."""
        return [
            web.get("/desk/state", self.state),
            web.get("/desk/stream", self.stream),
            web.get("/desk/read", self.read),
            web.get("/desk/thread", self.thread),
            web.post("/desk/speak", self.speak),
            web.post("/desk/command", self.command),
            web.post("/desk/tap", self.tap),
            web.post("/desk/act/{act}", Acts(self._desk).answer),
            web.post("/desk/app", self.connect),
            web.post("/desk/faults", self.plan),
            web.delete("/desk/faults", self.clear),
        ]

    async def state(self, request: web.Request) -> web.Response:
        """Everything that one person sees."""
        user = self._desk.state.person(_asked(request, "user")).id
        return web.json_response(seen_by(self._desk, user))

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Whatever changes from now on, as server-sent events."""
        user = self._desk.state.person(_asked(request, "user")).id
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        left = suppress(ConnectionResetError)  # the page was closed meanwhile
        with left, self._desk.state.feed.listening() as queue:
            await response.prepare(request)
            await response.write(b": listening\n\n")
            async for change in changes(queue):
                if change.seen_by is None or user in change.seen_by:
                    await response.write(_event(change))
        return response

    async def read(self, request: web.Request) -> web.Response:
        """What stands in a channel itself."""
        return self._written(self._desk.read(_asked(request, "channel")))

    async def thread(self, request: web.Request) -> web.Response:
        """A thread, its first message included."""
        place, ts = _asked(request, "channel"), _asked(request, "ts")
        return self._written(self._desk.thread(place, ts))

    async def speak(self, request: web.Request) -> web.Response:
        """Post as a person."""
        said = Spoken.model_validate_json(await request.read())
        directory = self._desk.state.directory
        text = said.text or as_markup(said.typed, directory)
        if not text.strip():
            raise NotHereError("There are no words in this message.")
        ts = self._desk.speak(said.user, said.channel, text, said.thread_ts)
        return web.json_response({"ts": ts})

    async def command(self, request: web.Request) -> web.Response:
        """Use a slash command as a person."""
        sent = Commanded.model_validate_json(await request.read())
        answered = await self._desk.command(
            sent.user, sent.channel, sent.command, sent.text
        )
        return web.json_response({"status": answered.status})

    async def tap(self, request: web.Request) -> web.Response:
        """Tap a button as a person."""
        sent = Tapped.model_validate_json(await request.read())
        answered = await self._desk.tap(sent.user, sent.channel, sent.ts, sent.action)
        return web.json_response({"status": answered.status})

    async def connect(self, request: web.Request) -> web.Response:
        """Let an app hear what happens here."""
        app = Connected.model_validate_json(await request.read())
        self._desk.connect(app.request_url, app.signing_secret, app.bot_token)
        return web.json_response({})

    async def plan(self, request: web.Request) -> web.Response:
        """Plan faults, in addition to those already planned."""
        self._desk.faults.plan(*_FAULTS.validate_json(await request.read()))
        return web.json_response({"planned": len(self._desk.faults.planned)})

    async def clear(self, _request: web.Request) -> web.Response:
        """Work again."""
        self._desk.faults.clear()
        return web.json_response({"planned": 0})

    def _written(self, messages: tuple[Any, ...]) -> web.Response:
        shown = [self._desk.state.as_shown(message) for message in messages]
        return web.json_response({"messages": shown})


def _asked(request: web.Request, name: str) -> str:
    if name not in request.query:
        raise NotHereError(f"The address lacks ?{name}=…")
    return request.query[name]


def _event(change: Change) -> bytes:
    return f"event: {change.kind}\ndata: {json.dumps(change.body)}\n\n".encode()
