from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.answering.desk import Desk
from bot.journal.journal import open_journal
from bot.promise.question import Arrival, Frozen
from bot.understanding.question import Question
from tests.cli.commands import Commands
from tests.conftest import TINY
from tests.journal.kept import make_arrival


WORDS = "how many people had eye strain?"


async def _answer(desk: Desk, address: str, *arrivals: Arrival) -> None:
    async with open_journal(address) as journal:
        await journal.packs.keep(desk.knowledge.version, TINY)
        for arrival in arrivals:
            owed = await journal.inbox.receive(arrival)
            assert owed is not None
            composition = desk.reply_to(Question.of(arrival.words))
            owed = await journal.progress.freeze(owed, Frozen(composition, ()))
            await journal.progress.settle(owed, "answered", "")


@pytest.fixture
def answered(becar7: Commands, tiny_desk: Desk, tmp_path: Path) -> Commands:
    """A journal with two questions in it, in the folder where commands run."""
    address = f"sqlite:///{tmp_path}/journal.sqlite3"
    one, two = make_arrival(1, words=WORDS), make_arrival(2, words=WORDS, person="U2")
    asyncio.run(_answer(tiny_desk, address, one, two))
    becar7.set(DATABASE_URL=address)
    return becar7


def test_an_audit_that_holds_says_how_long_it_is(answered: Commands) -> None:
    ran = answered("audit", "verify")

    assert ran.code == 0
    assert "the audit holds: 2 rows; head 2:" in ran.out


def test_a_head_noted_before_is_still_there(answered: Commands) -> None:
    head = answered("audit", "verify").out.split()[-1]

    assert answered("audit", "verify", "--noted", head).code == 0
    assert answered("audit", "verify", "--noted", f"9{head}").code == 1
    assert answered("audit", "verify", "--noted", "soon").is_one_sentence


def test_an_audit_that_was_changed_is_an_objection(
    answered: Commands, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "journal.sqlite3")) as file, file:
        file.execute("drop trigger audit_no_UPDATE")
        file.execute("update audit set body = body || ' ' where number = 1")

    ran = answered("audit", "verify")

    assert ran.code == 1
    assert "row 1: was changed after it was written" in ran.out


def test_every_row_can_be_taken_along(answered: Commands) -> None:
    lines = [json.loads(line) for line in answered("audit", "export").out.splitlines()]

    assert [line["number"] for line in lines] == [1, 2]
    assert WORDS not in str(lines)
    assert lines[0]["at"].endswith("+00:00")


def test_one_question_is_shown_with_its_reply(answered: Commands) -> None:
    ran = answered("audit", "show", make_arrival(1).key)

    shown = json.loads(ran.out)
    assert (shown["question"], shown["asker"]) == (WORDS, "U1")
    assert shown["reply"]["facts"] == shown["audit"]["facts"]
    assert answered("audit", "show", "nothing").is_one_sentence


def test_past_replies_are_made_again(answered: Commands) -> None:
    ran = answered("audit", "replay")

    assert ran.code == 0
    assert ran.out.count("identical") == 2
    assert "2 replies, 0 differ" in ran.out


def test_a_person_is_erased(answered: Commands) -> None:
    erased = answered("audit", "erase", "U1")

    assert "the words of 1 questions" in erased.out
    assert answered("audit", "verify").code == 0
    assert answered("audit", "replay", make_arrival(1).key).out.count("cannot") == 1


def test_a_copy_can_be_gone_back_to(answered: Commands, tmp_path: Path) -> None:
    """The drill: copy, lose the journal, put the copy in its place, verify."""
    head = answered("audit", "verify").out
    copied = answered("backup", str(tmp_path / "copy.sqlite3"))
    for file in tmp_path.glob("journal.sqlite3*"):
        file.unlink()

    (tmp_path / "copy.sqlite3").rename(tmp_path / "journal.sqlite3")

    assert copied.code == 0
    assert answered("audit", "verify").out == head
    assert "0 differ" in answered("audit", "replay").out


def test_a_copy_overwrites_nothing(answered: Commands, tmp_path: Path) -> None:
    there = tmp_path / "copy.sqlite3"
    there.write_text("somebody's")

    assert answered("backup", str(there)).is_one_sentence
    assert there.read_text() == "somebody's"


def test_without_a_journal_each_command_says_so(becar7: Commands) -> None:
    for words in (("audit", "verify"), ("audit", "export"), ("backup", "copy")):
        ran = becar7(*words)
        assert ran.code == 2
        assert ran.is_one_sentence


def test_postgresql_is_copied_with_its_own_program(becar7: Commands) -> None:
    becar7.set(DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    ran = becar7("backup", "copy")

    assert "pg_dump" in ran.err
    assert ran.is_one_sentence


def test_a_replica_needs_a_database_that_can_be_shared(becar7: Commands) -> None:
    ran = becar7("serve", "--replica")

    assert ran.is_one_sentence
    assert "postgresql://" in ran.err
