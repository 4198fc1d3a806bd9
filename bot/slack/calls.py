"""Watches every call to Slack: counts what fails, and traces how long each took."""

from __future__ import annotations

from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import aiohttp

from bot.telemetry.instruments import Instruments


FAILED = (429, *range(500, 600))  # 200 with `ok: false` is an answer, not a failure


def watched(instruments: Instruments) -> aiohttp.TraceConfig:
    """What an aiohttp session needs so that its calls are seen."""
    calls = _Calls(instruments)
    config = aiohttp.TraceConfig()
    config.on_request_start.append(calls.begin)
    config.on_request_end.append(calls.end)
    config.on_request_exception.append(calls.broke)
    return config


class _Calls:
    def __init__(self, instruments: Instruments) -> None:
        self._instruments = instruments

    async def begin(
        self,
        _session: aiohttp.ClientSession,
        call: SimpleNamespace,
        about: aiohttp.TraceRequestStartParams,
    ) -> None:
        call.open = ExitStack()
        call.span = call.open.enter_context(
            self._instruments.traces.span("call to Slack")
        )
        call.span.note(call=about.url.name)

    async def end(
        self,
        _session: aiohttp.ClientSession,
        call: SimpleNamespace,
        about: aiohttp.TraceRequestEndParams,
    ) -> None:
        status = about.response.status
        call.span.note(status=status)
        if status in FAILED:
            self._instruments.metrics.slack_failed(status)
        call.open.close()

    async def broke(
        self,
        _session: aiohttp.ClientSession,
        call: SimpleNamespace,
        about: Any,
    ) -> None:
        call.span.note(kind=type(about.exception).__name__)
        self._instruments.metrics.slack_failed(None)
        call.open.close()
