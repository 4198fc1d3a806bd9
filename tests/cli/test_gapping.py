"""The curators' board in the terminal: the same tickets, the same audit."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.answering.desk import Desk
from bot.journal.journal import open_journal
from bot.knowledge.load import load
from bot.promise.question import Frozen
from bot.understanding.question import Question
from tests.cli.commands import Commands
from tests.conftest import TINY
from tests.journal.kept import Watch, make_arrival
from tests.journal.kept import answered as settled
from tests.spoiling import Copy


BY = ("--by", "A. Curator", "--why", "It was asked often.")
SLEEP = "how did people sleep?"
ZEBRA = "were there zebra effects of the lamp?"
BRIGHT = "how bright was the lamp?"


async def _ask(desk: Desk, address: str, *words: str) -> None:
    async with open_journal(address, Watch()) as journal:
        await journal.packs.keep(desk.knowledge.version, desk.knowledge.directory)
        for number, said in enumerate(words, start=1):
            arrival = make_arrival(number, words=said)
            told = desk.reply_to(Question.of(said))
            await settled(journal, arrival, **_fields(Frozen(told, ())))


def _fields(frozen: Frozen) -> dict[str, object]:
    return dict(frozen.composition)


@pytest.fixture
def own(tmp_path: Path) -> Copy:
    """A pack of one's own."""
    return Copy.of(TINY, tmp_path)


@pytest.fixture
def asked(becar7: Commands, own: Copy, tmp_path: Path) -> Commands:
    """A journal in which something was asked in vain, twice."""
    address = f"sqlite:///{tmp_path}/journal.sqlite3"
    desk = Desk(load(own.directory))
    asyncio.run(_ask(desk, address, SLEEP, SLEEP, ZEBRA, BRIGHT))
    becar7.set(DATABASE_URL=address, KNOWLEDGE_DIR=own.directory)
    return becar7


def test_the_tickets_are_listed_and_shown(asked: Commands) -> None:
    oldest, often = asked("gaps", "list"), asked("gaps", "list", "--view", "most-asked")
    one = asked("gaps", "show", "1")

    assert oldest.out.splitlines() == [
        "1  Sleep  [open]  asked 2 times, 2027-01-15 to 2027-01-15",
        "2  lamp · “zebra” · “effects”  [open]  asked once, 2027-01-15 to 2027-01-15",
    ]
    assert often.out == oldest.out
    assert f"2027-01-15  not reported: “{SLEEP}”" in one.out
    assert "people who can be told: 1; did not help: 0" in one.out
    assert asked("gaps", "list", "--view", "closed").out == "no ticket here\n"


def test_each_act_is_one_line_and_an_audit_row(asked: Commands) -> None:
    steps = (
        ("assign", "1", "--to", "B. Reader"),
        ("snooze", "1", "--until", "2090-12-24"),
        ("close", "1"),
        ("close", "2", "--answered-by", "eye-strain"),
    )

    for step in steps:
        ran = asked("gaps", *step, *BY)
        assert (ran.code, ran.out.count("\n")) == (0, 1), ran.err

    rows = [json.loads(row) for row in asked("audit", "export").out.splitlines()]
    acts = [row for row in rows if row["kind"] == "curated"]
    assert [row["act"] for row in acts] == [
        "assigned",
        "snoozed",
        "closed as out of scope",
        "closed as answered",
    ]
    assert {(row["by"], row["why"]) for row in acts} == {(BY[1], BY[3])}
    assert asked("audit", "verify").code == 0
    assert "[closed, B. Reader]" in asked("gaps", "list", "--view", "closed").out


def test_a_closed_ticket_says_by_what(asked: Commands) -> None:
    asked("gaps", "close", "2", "--answered-by", "eye-strain", *BY)

    shown = asked("gaps", "show", "2").out

    assert "answered by: eye-strain" in shown
    assert "last said: It was asked often." in shown


def test_every_ticket_can_be_taken_along_and_names_nobody(asked: Commands) -> None:
    lines = [json.loads(line) for line in asked("gaps", "export").out.splitlines()]

    assert [(line["ticket"], line["asked"]) for line in lines] == [(1, 2), (2, 1)]
    assert lines[0]["samples"] == [SLEEP, SLEEP]
    assert "U1" not in str(lines)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("show", "9"), "there is no ticket 9", id="no ticket"),
        pytest.param(("close", "9", *BY), "there is no ticket 9", id="to close"),
        pytest.param(
            ("close", "1", "--by", " ", "--why", "x"), "nobody is named", id="nobody"
        ),
        pytest.param(
            ("close", "1", "--by", "A", "--why", " "), "a reason is missing", id="why"
        ),
        pytest.param(
            ("close", "1", "--answered-by", "nothing", *BY),
            "there is no fact 'nothing'",
            id="no fact",
        ),
        pytest.param(
            ("snooze", "1", "--until", "soon", *BY), "'soon' is no day", id="no day"
        ),
        pytest.param(
            ("snooze", "1", "--until", "2020-01-01", *BY),
            "that day is over",
            id="the past",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    asked: Commands, words: tuple[str, ...], said: str
) -> None:
    before = asked("gaps", "list").out

    ran = asked("gaps", *words)

    assert ran.code == 2
    assert ran.is_one_sentence
    assert said in ran.err
    assert asked("gaps", "list").out == before


def test_what_points_to_a_patient_is_not_written_for_good(asked: Commands) -> None:
    asked("gaps", "close", "1", "--by", "A", "--why", "NHS number 943 476 5919")

    assert "943" not in asked("audit", "export").out
    assert "943" not in asked("gaps", "show", "1").out


def test_past_answers_that_told_it_otherwise_are_listed(
    asked: Commands, own: Copy
) -> None:
    none = asked("gaps", "corrections")
    own.change("facts/design.yaml", "low: 5, high: 50", "low: 5, high: 60")
    own.change("facts/design.yaml", "lamp gave 5 to 50 lux", "lamp gave 5 to 60 lux")

    found = [asked("gaps", "corrections").out for _ in range(2)]

    assert none.out == "no past answer tells it otherwise\n"
    assert "lamp-brightness: told otherwise in answers: 1" in found[0]
    assert "then: The lamp gave 5 to 50 lux" in found[0]
    assert "now:  The lamp gave 5 to 60 lux" in found[0]
    assert found[1] == found[0]


def test_where_there_is_no_journal_that_is_said(
    becar7: Commands, tmp_path: Path
) -> None:
    becar7.set(DATABASE_URL=f"sqlite:///{tmp_path}/nowhere.sqlite3")

    assert becar7("gaps", "list").is_one_sentence
