"""A pack that takes over closes what it answers, and prepares what it says otherwise."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Row, select, update

from bot.journal.board_tables import corrected, news, ticket
from bot.journal.journal import Journal, open_journal
from bot.journal.tables import pack as kept_packs
from bot.knowledge.load import load
from bot.promise.corrections import Correction
from bot.settings import Settings
from bot.wiring.following import NOT_SAID, follow
from bot.wiring.keeping import kept
from tests.fakes import HANGING
from tests.journal.kept import Watch, answered, make_arrival
from tests.make import make_composition
from tests.spoiling import Copy


DESIGN = "facts/design.yaml"
GLARE = """
  - id: rest
    label: Rest
    value: {kind: count, k: 6, n: 20, of: people}
    population: the 20 adults who used the lamp
    statement: 6 of 20 people rested well with the lamp.
    brief: "{value} rested well with the lamp."
    sources: [{source: nowhere-report-2020, locator: table 5}]
    got: quoted
    certainty: paper
    measure: [sleep-quality]
    covers: [lamp]
    closes_gap: 1
    verified: {by: test curator, on: 2026-11-22}
    review_by: 2027-11-22
"""


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/journal.sqlite3"


async def _told(
    journal: Journal, pack: Copy, number: int = 1, **changes: object
) -> None:
    """Answer a question from the pack as its files are now."""
    knowledge = load(pack.directory)
    await journal.packs.keep(knowledge.version, pack.directory)
    about = {"pack": knowledge.trial.id, "version": knowledge.version}
    fields = {"facts": ("lamp-brightness",), "knowledge": about, "id": f"r{number}"}
    told = make_composition(**{**fields, **changes})
    await answered(journal, make_arrival(number), **dict(told))


async def _follow(journal: Journal, pack: Copy) -> tuple[Correction, ...]:
    knowledge = load(pack.directory)
    await follow(journal, knowledge)
    return await journal.corrections.waiting(knowledge.trial.id)


def _brighten(pack: Copy, to: int = 60, was: int = 50) -> None:
    pack.change(DESIGN, f"low: 5, high: {was}", f"low: 5, high: {to}")
    pack.change(DESIGN, f"lamp gave 5 to {was} lux", f"lamp gave 5 to {to} lux")


async def test_at_the_start_whoever_asked_is_owed_what_the_pack_has_now(
    pack: Copy, address: str
) -> None:
    async with open_journal(address) as journal:
        await _told(journal, pack, decision="not_reported", gap=1)
    pack.add("facts/safety.yaml", GLARE)
    knowledge = load(pack.directory)
    settings = Settings(_env_file=None, database_url=SecretStr(address))

    async with kept(settings, knowledge) as journal:
        owed: Sequence[Row[Any]] = ()
        async with asyncio.timeout(HANGING):
            while not owed:
                owed = await journal.database.read(select(news))
        (found,) = await journal.tickets.every(knowledge.trial.id)

    assert (found.state, found.fact) == ("closed", "rest")
    assert [row.person for row in owed] == ["U1"]


async def test_what_was_told_otherwise_is_prepared_with_both_texts(
    pack: Copy, address: str
) -> None:
    async with open_journal(address) as journal:
        await _told(journal, pack, 1)
        await _told(journal, pack, 2, facts=("eye-strain",))
        _brighten(pack)
        (found,) = await _follow(journal, pack)

        assert (found.waiting, found.sent) == (1, 0)
        assert found.was.startswith("The lamp gave 5 to 50 lux")
        assert found.changed.now.startswith("The lamp gave 5 to 60 lux")
        assert found.changed.why == NOT_SAID
        assert await _follow(journal, pack) == (found,)


async def test_each_answer_is_told_what_it_said_itself(
    pack: Copy, address: str
) -> None:
    """Two packs told it in two ways; the third makes one correction of both."""
    async with open_journal(address) as journal:
        await _told(journal, pack, 1)
        _brighten(pack)
        await _follow(journal, pack)
        await _told(journal, pack, 2)
        _brighten(pack, 70, was=60)
        (found,) = await _follow(journal, pack)

        rows = await journal.database.read(
            select(corrected).where(corrected.c.correction == found.number)
        )
        assert sorted(row.was[:23] for row in rows) == [
            "The lamp gave 5 to 50 l",
            "The lamp gave 5 to 60 l",
        ]


async def test_a_fact_that_was_taken_out_is_prepared_too(
    pack: Copy, address: str
) -> None:
    async with open_journal(address) as journal:
        await _told(journal, pack)
        now = load(pack.directory)
        left = {k: fact for k, fact in now.facts.items() if k != "lamp-brightness"}
        await follow(journal, replace(now, facts=left, version="without"))
        (found,) = await journal.corrections.waiting(now.trial.id)

        assert found.changed.now == ""


async def test_an_answer_from_an_old_pack_that_came_later_is_not_missed(
    pack: Copy, address: str, tmp_path: Path, watch: Watch
) -> None:
    """Another replica still answered from it."""
    (tmp_path / "before").mkdir()
    old = Copy.of(pack.directory, tmp_path / "before")
    async with open_journal(address, watch) as journal:
        await _told(journal, old, 1)
        _brighten(pack)
        await _follow(journal, pack)
        watch.now += 60
        await _told(journal, old, 2)
        (found,) = await _follow(journal, pack)

        assert found.waiting == 2


async def test_an_earlier_pack_that_cannot_be_read_any_more_is_said_and_passed_over(
    pack: Copy, address: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    async with open_journal(address) as journal:
        await _told(journal, pack)
        (tmp_path / "empty").mkdir()
        await journal.packs.keep("another", tmp_path / "empty")
        (empty,) = await journal.database.read(
            select(kept_packs.c.archive).where(kept_packs.c.version == "another")
        )
        spoilt = update(kept_packs).values(archive=empty.archive)
        await journal.database.store.run(lambda c: c.execute(spoilt))
        _brighten(pack)

        with caplog.at_level(logging.WARNING):
            assert await _follow(journal, pack) == ()
    assert "an earlier pack cannot be compared" in caplog.text


async def test_an_earlier_pack_that_nobody_kept_is_passed_over(
    pack: Copy, address: str
) -> None:
    async with open_journal(address) as journal:
        about = {"pack": load(pack.directory).trial.id, "version": "unknown"}
        await _told(journal, pack, knowledge=about)
        _brighten(pack)

        assert await _follow(journal, pack) == ()


async def test_a_journal_that_does_not_take_it_is_said_and_ends_nothing(
    pack: Copy, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_journal(address) as journal:
        await journal.database.store.run(lambda c: ticket.drop(c, checkfirst=False))

        with caplog.at_level(logging.WARNING):
            await follow(journal, load(pack.directory))
    assert "the pack was not followed" in caplog.text
