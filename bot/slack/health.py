"""Answers those who watch over the process: is it alive, can it work, how is it doing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt.response import BoltResponse

from bot.slack.installing import Visit
from bot.telemetry.instruments import Instruments
from bot.telemetry.vitals import Vitals


ALIVE, READY, METRICS = "/healthz", "/readyz", "/metrics"
PROBES = (ALIVE, READY, METRICS)
PATIENCE = 0.8  # seconds; Kubernetes' probes give up after one
TOO_SLOW = Vitals(database="gave no answer in time")


class Health:
    """What the process says of itself; it never says what anybody asked."""

    def __init__(self, instruments: Instruments) -> None:
        self._watch = instruments.watch
        self._metrics = instruments.metrics

    async def alive(self, _visit: Visit) -> BoltResponse:
        """200 as long as this process can answer at all."""
        return _plain(200, "ok")

    async def ready(self, _visit: Visit) -> BoltResponse:
        """200 if new questions may come here, else 503; why, as JSON."""
        vitals = await self._vitals()
        told = {
            "ready": vitals.ready,
            "database": vitals.database or "ok",
            "lease": vitals.lease,
            "oldest_unanswered_seconds": round(vitals.oldest_unanswered, 3),
            "audit_head_age_seconds": vitals.audit_head_age,
        }
        headers: dict[str, str | Sequence[str]] = {"content-type": ["application/json"]}
        return BoltResponse(
            status=200 if vitals.ready else 503, body=json.dumps(told), headers=headers
        )

    async def scraped(self, _visit: Visit) -> BoltResponse:
        """Every figure, in Prometheus' text format."""
        text = self._metrics.exposition(await self._vitals()).decode()
        headers: dict[str, str | Sequence[str]] = {"content-type": CONTENT_TYPE_LATEST}
        return BoltResponse(status=200, body=text, headers=headers)

    async def _vitals(self) -> Vitals:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._watch.vitals()
        except TimeoutError:
            return TOO_SLOW


def _plain(status: int, text: str) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {
        "content-type": ["text/plain; charset=utf-8"]
    }
    return BoltResponse(status=status, body=text, headers=headers)
