"""What `doctor` says of the journal, before the first start and while one serves."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.findings import Finding
from bot.journal.check_up import WAITS, check_up
from bot.journal.journal import Journal, open_journal
from bot.settings import Settings
from tests.journal.kept import Watch, make_arrival


async def found_at(address: str) -> Finding:
    settings = Settings(_env_file=None, database_url=SecretStr(address))
    (finding,) = await check_up(settings)
    return finding


async def test_a_journal_that_the_first_start_makes_is_well_and_not_made(
    address: str, tmp_path: Path
) -> None:
    finding = await found_at(address)

    assert finding.state == "ok"
    assert not (tmp_path / "journal.sqlite3").exists()
    assert "the first start makes" in finding.what


async def test_a_folder_that_is_not_there_is_missing(tmp_path: Path) -> None:
    finding = await found_at(f"sqlite:///{tmp_path}/nowhere/journal.sqlite3")

    assert finding.state == "missing"
    assert "nowhere" in finding.advice


@pytest.mark.usefixtures("journal")
async def test_a_file_that_our_own_app_serves_from_is_well(address: str) -> None:
    finding = await found_at(address)

    assert finding.state == "ok"
    assert finding.what.endswith(", in use")


async def test_a_file_that_nobody_serves_from_is_well(address: str) -> None:
    async with open_journal(address):
        pass

    finding = await found_at(address)

    assert (finding.state, finding.advice) == ("ok", "")
    assert not finding.what.endswith(", in use")


async def test_a_question_that_waits_too_long_is_noted(
    journal: Journal, watch: Watch, address: str
) -> None:
    watch.now = time.time() - WAITS - 60  # the check-up has the clock of this machine
    await journal.inbox.receive(make_arrival())

    finding = await found_at(address)

    assert finding.state == "note"
    assert "has waited" in finding.advice


async def test_a_journal_without_its_steps_is_noted_and_left_alone(
    address: str, tmp_path: Path
) -> None:
    (tmp_path / "journal.sqlite3").touch()

    finding = await found_at(address)

    assert finding.state == "note"
    assert b"CREATE" not in (tmp_path / "journal.sqlite3").read_bytes()


async def test_a_journal_of_a_newer_version_is_missing(address: str) -> None:
    newer = text("update alembic_version set version_num = '9999'")
    async with open_journal(address) as journal:
        await journal.database.store.run(lambda c: c.execute(newer))

    finding = await found_at(address)

    assert finding.state == "missing"
    assert "newer version" in finding.advice


async def test_a_database_that_cannot_be_reached_is_missing_and_shows_no_password() -> (
    None
):
    finding = await found_at("postgresql://bot:hushhush@127.0.0.1:1/journal")

    assert finding.state == "missing"
    assert "cannot be reached" in finding.advice
    assert "hushhush" not in str(finding)


async def test_an_address_that_is_none_is_missing() -> None:
    finding = await found_at("a journal, please")

    assert finding.state == "missing"
    assert "BECAR7_DATABASE_URL" in finding.advice


async def test_postgresql_is_well_while_a_replica_serves(postgres: str) -> None:
    async with open_journal(postgres):
        finding = await found_at(postgres)

    assert finding.state == "ok"
