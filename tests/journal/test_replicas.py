"""On PostgreSQL replicas share the work, and take over from each other."""

from __future__ import annotations

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.journal.journal import Journal, open_journal
from bot.journal.tables import METADATA, note, question, replica
from bot.promise.inbox import LostError
from tests.journal.kept import PART, SPOT, make_arrival, make_frozen
from tests.journal.postgres import Cluster


PATIENCE = 20.0  # seconds after which a test that waits in vain gives up


async def test_a_question_and_its_job_are_written_together(postgres: str) -> None:
    async with open_journal(postgres) as journal:
        owed = await journal.inbox.receive(make_arrival())
        again = await journal.inbox.receive(make_arrival())

        assert owed is not None
        assert not owed.ours
        assert again is None
        assert await _jobs(journal) == 1


async def test_a_job_is_worked_on_in_any_replica(postgres: str) -> None:
    taken: asyncio.Queue[str] = asyncio.Queue()
    async with (
        open_journal(postgres) as hears,
        open_journal(postgres) as works,
        works.dispatch.working(taken.put, lambda: False),
        asyncio.timeout(PATIENCE),
    ):
        await hears.inbox.receive(make_arrival())

        assert await taken.get() == make_arrival().key


async def test_who_has_room_keeps_what_it_hears(postgres: str) -> None:
    taken: asyncio.Queue[str] = asyncio.Queue()
    async with (
        open_journal(postgres) as journal,
        open_journal(postgres) as other,
        journal.dispatch.working(taken.put, lambda: True),
    ):
        owed = await journal.inbox.receive(make_arrival())

        assert owed is not None
        assert owed.ours
        assert await _jobs(journal) == 0
        assert await other.inbox.take(make_arrival().key) is None


async def test_what_one_replica_took_no_other_can_take(postgres: str) -> None:
    async with open_journal(postgres) as one, open_journal(postgres) as other:
        await one.inbox.receive(make_arrival())
        found = await asyncio.gather(
            one.inbox.take(make_arrival().key), other.inbox.take(make_arrival().key)
        )

        assert sum(owed is not None for owed in found) == 1


async def test_the_gate_is_shut_for_who_was_taken_over(postgres: str) -> None:
    key = make_arrival().key
    async with open_journal(postgres) as frozen, open_journal(postgres) as other:
        await frozen.inbox.receive(make_arrival())
        owed = await frozen.inbox.take(key)
        assert owed is not None
        await _run_out(frozen)
        taken = await other.inbox.take(key)

        assert taken is not None
        assert taken.inherited
        progress = frozen.progress
        for step in (
            progress.began(owed),
            progress.freeze(owed, make_frozen()),
            progress.begin(owed, PART),
            progress.settle(owed, "answered", ""),
            progress.put_off(owed, 1.0),
        ):
            with pytest.raises(LostError):
                await step


async def test_what_was_begun_is_seen_by_who_takes_over(postgres: str) -> None:
    key = make_arrival().key
    async with open_journal(postgres) as lost, open_journal(postgres) as other:
        await lost.inbox.receive(make_arrival())
        owed = await lost.inbox.take(key)
        assert owed is not None
        owed = await lost.progress.freeze(owed, make_frozen())
        await lost.progress.begin(owed, PART)
        await _run_out(lost)
        due = await other.inbox.due()
        taken = await other.inbox.take(key)

        assert due == (key,)
        assert taken is not None
        assert taken.frozen == make_frozen()
        assert [attempt.is_open for attempt in taken.attempts] == [True]


async def test_the_audit_of_several_replicas_is_one_chain(postgres: str) -> None:
    async with open_journal(postgres) as one, open_journal(postgres) as other:
        await asyncio.gather(
            *(_answered((one, other)[number % 2], number) for number in range(40))
        )
        verdict = await one.audit.verify()

        assert verdict.breaches == ()
        assert verdict.head is not None
        assert verdict.head.number == 40


@pytest.mark.parametrize(
    "statement", ["update audit set body = ''", "delete from audit", "truncate audit"]
)
async def test_postgresql_takes_no_change_of_the_audit(
    postgres: str, statement: str
) -> None:
    async with open_journal(postgres) as journal:
        await _answered(journal, 1)
        with pytest.raises(DBAPIError, match="append-only"):
            await journal.database.store.run(lambda c: c.execute(text(statement)))


async def test_the_steps_lead_to_the_tables_of_today(postgres: str) -> None:
    async with open_journal(postgres) as journal:
        assert await journal.database.store.run(_differences) == []


async def test_two_replicas_that_start_at_once_make_the_tables_once(
    postgres: str,
) -> None:
    async def start() -> None:
        async with open_journal(postgres):
            pass

    await asyncio.gather(start(), start())


async def test_the_secret_is_the_same_in_every_replica(postgres: str) -> None:
    async with open_journal(postgres) as one, open_journal(postgres) as other:
        assert one.identity.mark("a") == other.identity.mark("a")
        assert one.identity.replica != other.identity.replica


