"""What was asked in vain becomes one ticket for each thing, until a curator closes it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, select, text

from bot.answering.composition import Composition, Decision, Point, ReadingNote
from bot.journal.board_tables import asking, news, ticket
from bot.journal.journal import Journal, open_journal, open_records
from bot.journal.migrating import STEPS
from bot.journal.tickets import LONGEST_REASON, Answers
from bot.promise.question import Frozen
from bot.promise.tickets import (
    Act,
    Assign,
    By,
    CloseAnswered,
    CloseOutside,
    NoteDraft,
    Snooze,
    Tally,
    Ticket,
    Unfit,
    exported,
    name_of,
)
from tests.fakes import tiny_pack
from tests.journal.kept import PART, SPOT, Watch, answered, make_arrival
from tests.make import make_composition


PACK = "harbour"
BY = By("T1:U9", "It was asked often.")
NAPS = ReadingNote(concepts=("sleep-quality",), unknown=("naps",))
DAY = 86_400.0


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Both databases: the tickets are the same in either."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/journal.sqlite3"
    address: str = request.getfixturevalue("postgres")
    return address


async def ask(journal: Journal, number: int = 1, **changes: Any) -> None:
    """Ask something about naps that nothing answers."""
    person = changes.pop("person", "U1")
    arrival = make_arrival(number, person=person, words=f"about naps {number}?")
    reply = {"decision": "not_reported", "reading": NAPS, "id": f"r{number}", **changes}
    await answered(journal, arrival, **reply)


async def only(journal: Journal) -> Ticket:
    (found,) = await journal.tickets.listed(PACK, "oldest")
    return found


async def acts(journal: Journal) -> list[dict[str, Any]]:
    """The curation rows of the audit, whose chain holds."""
    assert (await journal.audit.verify()).breaches == ()
    rows = [row.told async for row in journal.audit.rows()]
    return [row for row in rows if row["kind"] == "curated"]


async def test_the_same_thing_asked_twice_is_one_ticket_counted(
    journal: Journal, watch: Watch
) -> None:
    await ask(journal, 1)
    first = watch.now
    watch.now += DAY
    await ask(journal, 2, person="U2", reading=NAPS.model_copy())
    worded = ReadingNote(concepts=("sleep-quality",), unknown=("nap",))
    await ask(journal, 3, person="U2", decision="clarify", reading=worded)

    found = await only(journal)
    assert (found.times, found.people, found.unhelpful) == (3, 2, 0)
    assert (found.first, found.last, found.state) == (first, watch.now, "open")
    assert found.concepts == ("sleep-quality",)
    samples = await journal.tickets.samples(found.number)
    assert {one.words for one in samples} == {f"about naps {n}?" for n in (1, 2, 3)}
    assert {one.how for one in samples} == {"not reported", "clarify"}


async def test_another_thing_is_another_ticket(journal: Journal) -> None:
    await ask(journal, 1)
    await ask(journal, 2, reading=NAPS.model_copy(update={"unknown": ("dreams",)}))
    await ask(journal, 3, gap=7)
    await ask(journal, 4, gap=7, reading=ReadingNote())

    found = await journal.tickets.listed(PACK, "most asked")
    assert [(one.gap, one.times) for one in found] == [(7, 2), (None, 1), (None, 1)]


@pytest.mark.parametrize("decision", ["emergency", "report", "patient_advice"])
async def test_what_a_boundary_decided_is_never_a_ticket(
    journal: Journal, decision: Decision
) -> None:
    await ask(journal, decision=decision, gap=7)
    await journal.replies.judged(doubt("r1"))

    assert await journal.tickets.every(PACK) == ()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"decision": "answered"}, id="answered"),
        pytest.param(
            {"decision": "out_of_scope", "reading": ReadingNote()}, id="a greeting"
        ),
    ],
)
async def test_what_leaves_nothing_open_is_no_ticket(
    journal: Journal, changes: dict[str, Any]
) -> None:
    await ask(journal, **changes)

    assert await journal.tickets.every(PACK) == ()


async def test_a_part_that_was_not_answered_is_a_ticket(journal: Journal) -> None:
    points = (
        Point(decision="answered", headline="7 of 11.", number=1),
        Point(decision="not_reported", headline="Nobody says.", number=2),
    )
    await ask(journal, decision="answered", points=points)

    (sample,) = await journal.tickets.samples((await only(journal)).number)
    assert sample.how == "not reported"


async def test_an_edited_question_counts_with_the_words_it_has(
    journal: Journal,
) -> None:
    await ask(journal, 1)
    key = make_arrival(1).key
    await journal.inbox.revise(key, "something else?")
    await _answer_again(journal, key, make_composition(id="again"))

    assert await journal.tickets.listed(PACK, "oldest") == ()
    assert await journal.tickets.tally(PACK) == Tally()


async def test_a_question_taken_back_counts_no_more(journal: Journal) -> None:
    await ask(journal, 1)
    key = make_arrival(1).key
    await journal.inbox.withdraw(key)
    owed = await journal.inbox.take(key)
    assert owed is not None
    await journal.progress.settle(owed, "answered", "its asker deleted it")

    assert await journal.tickets.every(PACK) == ()


def doubt(reply: str, **changes: Any) -> dict[str, Any]:
    said = {"team": "T1", "person": "U1", "reply": reply, "helpful": False}
    return {**said, "reason": "unclear", **changes}


async def test_a_reply_that_did_not_help_is_counted_once_for_its_question(
    journal: Journal,
) -> None:
    await ask(journal, 1)
    await journal.replies.judged(doubt("r1"))

    found = await only(journal)
    (sample,) = await journal.tickets.samples(found.number)
    assert (found.times, found.unhelpful) == (1, 1)
    assert sample.how == "not helpful: unclear"
    assert sample.words == "about naps 1?"


async def test_an_answer_that_did_not_help_somebody_else_is_a_ticket(
    journal: Journal,
) -> None:
    await ask(journal, 1, decision="answered")
    await journal.replies.judged(doubt("r1", person="U7", reason=None))

    found = await only(journal)
    (sample,) = await journal.tickets.samples(found.number)
    assert (found.times, found.people, found.unhelpful) == (1, 1, 1)
    assert (sample.words, sample.how) == ("", "not helpful")


@pytest.mark.parametrize("said", [doubt("r1", helpful=True), doubt("long-gone")])
async def test_a_thumb_up_or_a_reply_long_gone_is_no_ticket(
    journal: Journal, said: dict[str, Any]
) -> None:
    await ask(journal, 1, decision="answered")
    await journal.replies.judged(said)

    assert await journal.tickets.every(PACK) == ()


async def test_every_act_changes_the_ticket_and_is_audited_with_its_reason(
    journal: Journal, watch: Watch
) -> None:
    await ask(journal)
    number = (await only(journal)).number
    until = watch.now + 7 * DAY
    expected: list[tuple[Act, str]] = [
        (Assign("T1:U9"), "assigned"),
        (Snooze(until), "snoozed"),
        (NoteDraft("naps"), "assigned"),
        (CloseOutside(), "closed"),
    ]

    for act, state in expected:
        done = await journal.tickets.act(number, act, BY)
        assert isinstance(done, Ticket), done
        assert (done.state, done.reason) == (state, BY.why)

    rows = await acts(journal)
    assert [row["act"] for row in rows] == [
        "assigned",
        "snoozed",
        "drafted",
        "closed as out of scope",
    ]
    assert {(r["by"], r["why"], r["ticket"]) for r in rows} == {
        (BY.who, BY.why, number)
    }
    assert rows[1]["with"] == {"until": until}


@pytest.mark.parametrize(
    ("act", "why", "said"),
    [
        pytest.param(CloseOutside(), " \n ", "a reason is missing", id="no reason"),
        pytest.param(
            CloseOutside(), "x" * (LONGEST_REASON + 1), "longer than", id="a novel"
        ),
        pytest.param(Snooze(1.0), "Later.", "that day is over", id="the past"),
        pytest.param(Assign(""), "Go.", "nobody is named", id="nobody"),
    ],
)
async def test_an_act_that_cannot_be_meant_changes_nothing(
    journal: Journal, act: Act, why: str, said: str
) -> None:
    await ask(journal)
    before = await only(journal)

    done = await journal.tickets.act(before.number, act, By("T1:U9", why))

    assert isinstance(done, Unfit)
    assert said in done.says
    assert (await only(journal), await acts(journal)) == (before, [])


async def test_a_ticket_that_is_not_there_or_closed_is_said_in_a_sentence(
    journal: Journal,
) -> None:
    await ask(journal)
    number = (await only(journal)).number
    await journal.tickets.act(number, CloseOutside(), BY)

    gone = await journal.tickets.act(number + 1, Assign("T1:U9"), BY)
    closed = await journal.tickets.act(number, Assign("T1:U9"), BY)

    assert gone == Unfit("there is no ticket 2: becar7 gaps list has all")
    assert closed == Unfit(f"ticket {number} is closed already: {BY.why}")
    assert await journal.tickets.find(number + 1) is None


async def test_each_view_lists_its_own(journal: Journal, watch: Watch) -> None:
    for number, word in enumerate(("naps", "dreams", "snores", "yawns"), start=1):
        reading = NAPS.model_copy(update={"unknown": (word,)})
        await ask(journal, number, reading=reading)
        watch.now += DAY
    numbers = [one.number for one in await journal.tickets.every(PACK)]
    naps, dreams, snores, yawns = numbers
    await journal.tickets.act(dreams, Snooze(watch.now + DAY), BY)
    await journal.tickets.act(snores, CloseOutside(), BY)
    await journal.tickets.act(yawns, Assign("T1:U9"), BY)

    async def seen(view: Any) -> list[int]:
        listed = await journal.tickets.listed(PACK, view, "T1:U9")
        return [one.number for one in listed]

    assert await seen("oldest") == [naps, yawns]
    assert await seen("mine") == [yawns]
    assert await seen("snoozed") == [dreams]
    assert await seen("closed") == [snores]
    assert await journal.tickets.tally(PACK) == Tally(1, 1, 1, 1)
    watch.now += 2 * DAY
    assert await seen("oldest") == [naps, dreams, yawns]


async def test_a_fact_that_closes_a_gap_closes_its_ticket_and_is_owed_to_the_askers(
    journal: Journal,
) -> None:
    await ask(journal, 1, gap=7)
    await ask(journal, 2, gap=7)
    await ask(journal, 3, gap=7, person="U2")
    answers = Answers("v2", {7: "naps"}, {"naps"})

    closed = [await journal.tickets.close_answered(PACK, answers) for _ in range(2)]

    (one,) = await journal.tickets.listed(PACK, "closed")
    owed = await journal.database.read(select(news).order_by(news.c.person))
    assert closed == [1, 0]
    assert (one.fact, one.state) == ("naps", "closed")
    assert [row.person for row in owed] == ["U1", "U2"]
    assert owed[0].place == {"channel": "C1", "thread": "10.2"}
    assert owed[0].what["words"] == "about naps 2?"
    assert [row["act"] for row in await acts(journal)] == ["closed as answered"]


async def test_a_draft_that_became_a_fact_closes_its_ticket(journal: Journal) -> None:
    await ask(journal)
    number = (await only(journal)).number
    await journal.tickets.act(number, NoteDraft("naps"), BY)

    waits = await journal.tickets.close_answered(PACK, Answers("v2", {}, {"walks"}))
    closes = await journal.tickets.close_answered(PACK, Answers("v3", {}, {"naps"}))

    assert (waits, closes) == (0, 1)


async def test_what_is_asked_again_after_its_answer_is_opened_again_and_stays_open(
    journal: Journal,
) -> None:
    """The fact did not do: the same pack, loaded again, does not close it again."""
    answers = Answers("v2", {7: "naps"}, {"naps"})
    await ask(journal, 1, gap=7)
    await journal.tickets.close_answered(PACK, answers)
    await ask(journal, 2, gap=7, person="U2")

    assert (await only(journal)).state == "open"
    assert await journal.tickets.close_answered(PACK, answers) == 0


async def test_what_was_closed_as_out_of_scope_stays_closed(journal: Journal) -> None:
    await ask(journal, 1)
    await journal.tickets.act((await only(journal)).number, CloseOutside(), BY)
    await ask(journal, 2)

    (one,) = await journal.tickets.listed(PACK, "closed")
    assert one.times == 2


async def test_a_curator_can_say_which_fact_answers_it(journal: Journal) -> None:
    await ask(journal)
    number = (await only(journal)).number

    done = await journal.tickets.act(number, CloseAnswered("walks"), BY)

    assert isinstance(done, Ticket)
    assert (done.state, done.fact) == ("closed", "walks")
    assert len(await journal.database.read(select(news))) == 1


async def test_who_is_erased_is_owed_nothing_and_leaves_no_word(
    journal: Journal,
) -> None:
    await ask(journal, 1, gap=7)
    await ask(journal, 2, gap=7, person="U2")
    answers = Answers("v2", {7: "naps"}, {"naps"})
    await journal.eraser.erase("T1", "U1")
    await journal.tickets.close_answered(PACK, answers)
    await journal.eraser.erase("", "U2")

    (one,) = await journal.tickets.listed(PACK, "closed")
    rows = await journal.database.read(select(asking))
    assert (one.times, one.people, one.unknown) == (2, 0, ())
    assert {(row.person, row.unknown) for row in rows} == {("", "")}
    assert await journal.database.read(select(news)) == []
    assert all(not s.words for s in await journal.tickets.samples(one.number))


async def test_words_that_run_out_leave_the_ticket_and_its_count(
    journal: Journal, watch: Watch
) -> None:
    await ask(journal)
    watch.now += 40 * DAY
    await journal.eraser.purge(30)

    found = await only(journal)
    assert (found.times, found.unknown) == (1, ())
    assert name_of(found, tiny_pack()) == "sleep"


async def test_no_table_of_tickets_holds_a_persons_words(journal: Journal) -> None:
    await ask(journal)

    (row,) = await journal.database.read(select(ticket))
    assert "naps" not in str(row._asdict())


async def test_a_ticket_is_named_by_the_gap_the_concepts_or_the_words(
    journal: Journal,
) -> None:
    await ask(journal, 1, gap=1)
    await ask(journal, 2)
    await ask(journal, 3, gap=99, reading=ReadingNote())
    tickets = await journal.tickets.every(PACK)

    names = [name_of(one, tiny_pack()) for one in tickets]

    assert names == ["Sleep", "sleep · “naps”", "gap 99"]
    line = exported(tickets[1], names[1], await journal.tickets.samples(2))
    assert line["samples"] == ["about naps 2?"]
    assert "U1" not in str(line)


async def test_two_replicas_count_the_same_thing_on_one_ticket(postgres: str) -> None:
    async with open_journal(postgres) as one, open_journal(postgres) as other:
        await asyncio.gather(
            *(_taken(journal, n) for n in range(12) for journal in (one, other))
        )
        found = await only(one)

        assert found.times == 12


async def test_somebody_at_a_terminal_curates_while_the_app_serves(
    journal: Journal, address: str
) -> None:
    await ask(journal)
    async with open_records(address) as records:
        found = await only(records)
        await records.tickets.act(found.number, Assign("A. Curator"), BY)

    assert (await only(journal)).owner == "A. Curator"


async def test_what_was_counted_before_there_were_tickets_is_carried_over(
    address: str,
) -> None:
    async with open_journal(address) as journal:
        await ask(journal, 1, gap=7)
        await ask(journal, 2)
        await journal.database.store.run(_as_before)

    async with open_journal(address) as journal:
        await ask(journal, 3, gap=7, person="U2")
        found = await journal.tickets.listed(PACK, "most asked")

        assert [(t.gap, t.times, t.people) for t in found] == [(7, 2, 2), (None, 1, 1)]


def _as_before(connection: Connection) -> None:
    """The tables of the first step, with two gaps counted in them."""
    for name in ("corrected", "correction", "news", "asking", "ticket"):
        connection.execute(text(f"DROP TABLE {name}"))
    kind = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    connection.execute(
        text(
            f"CREATE TABLE gap (number {kind} PRIMARY KEY, at FLOAT, pack VARCHAR,"
            " key VARCHAR, gap INTEGER, concepts JSON)"
        )
    )
    for number, gap in ((1, "7"), (2, "NULL")):
        connection.execute(
            text(
                "INSERT INTO gap (at, pack, key, gap, concepts) VALUES"  # noqa: S608  numbers of ours  # nosec B608
                f" (1.0, '{PACK}', 'T1:C1:10.{number}', {gap}, '[\"sleep-quality\"]')"
            )
        )
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    command.stamp(config, "0001")


async def _answer_again(journal: Journal, key: str, told: Composition) -> None:
    owed = await journal.inbox.take(key)
    assert owed is not None
    owed = await journal.progress.freeze(owed, Frozen(told, ()))
    await journal.progress.settle(owed, "answered", "")


async def _taken(journal: Journal, number: int) -> None:
    """Ask in whichever replica is first."""
    arrival = make_arrival(number)
    await journal.inbox.receive(arrival)
    owed = await journal.inbox.take(arrival.key)
    if owed is None:
        return
    told = make_composition(decision="not_reported", reading=NAPS)
    owed = await journal.progress.freeze(owed, Frozen(told, ()))
    attempt = await journal.progress.begin(owed, PART)
    await journal.progress.end(owed, attempt, "posted", SPOT)
    await journal.progress.settle(owed, "answered", "")
