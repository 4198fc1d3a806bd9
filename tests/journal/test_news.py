"""News are told once, by whichever replica is there, and a digest is owed once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from bot.journal.board_tables import news
from bot.journal.correction_rows import Served
from bot.journal.identity import Identity
from bot.journal.journal import Journal, open_journal
from bot.journal.owing_news import owe
from bot.journal.tables import replica
from bot.promise.corrections import Changed, Outdated
from bot.promise.digest import Week
from bot.promise.inbox import LostError
from bot.promise.news import NEWS, News
from bot.promise.question import Spot
from bot.promise.tickets import By, Unfit
from tests.journal.kept import Watch, answered, make_arrival


WHAT = {"kind": "answered", "fact": "naps", "words": "about naps?", "asked": 1.0}
SPOT = Spot("C1", "20.1", "10.1")
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC).timestamp()
WEEK = Week("harbour", "", "C7", MONDAY, {})
BY = By("T1:U9", "A misprint.")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Both databases: what is owed is the same in either."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/journal.sqlite3"
    address: str = request.getfixturevalue("postgres")
    return address


async def _owe(journal: Journal, key: str = "a", **changes: Any) -> bool:
    said = {"key": key, "team": "T1", "person": "U1", "what": WHAT}
    said |= {"place": {"channel": "C1", "thread": "10.1"}, **changes}

    def work(connection: Connection) -> bool:
        return owe(connection, journal.identity, said)

    return await journal.database.writer.write(work)


async def _taken(journal: Journal, key: str = "a") -> News:
    found = await journal.news.take(key)
    assert found is not None
    return found


async def test_news_are_owed_once_and_gone_when_they_are_told(
    journal: Journal, watch: Watch
) -> None:
    assert [await _owe(journal), await _owe(journal)] == [True, False]
    assert await journal.news.due() == ("a",)

    owed = await _taken(journal)
    await journal.news.freeze(owed, {"text": "Now.", "blocks": []})
    attempt = await journal.news.begin(owed.owed, NEWS)
    await journal.news.end(owed.owed, attempt, "posted", SPOT)
    watch.now += 61
    again = await _taken(journal)
    await journal.news.settle(again, "told", "")

    assert (again.message, again.spot) == ({"text": "Now.", "blocks": []}, SPOT)
    assert [one.outcome for one in again.attempts] == ["posted"]
    assert again.owed.posts == {NEWS: SPOT}
    assert await journal.news.take("a") is None
    assert await _owe(journal) is False


async def test_news_that_were_told_leave_no_words_and_an_audit_row(
    journal: Journal,
) -> None:
    await _owe(journal)
    owed = await _taken(journal)
    await journal.news.freeze(owed, {"text": "Now.", "blocks": []})
    attempt = await journal.news.begin(owed.owed, NEWS)
    await journal.news.end(owed.owed, attempt, "posted", SPOT)
    await journal.news.settle(owed, "told", "")

    (row,) = await journal.database.read(select(news))
    assert (row.what, row.message) == ({"kind": "answered", "fact": "naps"}, None)
    (told,) = [one.told async for one in journal.audit.rows()]
    assert (told["kind"], told["fact"], told["state"]) == ("told", "naps", "told")
    assert told["posts"] == {NEWS: ["C1", "20.1"]}
    assert "U1" not in str(told)


async def test_what_is_put_off_rests(journal: Journal, watch: Watch) -> None:
    await _owe(journal)
    await journal.news.put_off(await _taken(journal), 30.0)

    assert await journal.news.due() == ()
    watch.now += 31
    assert await journal.news.due() == ("a",)


async def test_what_broke_is_tried_again_after_a_while(
    journal: Journal, watch: Watch
) -> None:
    await _owe(journal)
    await _taken(journal)

    assert await journal.news.take("a") is None
    assert await journal.news.due() == ()
    watch.now += 61
    assert await journal.news.due() == ("a",)


async def test_what_a_lost_replica_held_is_told_at_once(
    address: str, watch: Watch
) -> None:
    async with open_journal(address, watch) as lost:
        await _owe(lost)
        await _taken(lost)

    async with open_journal(address, watch) as other:
        assert await other.news.due() == ("a",)


async def test_news_that_one_replica_took_no_other_tells(postgres: str) -> None:
    async with open_journal(postgres) as one, open_journal(postgres) as other:
        await _owe(one)
        found = await asyncio.gather(one.news.take("a"), other.news.take("a"))

        assert sum(taken is not None for taken in found) == 1


async def test_the_gate_is_shut_for_who_was_taken_over(
    postgres: str, watch: Watch
) -> None:
    async with (
        open_journal(postgres, watch) as frozen,
        open_journal(postgres, watch) as other,
    ):
        await _owe(frozen)
        owed = await _taken(frozen)
        watch.now += 61
        mine = replica.c.name == frozen.identity.replica
        ended = update(replica).where(mine).values(until=0.0)
        await frozen.database.store.run(lambda c: c.execute(ended))
        await _taken(other)

        box = frozen.news
        for step in (
            box.freeze(owed, {}),
            box.begin(owed.owed, NEWS),
            box.put_off(owed, 1.0),
            box.settle(owed, "told", ""),
        ):
            with pytest.raises(LostError):
                await step


async def test_two_replicas_owe_the_digest_of_a_week_once(postgres: str) -> None:
    watch = Watch(MONDAY - 60)
    async with (
        open_journal(postgres, watch) as one,
        open_journal(postgres, watch) as other,
    ):
        await answered(one, make_arrival(), decision="not_reported", gap=7)
        owed = await asyncio.gather(one.digests.owe(WEEK), other.digests.owe(WEEK))

        rows = await one.database.read(select(news))
        assert sorted(owed) == [False, True]
        assert [row.key for row in rows] == ["digest:harbour:2026-11-23"]


async def test_a_digest_counts_what_happened_since_the_one_before(
    journal: Journal, watch: Watch
) -> None:
    days = 86_400.0
    watch.now = MONDAY - days
    await answered(journal, make_arrival(1), decision="not_reported", gap=7)
    assert await journal.digests.owe(WEEK)
    watch.now = MONDAY + days
    await answered(journal, make_arrival(2), decision="not_reported", gap=7, id="b")

    following = Week("harbour", "", "C7", MONDAY + 7 * days, {})
    assert await journal.digests.owe(following)
    assert not await journal.digests.owe(WEEK)
    quiet = Week("harbour", "", "C7", MONDAY + 14 * days, {"x": date(2020, 1, 1)})
    assert not await journal.digests.owe(quiet)

    first, second = await journal.database.read(select(news).order_by(news.c.key))
    assert (first.what["opened"], first.what["asked"]) == (1, 1)
    assert (second.what["opened"], second.what["asked"]) == (0, 1)
    assert second.what["since"] == MONDAY


async def test_another_packs_week_is_its_own(journal: Journal, watch: Watch) -> None:
    watch.now = MONDAY - 60
    await answered(journal, make_arrival(1), decision="not_reported", gap=7)

    assert not await journal.digests.owe(Week("other", "", "C7", MONDAY, {}))


async def test_a_correction_is_sent_or_left_once(journal: Journal) -> None:
    await answered(journal, make_arrival(1))
    await answered(journal, make_arrival(2, person="U2"), id="b")
    changed = Changed("naps", "Naps", "6 of 20.", "A misprint.")
    keys = [make_arrival(number).key for number in (1, 2)]
    found = {changed: tuple(Outdated(key, "naps", "5 of 20.") for key in keys)}
    served = Served("harbour", "v2", {"naps": "6 of 20."})
    for _ in range(2):
        await journal.corrections.note(served, found)

    (one,) = await journal.corrections.waiting("harbour")
    nothing = await journal.corrections.send(one.number, By("T1:U9", " "))
    sent = await journal.corrections.send(one.number, BY)
    again = await journal.corrections.leave(one.number, BY)

    assert (one.waiting, one.was) == (2, "5 of 20.")
    assert isinstance(nothing, Unfit)
    assert sent == 2
    assert isinstance(again, Unfit)
    assert await journal.corrections.waiting("harbour") == ()
    assert isinstance(await journal.corrections.send(99, BY), Unfit)


async def test_nobody_who_was_erased_is_told_of_a_correction(
    journal: Journal,
) -> None:
    alone = make_arrival(1, channel="", place={"response_url": "https://x.invalid"})
    await answered(journal, alone)
    changed = Changed("naps", "Naps", "", "Withdrawn.")
    found = {changed: (Outdated(alone.key, "naps", "5 of 20."),)}
    await journal.corrections.note(Served("harbour", "v2", {}), found)
    await journal.eraser.erase("T1", "U1")

    assert await journal.corrections.send(1, BY) == 0
    assert await journal.database.read(select(news)) == []


def test_a_mark_tells_nothing_of_whom_it_names() -> None:
    identity = Identity("r", b"k" * 32)

    assert "U1" not in identity.mark("answered:7:naps:T1:U1")
