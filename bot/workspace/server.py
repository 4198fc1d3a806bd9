"""Serves the workspace on this machine, and nowhere else."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiohttp
from aiohttp import web
from pydantic import ValidationError

from bot.workspace.api.arguments import read_arguments
from bot.workspace.api.http import WebApi
from bot.workspace.calling import Caller
from bot.workspace.clock import Clock, WallClock
from bot.workspace.desk import Desk
from bot.workspace.directory import WorkspaceConfig
from bot.workspace.grants import Grants
from bot.workspace.line import Line
from bot.workspace.payloads import Payloads
from bot.workspace.responses import RefusedError, respond
from bot.workspace.state import NotHereError, State
from bot.workspace.workspace import Workspace


LOOPBACK = "127.0.0.1"
HERE = frozenset({LOOPBACK, "localhost"})  # other names may come from other sites
PAGE = Path(__file__).parent / "page"
FAREWELL = 1.0  # seconds that open connections get when the workspace closes
GONE = {"expired": 404, "used": 404, "invalid_response": 404}
POLICY = (
    "default-src 'self'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)

_Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def running_workspace(
    config: WorkspaceConfig, clock: Clock | None = None
) -> AsyncIterator[Workspace]:
    """A workspace that listens on the loopback address until the block ends."""
    listening = socket.create_server((LOOPBACK, config.port))
    with closing(listening):
        url = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        async with aiohttp.ClientSession() as session:
            desk = _workspace(config, clock or WallClock(), session, url)
            runner = web.AppRunner(
                web_app(desk), access_log=None, shutdown_timeout=FAREWELL
            )
            await runner.setup()
            try:
                await web.SockSite(runner, listening).start()
                yield desk
            finally:
                desk.close()
                await runner.cleanup()


def web_app(desk: Workspace) -> web.Application:
    """Every address of the workspace: page, desk, Web API, response URLs."""
    app = web.Application(middlewares=[_guard, _in_one_sentence])
    pages = _Pages(desk)
    app.add_routes(
        [
            web.get("/", pages.index),
            web.static("/page", PAGE),
            web.post("/response/{grant}", pages.response),
            web.route("*", "/api/{method}", WebApi(desk).answer),
            *Desk(desk).routes(),
        ]
    )
    return app


class _Pages:
    """The page itself, and the addresses where an app responds."""

    def __init__(self, desk: Workspace) -> None:
        self._desk = desk

    async def index(self, _request: web.Request) -> web.StreamResponse:
        """The page, with a policy that keeps every request at home."""
        return web.FileResponse(
            PAGE / "index.html",
            headers={
                "Content-Security-Policy": POLICY,
                "Cache-Control": "no-cache",
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def response(self, request: web.Request) -> web.Response:
        """Take what an app says through a response URL."""
        given = (await read_arguments(request)).given
        response = self._respond(request.match_info["grant"], given)
        self._desk.state.exchanges.record(
            "response",
            "response_url",
            status=response.status,
            elapsed_ms=0.0,
            request=given,
            response=response.text,
        )
        return response

    def _respond(self, grant: str, given: dict[str, object]) -> web.Response:
        origin = self._desk.grants.spend(grant)
        if isinstance(origin, str):
            return web.json_response(
                {"ok": False, "error": f"{origin}_url"}, status=GONE[origin]
            )
        try:
            respond(self._desk, origin, given)
        except RefusedError as refused:
            return web.Response(text=refused.error, status=400)
        return web.Response(text="ok")


@web.middleware
async def _guard(request: web.Request, handler: _Answer) -> web.StreamResponse:
    """Refuse what a page of another site could send here."""
    if request.url.host not in HERE:
        raise web.HTTPForbidden(text="This workspace answers to its own address only.")
    if (
        request.path.startswith("/desk/")
        and request.method == "POST"
        and request.content_type != "application/json"
    ):
        raise web.HTTPUnsupportedMediaType(text="Send JSON as application/json.")
    return await handler(request)


@web.middleware
async def _in_one_sentence(
    request: web.Request, handler: _Answer
) -> web.StreamResponse:
    """Say what is wrong with what was sent."""
    try:
        return await handler(request)
    except NotHereError as error:
        return web.json_response({"error": str(error)}, status=404)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "body"
        return web.json_response({"error": f"{where}: {first['msg']}"}, status=400)


def _workspace(
    config: WorkspaceConfig,
    clock: Clock,
    session: aiohttp.ClientSession,
    url: str,
) -> Workspace:
    state = State.of(config, clock)
    caller = Caller(session, clock, state.exchanges, config.acknowledge_within)
    payloads = Payloads(state.directory, config.app_id)
    return Workspace(state, payloads, Grants(clock), Line(caller, payloads), url)
