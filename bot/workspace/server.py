"""Serves the workspace on this machine, and nowhere else."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing

import aiohttp
from aiohttp import web
from pydantic import ValidationError

from bot.workspace.api.http import WebApi
from bot.workspace.calling import Caller
from bot.workspace.clock import Clock, WallClock
from bot.workspace.consent import Consent
from bot.workspace.conversing import Conversations
from bot.workspace.desk import Desk
from bot.workspace.directory import WorkspaceConfig
from bot.workspace.files import MOST_BYTES
from bot.workspace.grants import Grants
from bot.workspace.line import Line
from bot.workspace.pages import PAGE, Pages
from bot.workspace.payloads import Payloads
from bot.workspace.sockets import Sockets
from bot.workspace.state import NotHereError, State
from bot.workspace.tokens import Tokens
from bot.workspace.views import Views
from bot.workspace.workspace import Workspace


LOOPBACK = "127.0.0.1"
HERE = frozenset({LOOPBACK, "localhost"})  # other names may come from other sites
FAREWELL = 1.0  # seconds that open connections get when the workspace closes
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
                await desk.sockets.close()
                await runner.cleanup()


def web_app(desk: Workspace) -> web.Application:
    """Every address of the workspace: page, desk, Web API, response URLs."""
    app = web.Application(
        middlewares=[_guard, _in_one_sentence], client_max_size=2 * MOST_BYTES
    )
    pages, consent = Pages(desk), Consent(desk)
    app.add_routes(
        [
            web.get("/", pages.index),
            web.get("/archives/{channel}/{message}", pages.index),
            web.get("/files/{file}", pages.file),
            web.get("/files/{file}/{name}", pages.file),
            web.route("*", "/upload/v1/{file}", pages.upload),
            web.get("/link/", desk.sockets.serve),
            web.get("/oauth/v2/authorize", consent.ask),
            web.post("/oauth/v2/authorize", consent.decide),
            web.static("/page", PAGE),
            web.post("/response/{grant}", pages.response),
            web.route("*", "/api/{method}", WebApi(desk).answer),
            *Desk(desk).routes(),
        ]
    )
    return app


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
    state.files.url = url
    return Workspace(
        state=state,
        payloads=payloads,
        grants=Grants(clock),
        line=Line(caller, payloads, config.features),
        url=url,
        views=Views(state.feed),
        conversations=Conversations(state.feed),
        sockets=Sockets(config.app_id),
        tokens=Tokens(clock, config.team.id),
    )