async def test_a_restart_of_the_database_loses_nothing(
    cluster: Cluster, postgres: str
) -> None:
    async with open_journal(postgres) as journal:
        await journal.inbox.receive(make_arrival(1))
        cluster.stop()
        gone = await journal.pulse()
        cluster.start()
        back = await journal.pulse()
        await journal.inbox.receive(make_arrival(2))
        rows = await journal.database.read(select(question.c.key))

        assert gone.database
        assert not back.database
        assert len(rows) == 2


async def test_only_one_replica_renews_a_token_at_a_time(postgres: str) -> None:
    order: list[str] = []

    async def renew(journal: Journal, name: str) -> None:
        async with journal.installed.turn("T1"):
            order.append(f"{name} begins")
            await asyncio.sleep(0.05)
            order.append(f"{name} ends")

    async with open_journal(postgres) as one, open_journal(postgres) as other:
        await asyncio.gather(renew(one, "one"), renew(other, "other"))

    assert [line.split()[1] for line in order] == ["begins", "ends"] * 2
    assert order[0].split()[0] == order[1].split()[0]


async def test_who_gives_up_waiting_for_a_token_keeps_nobody_else_waiting(
    postgres: str,
) -> None:
    async with open_journal(postgres) as one, open_journal(postgres) as other:

        async def renew() -> None:
            async with other.installed.turn("T1"):
                raise AssertionError("it is the other's turn")

        async with one.installed.turn("T1"):
            waits = asyncio.create_task(renew())
            await asyncio.sleep(0.05)  # it waits for the lock by now
            waits.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waits

        async with asyncio.timeout(PATIENCE), one.installed.turn("T1"):
            pass


async def test_a_lease_is_renewed_and_says_when_it_had_run_out(postgres: str) -> None:
    async with open_journal(postgres) as journal:
        held = await journal.lease.renew()
        await _run_out(journal)
        lost = (await journal.pulse()).lease
        renewed = await journal.lease.renew()

        assert (held, lost, renewed) == (True, "lost", False)
        assert (await journal.pulse()).lease == "held"


async def test_a_thread_in_which_somebody_asked_is_found(postgres: str) -> None:
    async with open_journal(postgres) as journal:
        await journal.inbox.receive(make_arrival(1))

        assert await journal.replies.is_asked_in("T1:C1:10.1")
        assert not await journal.replies.is_asked_in("T1:C1:10")
        assert not await journal.replies.is_asked_in("T1:C1:10.2")


async def test_what_is_stopped_anywhere_is_posted_nowhere(postgres: str) -> None:
    async with open_journal(postgres) as works, open_journal(postgres) as hears:
        await works.inbox.receive(make_arrival())
        owed = await works.inbox.take(make_arrival().key)
        assert owed is not None

        stopped = await hears.inbox.stop("T1:C1:10.1")

        with pytest.raises(LostError):
            await works.progress.begin(owed, PART)
        again = await hears.inbox.take(make_arrival().key)
        assert stopped == (owed.key,)
        assert again is not None
        assert again.withdrawn


async def test_a_workspace_that_left_is_forgotten_and_the_others_are_not(
    postgres: str,
) -> None:
    async with open_journal(postgres) as journal:
        await _answered(journal, 1)
        for team in ("T1", "T2"):
            bridge = {"asker": "U1", "back": {}, "team": team}
            await journal.notes("bridge").keep(f"{team}:1.1", bridge)
            await journal.notes("joined").keep_first(f"{team}:C1:1.1", True)
            await journal.uploads.keep(team, "picture", "F1")
        await journal.inbox.receive(make_arrival(2))

        await journal.eraser.forget_team("T1")

        rows = await journal.database.read(select(question))
        notes = await journal.database.read(select(note.c.name))
        told = [row.told["kind"] async for row in journal.audit.rows()]
        assert {(row.team, row.words, row.settled_at is None) for row in rows} == {
            ("", None, False)
        }
        assert {row.name.partition(":")[0] for row in notes} == {"T2"}
        assert told == ["reply", "reply", "team forgotten"]
        assert (await journal.audit.verify()).breaches == ()
        assert await journal.uploads.find("T2", "picture") == "F1"


async def _answered(journal: Journal, number: int) -> None:
    arrival = make_arrival(number)
    await journal.inbox.receive(arrival)
    owed = await journal.inbox.take(arrival.key)
    assert owed is not None
    owed = await journal.progress.freeze(owed, make_frozen())
    attempt = await journal.progress.begin(owed, PART)
    await journal.progress.end(owed, attempt, "posted", SPOT)
    await journal.progress.settle(owed, "answered", "")


async def _jobs(journal: Journal) -> int:
    rows = await journal.database.read(text("select count(*) from procrastinate_jobs"))
    return int(rows[0][0])


async def _run_out(journal: Journal) -> None:
    """Let the lease of a replica run out."""
    name = replica.c.name == journal.identity.replica
    ended = update(replica).where(name).values(until=0.0)
    await journal.database.store.run(lambda c: c.execute(ended))


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
    return list(compare_metadata(context, METADATA))


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith("procrastinate")
