"""What can be wrong with a database: a clear sentence each, and nothing lost."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.errors import JournalError, SettingsError
from bot.journal.database import NEWEST
from bot.journal.journal import Journal, open_journal, open_records
from bot.journal.migrating import STEPS
from bot.journal.tables import METADATA
from tests.journal.kept import answered, make_arrival


MOST_PAGES = 1_073_741_823  # SQLite's own default


@pytest.mark.parametrize(
    "address",
    [
        "",
        "journal.sqlite3",
        "mysql://host/name",
        "sqlite://",
        "sqlite:///",
        "http://host/x",
    ],
)
async def test_an_address_that_is_none_says_how_one_looks(address: str) -> None:
    with pytest.raises(SettingsError, match="postgresql://user:password@host/name"):
        async with open_journal(address):
            pass


async def test_a_database_that_cannot_be_reached_is_named_without_its_password() -> (
    None
):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    address = f"postgresql://somebody:s3cret@127.0.0.1:{port}/name"

    with pytest.raises(JournalError, match="cannot be reached") as caught:
        async with open_journal(address):
            pass

    assert "s3cret" not in str(caught.value)


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="takes no journal"):
        async with open_journal(f"sqlite:///{tmp_path}/nowhere/journal.sqlite3"):
            pass


async def test_a_file_that_is_no_database_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all, " * 1000)

    with pytest.raises(JournalError, match="is no SQLite database"):
        async with open_journal(f"sqlite:///{file}"):
            pass

    assert file.read_text().startswith("Dear all")


async def test_a_database_from_a_newer_version_is_left_alone(address: str) -> None:
    newer = text("update alembic_version set version_num='9999'")
    async with open_journal(address) as journal:
        await journal.database.store.run(lambda c: c.execute(newer))

    with pytest.raises(JournalError, match=re.escape("newer version")):
        async with open_journal(address):
            pass


async def test_a_second_process_on_the_same_file_is_refused(
    journal: Journal, address: str
) -> None:
    with pytest.raises(JournalError, match="another process serves from this journal"):
        async with open_journal(address):
            pass

    assert await journal.inbox.receive(make_arrival()) is not None


async def test_a_look_into_the_records_is_allowed_meanwhile(
    journal: Journal, address: str
) -> None:
    await answered(journal, make_arrival())

    async with open_records(address) as records:
        assert (await records.audit.verify()).breaches == ()


async def test_records_that_are_not_there_are_not_made(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no journal"):
        async with open_records(f"sqlite:///{tmp_path}/none.sqlite3"):
            pass

    assert list(_files(tmp_path)) == []


async def test_a_full_disk_refuses_the_question_and_keeps_the_others(
    journal: Journal,
) -> None:
    await answered(journal, make_arrival(1))
    big = "harbour " * 4_000

    await _limit(journal, "page_count")
    with pytest.raises(JournalError, match="make room"):
        await _fill(journal, big)
    await _limit(journal, "")
    again = await journal.inbox.receive(make_arrival(99, words=big))

    assert again is not None
    assert (await journal.audit.verify()).breaches == ()


async def test_a_file_that_may_only_be_read_says_so(address: str) -> None:
    async with open_journal(address):
        pass
    path = address.removeprefix("sqlite:///")
    read_only = f"sqlite:///file:{path}?mode=ro&uri=true"

    with pytest.raises(JournalError, match="may only be read"):
        async with open_journal(read_only) as journal:
            await journal.inbox.receive(make_arrival())


async def test_a_journal_that_is_closed_says_so(address: str) -> None:
    async with open_journal(address) as journal:
        pass

    with pytest.raises(JournalError, match="closed"):
        await journal.inbox.receive(make_arrival())


async def test_the_steps_lead_to_the_tables_of_today(journal: Journal) -> None:
    assert await journal.database.store.run(_differences) == []


def test_the_newest_step_is_the_one_that_is_named() -> None:
    assert ScriptDirectory(str(STEPS)).get_current_head() == NEWEST


async def test_the_pulse_of_a_quiet_journal_is_calm(
    journal: Journal, watch: Any
) -> None:
    calm = await journal.pulse()
    await journal.inbox.receive(make_arrival())
    watch.now += 42.0
    waiting = await journal.pulse()

    assert (calm.database, calm.lease, calm.oldest_unanswered) == ("", "not needed", 0)
    assert calm.audit_head_age is None
    assert waiting.oldest_unanswered == 42.0


async def _fill(journal: Journal, words: str) -> None:
    for number in range(2, 50):
        await journal.inbox.receive(make_arrival(number, words=words))


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), METADATA))


def _files(folder: Path) -> Iterator[Path]:
    return folder.iterdir()


async def _limit(journal: Journal, pages: str) -> None:
    """A disk that is full: SQLite says the same over its own limit of pages."""

    def limit(connection: Connection) -> None:
        said = f"PRAGMA {pages}" if pages else f"SELECT {MOST_PAGES}"
        most = connection.exec_driver_sql(said).scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")

    await journal.database.store.run(limit)
