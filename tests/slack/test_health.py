from __future__ import annotations

import asyncio
import json
from typing import Any

from bot.slack.health import Health
from bot.slack.installing import Visit
from bot.telemetry.instruments import Instruments
from bot.telemetry.vitals import Vitals
from tests.fakes import FakeSlack, Refusal
from tests.slack.door import BOT_TOKEN, SIGNING, Door, make_direct


VISIT = Visit("", "")


class Watched:
    """A replica that is as it is told to be."""

    def __init__(self, vitals: Vitals) -> None:
        self._vitals = vitals

    async def vitals(self) -> Vitals:
        return self._vitals


class Stuck:
    """A replica whose database never answers."""

    async def vitals(self) -> Vitals:
        await asyncio.Event().wait()
        raise AssertionError


async def get(door: Door, path: str) -> tuple[int, str]:
    async with door.session.get(f"{door.url}{path}") as response:
        return response.status, await response.text()


async def ready(vitals: Vitals) -> tuple[int, dict[str, Any]]:
    response = await Health(Instruments(watch=Watched(vitals))).ready(VISIT)
    return response.status, json.loads(response.body)


async def test_a_process_that_can_answer_is_alive(door: Door) -> None:
    assert await get(door, "/healthz") == (200, "ok")


async def test_a_desk_without_work_is_ready(door: Door) -> None:
    status, said = await get(door, "/readyz")

    assert status == 200
    assert json.loads(said) == {
        "ready": True,
        "database": "ok",
        "lease": "not needed",
        "oldest_unanswered_seconds": 0.0,
        "audit_head_age_seconds": None,
    }


async def test_a_replica_without_its_database_takes_nothing_and_says_why() -> None:
    status, said = await ready(Vitals(database="cannot be reached"))

    assert status == 503
    assert (said["ready"], said["database"]) == (False, "cannot be reached")


async def test_a_replica_that_lost_its_lease_takes_nothing() -> None:
    status, said = await ready(Vitals(lease="lost"))

    assert (status, said["lease"]) == (503, "lost")


async def test_an_old_question_is_shown_and_keeps_nobody_out() -> None:
    status, said = await ready(Vitals(oldest_unanswered=61.0))

    assert (status, said["oldest_unanswered_seconds"]) == (200, 61.0)


async def test_a_database_that_hangs_does_not_hang_the_probe() -> None:
    health = Health(Instruments(watch=Stuck()))

    response = await health.ready(VISIT)

    assert response.status == 503
    assert "no answer in time" in response.body
    assert "becar7_ack_seconds" in (await health.scraped(VISIT)).body


async def test_the_figures_count_what_happened_and_hold_no_words(
    door: Door, slack: FakeSlack
) -> None:
    limited = Refusal(status=429, error="ratelimited", retry_after="0")
    slack.refuse("chat.postMessage", limited)
    await door.event(make_direct("the unspeakable"))
    slack.hang_up("chat.postMessage")
    await door.event(make_direct("the unspeakable", ts="11.1"))

    status, figures = await get(door, "/metrics")

    assert status == 200
    assert 'becar7_decisions_total{decision="answered"} 2.0' in figures
    assert 'becar7_slack_errors_total{status="429"} 1.0' in figures
    assert 'becar7_slack_errors_total{status="unreached"} 1.0' in figures
    assert "becar7_ack_seconds_count 2.0" in figures
    assert 'becar7_pack_info{pack="' in figures
    assert not any(word in figures for word in ("unspeakable", BOT_TOKEN, SIGNING))
