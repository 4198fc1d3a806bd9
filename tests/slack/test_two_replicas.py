"""Two replicas of the app on one PostgreSQL: one reply, whoever gives it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import update

from bot.journal.tables import replica
from bot.journal.tickets import Answers
from bot.slack import once
from bot.slack.listeners import catching_up
from bot.workspace.directory import NURSE
from tests.fakes import HANGING, CannedAnswers
from tests.journal.postgres import Cluster, running_cluster
from tests.make import make_composition
from tests.slack.promised import QUESTIONS, App, Place, opened_workspace


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as running:
        yield running


@pytest.fixture
async def place(cluster: Cluster) -> AsyncIterator[Place]:
    async with opened_workspace() as workspace:
        yield Place(workspace, cluster.database(f"slack_{secrets.token_hex(4)}"))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "LOOK_AFTER", 0.01)
    monkeypatch.setattr(catching_up, "LOOKS", 1_000.0)  # no pace: Slack is next door


async def test_every_question_gets_one_reply_from_one_of_two(place: Place) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(2):
            await stack.enter_async_context(place.app(CannedAnswers()))
        nurse = place.workspace.seat(NURSE.id)
        bot = place.workspace.bot.id
        roots = [nurse.say(QUESTIONS.id, f"<@{bot}> how many?") for _ in range(20)]
        for root in roots:
            await place.workspace.replies(QUESTIONS.id, root)

    async with place.app(CannedAnswers()) as later:
        await later.settle()

        assert {len(later.said(root)) for root in roots} == {1}
        assert await later.states() == ["answered"] * 20
        assert len(await later.audited()) == 20


async def test_a_replica_takes_over_what_another_left_half_done(place: Place) -> None:
    """The first ends between Slack's accepting and its own record of that."""
    async with (
        place.app(CannedAnswers(), ends_at="settle") as lost,
        place.app(CannedAnswers()) as other,
    ):
        root = place.workspace.seat(NURSE.id).say(
            QUESTIONS.id, f"<@{place.workspace.bot.id}> how many?"
        )
        await place.workspace.replies(QUESTIONS.id, root)
        await _give_up_lease(lost)
        await other.desk.workers.reconcile()
        await other.settle()

        assert len(other.said(root)) == 1


async def test_who_asked_in_vain_is_told_once_by_one_of_two(place: Place) -> None:
    told = make_composition(id="fresh", answer="3 of 20. [1]")
    answers = CannedAnswers(
        make_composition(decision="not_reported", gap=7), {"eye-strain": told}
    )
    closing = Answers("v2", {7: "eye-strain"}, {"eye-strain"})
    async with place.app(answers) as one, place.app(answers) as other:
        root = place.workspace.seat(NURSE.id).say(
            QUESTIONS.id, f"<@{place.workspace.bot.id}> how many?"
        )
        await place.workspace.replies(QUESTIONS.id, root)
        async with asyncio.timeout(HANGING):  # the reply stands before its end is kept
            while not await one.journal.tickets.close_answered("harbour", closing):
                await one.settle()
        await asyncio.gather(
            *(app.desk.spreading.reconcile() for app in (one, other) for _ in range(3))
        )
        await one.desk.spreading.reconcile()

        assert ["Now there is one" in m.text for m in one.said(root)] == [False, True]


async def _give_up_lease(app: App) -> None:
    mine = replica.c.name == app.journal.identity.replica
    ended = update(replica).where(mine).values(until=0.0)
    await app.journal.database.store.run(lambda c: c.execute(ended))
