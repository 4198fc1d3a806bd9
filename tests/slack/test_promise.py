"""Every acknowledged question gets one reply, or one notice that it failed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.answering.desk import Desk
from bot.journal.journal import Journal
from bot.journal.progress import LOOK_AGAIN
from bot.journal.tables import answer, attempt, question
from bot.slack import once, workers
from bot.workspace.directory import NURSE
from bot.workspace.faults import Fault, Kind
from tests.fakes import BrokenAnswers, CannedAnswers
from tests.make import make_composition
from tests.slack.promised import QUESTIONS, App, Place, opened_place


POST = "chat.postMessage"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "LOOK_AFTER", 0.01)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with opened_place(tmp_path) as opened:
        yield opened


@pytest.fixture
def answers() -> CannedAnswers:
    return CannedAnswers()


@pytest.fixture
async def app(place: Place, answers: CannedAnswers) -> AsyncIterator[App]:
    async with place.app(answers) as opened:
        yield opened


async def test_a_question_is_answered_once_and_audited_last(app: App) -> None:
    root = await app.ask()

    (reply,) = app.said(root)
    (row,) = await app.audited()
    assert await app.states() == ["answered"]
    assert row["posts"] == {"answer-1": [QUESTIONS.id, reply.ts]}
    assert (row["decision"], row["state"]) == ("answered", "answered")
    assert row["facts"] == list(make_composition().facts)
    assert NURSE.id not in str(row)


@pytest.mark.parametrize(
    "kept", [pytest.param(1_000, id="here"), pytest.param(1, id="in the journal")]
)
async def test_what_comes_while_there_is_no_room_is_answered_in_its_turn(
    app: App, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(workers, "BEGUN", 1)
    monkeypatch.setattr(workers, "KEPT", kept)

    roots = await asyncio.gather(*(app.ask() for _ in range(5)))

    assert [len(app.said(root)) for root in roots] == [1] * 5
    assert await app.states() == ["answered"] * 5


async def test_what_waits_for_room_at_the_end_is_answered_after_the_next_start(
    place: Place, answers: CannedAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BEGUN", 0)
    async with place.app(answers) as app:
        root = await app.ask()
        assert await app.states() == ["received"]
    monkeypatch.undo()

    async with place.app(answers) as again:
        await again.later(0)
        assert len(again.said(root)) == 1


@pytest.mark.parametrize("kind", ["error_after", "drop_after"])
async def test_a_post_that_slack_took_in_silence_is_adopted(
    app: App, kind: Kind
) -> None:
    app.workspace.faults.plan(Fault(kind, POST))

    root = await app.ask()

    assert len(app.said(root)) == 1
    assert await app.states() == ["answered"]
    assert await _outcomes(app.journal) == ["adopted"]


@pytest.mark.parametrize("kind", ["error_before", "drop_before"])
async def test_a_post_that_slack_did_not_take_is_repeated(app: App, kind: Kind) -> None:
    app.workspace.faults.plan(Fault(kind, POST))

    root = await app.ask()

    assert len(app.said(root)) == 1
    assert await _outcomes(app.journal) == ["not posted", "posted"]


async def test_a_slow_slack_that_took_it_is_not_told_twice(app: App) -> None:
    app.workspace.faults.plan(Fault("slow", POST, seconds=360.0))

    root = await app.ask()

    assert len(app.said(root)) == 1


async def test_a_limit_of_requests_is_waited_for(app: App) -> None:
    app.workspace.faults.plan(Fault("rate_limited", POST, times=2, seconds=0))

    root = await app.ask()

    assert len(app.said(root)) == 1
    assert await _outcomes(app.journal) == ["not posted", "not posted", "posted"]


async def test_a_long_limit_is_waited_for_by_the_journal(app: App) -> None:
    app.workspace.faults.plan(Fault("rate_limited", POST, seconds=30))

    root = await app.ask()
    at_first = app.said(root)
    await app.later(29)
    too_early = app.said(root)
    await app.later(2)

    assert (at_first, too_early, len(app.said(root))) == ((), (), 1)


async def test_a_long_outage_ends_with_one_reply(app: App) -> None:
    for method in (POST, "conversations.replies"):
        app.workspace.faults.plan(Fault("error_before", method, times=100))
    root = await app.ask()
    for _ in range(5):
        await app.later(60)
    app.workspace.faults.clear()

    await app.later(60)

    assert len(app.said(root)) == 1
    assert await app.states() == ["answered"]


@pytest.mark.parametrize("step", ["begin", "begun", "settle"])
async def test_a_process_that_ends_anywhere_leaves_one_reply(
    place: Place, answers: CannedAnswers, step: str
) -> None:
    async with place.app(answers, ends_at=step) as first:
        root = await first.ask()
        assert await first.audited() == []

    async with place.app(answers) as second:
        await second.later(0)

        assert len(second.said(root)) == 1
        assert await second.states() == ["answered"]
        assert len(await second.audited()) == 1


async def test_what_was_frozen_is_said_although_the_knowledge_has_changed(
    place: Place, answers: CannedAnswers
) -> None:
    async with place.app(answers, ends_at="begun") as first:
        root = await first.ask()
    answers.reply = make_composition(answer="Something else.", id="b")

    async with place.app(answers) as second:
        await second.later(0)

        assert second.said(root)[0].text == make_composition().answer


async def test_a_second_reply_that_shows_late_is_taken_away(
    place: Place, answers: CannedAnswers
) -> None:
    async with place.app(answers) as app:
        app.workspace.faults.plan(
            Fault("error_after", POST), Fault("lag", POST, seconds=0.5)
        )
        root = await app.ask()
        await asyncio.sleep(0.6)  # the lag is over
        twice = app.said(root)

        await app.later(LOOK_AGAIN + 1)

        assert len(twice) == 2
        assert app.said(root) == twice[:1]
        rows = await app.audited()
        assert [row["kind"] for row in rows] == ["reply", "double removed"]
        assert rows[1]["posts"] == [[QUESTIONS.id, twice[1].ts]]


async def test_an_edit_after_a_removed_double_changes_the_one_that_stands(
    app: App, answers: CannedAnswers
) -> None:
    app.workspace.faults.plan(
        Fault("error_after", POST), Fault("lag", POST, seconds=0.5)
    )
    root = await app.ask()
    await asyncio.sleep(0.6)  # the lag is over
    await app.later(LOOK_AGAIN + 1)
    answers.reply = make_composition(answer="Nine. [1]", id="b")

    app.nurse.edit(QUESTIONS.id, root, f"<@{app.workspace.bot.id}> and now?")
    await app.settle()

    assert [one.text for one in app.said(root)] == ["Nine. [1]"]


async def test_an_edit_before_the_reply_is_answered_in_its_new_words(
    place: Place, answers: CannedAnswers
) -> None:
    async with place.app(answers, ends_at="settle") as first:
        root = await first.ask("one?")
    async with place.app(answers) as second:
        second.nurse.edit(QUESTIONS.id, root, f"<@{place.workspace.bot.id}> two?")
        await second.settle()
        await second.later(0)

        assert len(second.said(root)) == 1
        assert answers.asked[-1].text == "two?"
        assert await second.states() == ["answered"]


async def test_a_question_deleted_before_its_reply_gets_none(
    place: Place, answers: CannedAnswers
) -> None:
    async with place.app(answers, ends_at="settle") as first:
        root = await first.ask()
        first.nurse.delete(QUESTIONS.id, root)
        await first.workspace.settle()
    async with place.app(answers) as second:
        await second.later(0)

        assert second.said(root) == ()
        assert [row["kind"] for row in await second.audited()] == ["withdrawn"]


async def test_what_crashes_the_process_three_times_is_told_and_not_tried_again(
    place: Place, answers: CannedAnswers
) -> None:
    async with place.app(answers, ends_at="begin") as life:
        root = await life.ask()
    for _ in range(2):
        async with place.app(answers, ends_at="begin") as life:
            await life.later(0)
    asked = len(answers.asked)

    async with place.app(answers) as last:
        await last.later(0)

        (notice,) = last.said(root)
        assert "reference" in notice.text
        assert len(answers.asked) == asked
        assert await last.states() == ["failure_notified"]


async def test_a_reply_that_breaks_while_it_is_composed_is_told_once(
    place: Place,
) -> None:
    async with place.app(BrokenAnswers()) as app:
        root = await app.ask()
        await app.later(120)

        (notice,) = app.said(root)
        assert "reference" in notice.text
        assert await app.states() == ["failure_notified"]
        assert (await app.audited())[0]["decision"] is None


async def test_what_was_asked_while_nobody_listened_is_answered_at_the_start(
    place: Place, answers: CannedAnswers
) -> None:
    async with place.app(answers) as first:
        root = await first.ask("one?")
    place.workspace.line.app = None
    bot, nurse = place.workspace.bot.id, place.workspace.seat(NURSE.id)
    missed = nurse.say(QUESTIONS.id, f"<@{bot}> two?")
    below = nurse.say(QUESTIONS.id, f"<@{bot}> three?", root)
    follow_up = nurse.say(QUESTIONS.id, "and four?", root)
    nurse.say(QUESTIONS.id, "nothing for anybody")

    async with place.app(answers) as second:
        await second.settle()

        assert len(second.said(missed)) == 1
        assert len(second.said(root)) == 3
        assert {below, follow_up, missed} < {
            row["key"].rpartition(":")[2] for row in await second.audited()
        }
        assert len(await second.states()) == 4


async def test_no_identifier_reaches_a_table_a_log_or_the_metadata(
    app: App, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    root = await app.ask("what of Mr John Hargreaves, NHS 943 476 5919?")
    (reply,) = app.said(root)

    kept = _files(tmp_path)
    for sign in ("Hargreaves", "943 476"):
        assert sign not in caplog.text
        assert sign.encode() not in kept
        assert sign not in str(reply.metadata)
    assert "[nhs-number]" in str(await _words(app.journal))


@pytest.mark.parametrize("decision", ["emergency", "report"])
async def test_of_an_emergency_or_a_report_only_hash_and_decision_stay(
    app: App, answers: CannedAnswers, decision: str
) -> None:
    answers.reply = make_composition(decision=decision, question="", facts=())

    await app.ask("somebody is very ill")

    (row,) = await app.audited()
    assert row["decision"] == decision
    assert len(row["question"]) == 64
    assert await _words(app.journal) == [None]


async def test_the_metadata_names_neither_channel_nor_message(app: App) -> None:
    root = await app.ask()
    (reply,) = app.said(root)

    told = str(reply.metadata)
    assert root not in told
    assert QUESTIONS.id not in told
    assert NURSE.id not in told


async def test_a_clock_that_is_set_back_holds_nothing_up(app: App) -> None:
    app.workspace.faults.plan(Fault("rate_limited", POST, seconds=30))
    root = await app.ask()

    await app.later(-86_400)

    assert len(app.said(root)) == 1


async def test_a_clock_that_jumps_ahead_answers_nothing_twice(app: App) -> None:
    root = await app.ask()

    await app.later(86_400)

    assert len(app.said(root)) == 1


async def test_what_is_under_way_is_not_taken_up_again(app: App) -> None:
    app.workspace.faults.plan(Fault("slow", POST, seconds=60.0))
    root = app.nurse.say(QUESTIONS.id, f"<@{app.workspace.bot.id}> how many?")
    await app.workspace.settle()
    await app.later(120)

    assert len(app.said(root)) == 1


async def test_another_replica_that_took_over_is_left_to_it(app: App) -> None:
    app.workspace.faults.plan(Fault("rate_limited", POST, seconds=1))
    root = app.nurse.say(QUESTIONS.id, f"<@{app.workspace.bot.id}> how many?")
    await app.workspace.settle()
    await _taken_over(app.journal)
    await app.settle()

    assert app.said(root) == ()
    assert await app.audited() == []


async def test_a_real_answer_can_be_made_again_from_what_is_kept(
    place: Place, tiny_desk: Desk
) -> None:
    async with place.app(tiny_desk) as app:
        root = await app.ask()
        (frozen,) = await app.journal.database.read(select(answer))

        assert app.said(root)[0].text
        assert frozen.version == tiny_desk.knowledge.version


async def _outcomes(journal: Journal) -> list[str]:
    wanted = select(attempt.c.outcome).order_by(attempt.c.number)
    return [row.outcome for row in await journal.database.read(wanted)]


async def _words(journal: Journal) -> list[str | None]:
    return [row.words for row in await journal.database.read(select(question.c.words))]


async def _taken_over(journal: Journal) -> None:
    taken = update(question).values(holder="another")
    await journal.database.store.run(lambda c: c.execute(taken))


def _files(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))
