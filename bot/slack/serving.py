"""Serves the desk, over HTTP or Socket Mode, until the process is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot.errors import SettingsError
from bot.settings import Settings
from bot.slack.app import SlackDesk, open_desk, secret_of
from bot.slack.entry import Entry, Page, Pages
from bot.slack.health import ALIVE, METRICS, READY, Health
from bot.slack.installing import INSTALL, REDIRECT
from bot.slack.memories import Memories
from bot.slack.reception import TrialDesk
from bot.slack.signature import Signatures
from bot.telemetry.instruments import Instruments


CLOSING = 5  # seconds for open requests; Slack gives up on one after 3
# Seconds that an unused connection stays open: longer than a proxy keeps its own (60 in
# nginx and in load balancers), or it may send a question into one that we just closed.
KEPT_OPEN = 75

log = logging.getLogger(__name__)


async def serve_http(
    settings: Settings,
    answers: TrialDesk,
    memories: Memories,
    instruments: Instruments | None = None,
) -> None:
    """Hear Slack's requests until SIGTERM or SIGINT; then finish and return."""
    with told_to_stop() as stop:
        async with (
            open_desk(settings, answers, memories, instruments) as desk,
            listening(desk, settings) as port,
        ):
            log.info("listening", extra={"host": settings.host, "port": port})
            await stop.wait()


async def serve_socket_mode(
    settings: Settings,
    answers: TrialDesk,
    memories: Memories,
    instruments: Instruments | None = None,
) -> None:
    """Hear Slack over our own connection until SIGTERM or SIGINT; then finish.

    Whoever watches over the process asks on the same port as otherwise.
    """
    with told_to_stop() as stop:
        async with (
            open_desk(settings, answers, memories, instruments) as desk,
            _served(Pages(_probes(desk)), settings) as port,
            connected(desk, settings),
        ):
            about = {"host": settings.host, "port": port}
            log.info("connected in Socket Mode", extra=about)
            await stop.wait()


@asynccontextmanager
async def listening(desk: SlackDesk, settings: Settings) -> AsyncIterator[int]:
    """Take requests as long as the block lasts; the port, which may be the system's."""
    signing = secret_of(settings.slack_signing_secret, "BECAR7_SLACK_SIGNING_SECRET")
    entry = Entry(
        desk.app.async_dispatch, Signatures(signing), _pages(desk), desk.instruments
    )
    async with _served(entry, settings) as port:
        yield port


@asynccontextmanager
async def _served(entry: Pages, settings: Settings) -> AsyncIterator[int]:
    with _open_socket(settings) as opened:
        port: int = opened.getsockname()[1]
        server = _Server(_config(entry))
        serving = asyncio.create_task(server.serve(sockets=[opened]))
        await server.ready.wait()
        try:
            yield port
        finally:
            server.should_exit = True
            await serving


@asynccontextmanager
async def connected(desk: SlackDesk, settings: Settings) -> AsyncIterator[None]:
    """Keep a Socket Mode connection as long as the block lasts."""
    token = secret_of(settings.slack_app_token, "BECAR7_SLACK_APP_TOKEN")
    line = AsyncSocketModeHandler(desk.app, token)
    try:
        await line.client.connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it
        yield
    finally:
        await line.client.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it


@contextmanager
def told_to_stop() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set; a second signal does not cut the work."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    signals = (signal.SIGTERM, signal.SIGINT)
    for sign in signals:
        loop.add_signal_handler(sign, stop.set)
    try:
        yield stop
    finally:
        for sign in signals:
            loop.remove_signal_handler(sign)


def _probes(desk: SlackDesk) -> dict[str, Page]:
    health = Health(desk.instruments)
    return {ALIVE: health.alive, READY: health.ready, METRICS: health.scraped}


def _pages(desk: SlackDesk) -> dict[str, Page]:
    pages = _probes(desk)
    if desk.installing is None:
        return pages
    installing = {INSTALL: desk.installing.begin, REDIRECT: desk.installing.finish}
    return pages | installing


class _Server(uvicorn.Server):
    """Uvicorn without its signals: `told_to_stop` decides, whichever way we serve."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to whoever called us."""
        yield


def _config(entry: Pages) -> uvicorn.Config:
    return uvicorn.Config(
        entry,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEPT_OPEN,
        timeout_graceful_shutdown=CLOSING,
    )


def _open_socket(settings: Settings) -> socket.socket:
    try:
        return socket.create_server((settings.host, settings.port))
    except OSError as error:
        where = f"{settings.host} port {settings.port}"
        raise SettingsError(
            f"{where} cannot be used: set BECAR7_HOST and BECAR7_PORT"
        ) from error
