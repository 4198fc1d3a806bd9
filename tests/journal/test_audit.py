"""What was answered can be shown, verified, made again, and a person forgotten."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.answering.contacts import Contacts
from bot.answering.desk import Desk
from bot.journal.chain import Head
from bot.journal.journal import Journal
from bot.journal.tables import answer, audit, feedback, note, question, reply
from bot.promise.question import Frozen
from bot.understanding.question import Question
from bot.wiring.replaying import Replaying
from tests.conftest import TINY
from tests.journal.kept import Watch, answered, make_arrival


async def test_an_audit_that_nobody_touched_holds(journal: Journal) -> None:
    for number in range(3):
        await answered(journal, make_arrival(number))

    verdict = await journal.audit.verify()

    assert verdict.breaches == ()
    assert verdict.head is not None
    assert verdict.head.number == 3


@pytest.mark.parametrize(
    "statement", [update(audit).values(body="{}"), delete(audit)], ids=str
)
async def test_the_audit_takes_no_change(
    journal: Journal, statement: type[object]
) -> None:
    await answered(journal, make_arrival())

    with pytest.raises(DBAPIError, match="append-only"):
        await journal.database.store.run(lambda c: c.execute(statement))  # type: ignore[call-overload]  # one of two


@pytest.mark.parametrize("column", ["body", "previous", "hash"])
async def test_one_changed_byte_is_found(
    journal: Journal, tmp_path: Path, column: str
) -> None:
    for number in range(3):
        await answered(journal, make_arrival(number))

    _tamper(tmp_path, f"update audit set {column} = replace({column}, '1', '2')")  # noqa: S608  three names of ours  # nosec B608

    assert (await journal.audit.verify()).breaches


async def test_a_row_that_was_taken_out_is_found(
    journal: Journal, tmp_path: Path
) -> None:
    for number in range(3):
        await answered(journal, make_arrival(number))

    _tamper(tmp_path, "delete from audit where number = 2")

    breaches = (await journal.audit.verify()).breaches
    assert [breach.number for breach in breaches] == [2]


async def test_an_end_that_was_cut_off_is_found_by_a_head_noted_before(
    journal: Journal, tmp_path: Path
) -> None:
    for number in range(3):
        await answered(journal, make_arrival(number))
    head = (await journal.audit.verify()).head
    _tamper(tmp_path, "delete from audit where number = 3")

    without = await journal.audit.verify()
    with_it = await journal.audit.verify(Head.of(str(head)))

    assert without.breaches == ()
    assert [breach.reason for breach in with_it.breaches] == ["noted, and gone"]


async def test_words_that_were_changed_are_found(
    journal: Journal, tmp_path: Path
) -> None:
    await answered(journal, make_arrival())

    _tamper(tmp_path, "update question set words = 'something else'")

    (breach,) = (await journal.audit.verify()).breaches
    assert "words of 1" in breach.reason


async def test_a_person_is_erased_and_the_audit_holds(
    journal: Journal, tmp_path: Path
) -> None:
    await answered(journal, make_arrival(1, words="the unspeakable"))
    await answered(journal, make_arrival(2, person="U2"), id="b")
    await journal.notes("preference").keep("T1:U1", {"role": "nurse"}, "T1:U1")
    bridge = {"asker": "U1", "back": {"channel": "C1", "ts": "1.1"}}
    await journal.notes("bridge").keep("C9:1.1", bridge)
    await journal.replies.judged(
        {"team": "T1", "person": "U1", "reply": "a", "helpful": True, "reason": None}
    )

    erased = await journal.eraser.erase("", "U1")

    verdict = await journal.audit.verify()
    rows = await journal.database.read(select(question).order_by(question.c.key))
    assert (erased.questions, erased.open, verdict.breaches) == (1, 0, ())
    assert [(row.person, row.words is None) for row in rows] == [
        ("", True),
        ("U2", False),
    ]
    assert await journal.database.read(select(note)) == []
    assert [row.person for row in await journal.database.read(select(feedback))] == [""]
    assert [row.id for row in await journal.database.read(select(reply))] == ["b"]
    await _written_through(journal)
    assert b"unspeakable" not in (tmp_path / "journal.sqlite3").read_bytes()


async def test_a_question_still_open_is_erased_another_time(journal: Journal) -> None:
    await journal.inbox.receive(make_arrival())

    erased = await journal.eraser.erase("T1", "U1")

    assert (erased.questions, erased.open) == (0, 1)


async def test_another_workspaces_person_of_the_same_id_stays(
    journal: Journal,
) -> None:
    await answered(journal, make_arrival())

    assert (await journal.eraser.erase("T2", "U1")).questions == 0


async def test_words_are_kept_as_long_as_it_was_configured(
    journal: Journal, watch: Watch
) -> None:
    await answered(journal, make_arrival(1))
    watch.now += 20 * 86_400
    await answered(journal, make_arrival(2), id="b")
    watch.now += 15 * 86_400

    counts = [await journal.eraser.purge(30), await journal.eraser.purge(30)]

    rows = await journal.database.read(select(question).order_by(question.c.key))
    assert counts == [1, 0]
    assert [row.words is None for row in rows] == [True, False]
    assert (await journal.audit.verify()).breaches == ()


async def test_with_zero_days_nothing_runs_out(journal: Journal, watch: Watch) -> None:
    await answered(journal, make_arrival(1))
    watch.now += 4_000 * 86_400

    assert await journal.eraser.purge(0) == 0


async def test_a_past_reply_is_made_again_the_same(
    journal: Journal, tiny_desk: Desk
) -> None:
    await journal.packs.keep(tiny_desk.knowledge.version, TINY)
    await _really_answered(journal, tiny_desk)

    (one,) = [one async for one in Replaying(journal, Contacts()).all()]

    assert (one.key, one.finding) == ("T1:C1:10.1", "identical")


async def test_a_past_reply_that_differs_says_in_what(
    journal: Journal, tiny_desk: Desk, tmp_path: Path
) -> None:
    await journal.packs.keep(tiny_desk.knowledge.version, TINY)
    await _really_answered(journal, tiny_desk)
    _tamper(
        tmp_path,
        "update reply set composition = json_set(composition, '$.answer', 'No.')",
    )

    (one,) = [one async for one in Replaying(journal, Contacts()).all()]

    assert (one.finding, one.reason) == ("differs", "in answer")


async def test_what_is_not_kept_cannot_be_made_again(
    journal: Journal, tiny_desk: Desk
) -> None:
    await _really_answered(journal, tiny_desk)
    (no_pack,) = [one async for one in Replaying(journal, Contacts()).all()]
    await journal.eraser.erase("T1", "U1")

    (erased,) = [one async for one in Replaying(journal, Contacts()).all()]

    assert {no_pack.finding, erased.finding} == {"cannot be made again"}
    assert "not in the journal" in no_pack.reason
    assert "erased" in erased.reason


async def _really_answered(journal: Journal, desk: Desk) -> None:
    arrival = make_arrival(words="how many people had eye strain?")
    owed = await journal.inbox.receive(arrival)
    assert owed is not None
    composition = desk.reply_to(Question.of(arrival.words))
    owed = await journal.progress.freeze(owed, Frozen(composition, ()))
    await journal.progress.settle(owed, "answered", "")
    assert await journal.database.read(select(answer))


def _tamper(folder: Path, statement: str) -> None:
    """Change the file as somebody could who has it."""
    with closing(sqlite3.connect(folder / "journal.sqlite3")) as file, file:
        for act in ("UPDATE", "DELETE"):
            file.execute(f"drop trigger audit_no_{act}")
        file.execute(statement)


async def _written_through(journal: Journal) -> None:
    await journal.database.read(text("PRAGMA wal_checkpoint(TRUNCATE)"))
