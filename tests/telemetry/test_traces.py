from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.errors import SettingsError
from bot.telemetry.instruments import instruments
from bot.telemetry.traces import NoTraces


SECRET = "unspeakable"  # noqa: S105  nobody's


@asynccontextmanager
async def collector(taken: list[bytes]) -> AsyncIterator[str]:
    """An OpenTelemetry collector, as far as an exporter sees it."""

    async def take(request: web.Request) -> web.Response:
        taken.append(await request.read())
        return web.Response()

    app = web.Application()
    app.router.add_post("/v1/traces", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_steps_are_sent_to_the_collector_without_words() -> None:
    taken: list[bytes] = []
    async with collector(taken) as address:
        traces = instruments(address).traces
        with traces.span("request from Slack") as outer:
            outer.note(status=200, text=SECRET)
            with pytest.raises(RuntimeError), traces.span("reply"):
                raise RuntimeError(SECRET)
        await asyncio.to_thread(traces.close)

    sent = b"".join(taken)
    assert b"request from Slack" in sent
    assert b"reply" in sent
    assert b"RuntimeError" in sent
    assert SECRET.encode() not in sent


def test_without_an_address_nothing_is_collected() -> None:
    traces = instruments("").traces
    with traces.span("reply") as span:
        span.note(decision="answered")
    traces.close()

    assert isinstance(traces, NoTraces)


def test_an_address_without_the_extra_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "bot.telemetry.otlp", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry", None)

    with pytest.raises(SettingsError, match=r"becar7-bot\[traces\]"):
        instruments("http://127.0.0.1:4318")
