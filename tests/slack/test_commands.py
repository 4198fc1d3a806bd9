"""The slash command and the words that may stand after it."""

from __future__ import annotations

import pytest

from bot.answering.composition import FigureRef
from bot.settings import ROOT
from bot.slack.subcommands import read_command
from tests.fakes import CannedAnswers, FakeSlack
from tests.make import (
    make_citation,
    make_composition,
    make_earlier,
    make_fact,
    with_entries,
)
from tests.slack.door import Door, open_door
from tests.slack.reading import buttons, words


CONTACTS = ROOT / "deploy" / "contacts.example.yaml"


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        ("ask how many?", "ask", "how many?"),
        ("ASK how many?", "ask", "how many?"),
        ("how many?", "ask", "how many?"),
        ("ask", "ask", "ask"),
        ("source 2", "source", "2"),
        ("source [2]", "source", "[2]"),
        ("source nowhere-report-2020", "source", "nowhere-report-2020"),
        ("source of the cells?", "ask", "source of the cells?"),
        ("help", "help", ""),
        ("help me with the dose", "ask", "help me with the dose"),
        ("gaps", "gaps", ""),
        ("gaps sleep", "gaps", "sleep"),
        ("oncall", "oncall", ""),
        ("what-changed", "what-changed", ""),
        ("cite", "cite", ""),
        ("figure of remission", "figure", "of remission"),
        ("", "ask", ""),
    ],
)
def test_the_first_word_counts_only_where_the_rest_fits(
    text: str, verb: str, rest: str
) -> None:
    commanded = read_command(text)

    assert (commanded.verb, commanded.rest) == (verb, rest)


async def test_ask_is_the_same_as_the_question_alone(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    await door.command("ask how many?")
    await door.command("how many?")

    asked, alone = slack.asides
    assert asked["blocks"] == alone["blocks"]
    assert {one.text for one in answers.asked} == {"how many?"}


async def test_help_lists_every_word(door: Door, slack: FakeSlack) -> None:
    await door.command("help")

    text = words(slack.asides[0]["blocks"])
    for word in ("ask", "figure", "cite", "gaps", "oncall", "what-changed", "source"):
        assert f"`/becar7 {word}" in text


async def test_gaps_are_listed_by_number_with_a_button(
    door: Door, slack: FakeSlack
) -> None:
    await door.command("gaps")

    blocks = slack.asides[0]["blocks"]
    assert list(buttons(blocks).values()) == ["sleep", "months-after"]
    assert "2 things that no source reports" in words(blocks)


async def test_gaps_can_be_searched(door: Door, slack: FakeSlack) -> None:
    await door.command("gaps sleep")
    await door.command("gaps unicorns")

    assert list(buttons(slack.asides[0]["blocks"]).values()) == ["sleep"]
    assert "No gap on file names: unicorns." in slack.asides[1]["text"]


async def test_on_call_names_the_contact_the_ladder_and_the_day(
    slack: FakeSlack, answers: CannedAnswers
) -> None:
    async with open_door(slack, answers, contacts_file=CONTACTS) as door:
        await door.command("oncall")

    text = slack.asides[0]["text"]
    assert "on-call trial team, bleep 0000" in text
    assert "If nobody answers: the EXAMPLE trial physician" in text
    assert "Last checked on 22 November 2026" in text


async def test_without_a_contact_none_is_invented(door: Door, slack: FakeSlack) -> None:
    await door.command("oncall")

    assert "No on-call contact is configured" in slack.asides[0]["text"]


async def test_what_changed_names_the_latest_checks_and_the_status(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    await door.command("what-changed")

    text = words(slack.asides[0]["blocks"])
    assert answers.knowledge.trial.status.says in text
    assert answers.knowledge.version in text
    assert "No fact has been changed or taken out so far." in text
    assert "Review overdue: none." in text


async def test_what_changed_says_what_was_said_before_and_why(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    fact = make_fact(history=[make_earlier("6 of 11", why="A misprint.")])
    answers.knowledge = with_entries(answers.knowledge, fact)

    await door.command("what-changed")

    text = words(slack.asides[0]["blocks"])
    assert "20 November 2026 · Walks" in text
    assert "was: 6 of 11 people went for walks." in text
    assert f"now: {fact.statement}" in text
    assert "why: A misprint. (an author)" in text


async def test_a_source_is_told_by_its_number_in_the_file(
    door: Door, slack: FakeSlack
) -> None:
    await door.command("source 2")

    assert "invented newsletter" in words(slack.asides[0]["blocks"])
    assert "not peer reviewed" in words(slack.asides[0]["blocks"])


async def test_a_source_is_told_by_its_number_in_the_last_reply(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    cited = make_citation(2, source="nowhere-report-2020")
    answers.reply = make_composition(citations=(cited,))

    await door.command("how many?")
    await door.command("source 2")

    assert "Amber evening light" in words(slack.asides[1]["blocks"])


async def test_a_source_that_is_not_there_is_said_to_be_missing(
    door: Door, slack: FakeSlack
) -> None:
    await door.command("source 99")

    assert "There is no source 99" in slack.asides[0]["text"]


async def test_cite_gives_the_references_of_an_answer_and_of_the_last_one(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    cited = make_citation(1, source="nowhere-report-2020")
    answers.reply = make_composition(citations=(cited,))

    await door.command("cite how many?")
    await door.command("how many?")
    await door.command("cite")

    for aside in (slack.asides[0], slack.asides[2]):
        assert "Journal of Invented Results" in words(aside["blocks"])
        assert buttons(aside["blocks"]) == {"copy-citation": "nowhere-report-2020"}


async def test_cite_without_an_answer_says_so(door: Door, slack: FakeSlack) -> None:
    await door.command("cite")

    assert "nothing to cite" in slack.asides[0]["text"]


async def test_figure_gives_the_text_equivalent(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    figure = FigureRef(id="people", alt="Seven of eleven people in a row are filled.")
    answers.reply = make_composition(figures=(figure,))

    await door.command("figure how many?")

    assert slack.asides[0]["text"] == figure.alt


async def test_figure_without_a_picture_says_so(door: Door, slack: FakeSlack) -> None:
    await door.command("figure how many?")

    assert "There is no picture" in slack.asides[0]["text"]


async def test_a_boundary_after_figure_is_a_boundary(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    answers.reply = make_composition(answer="Call now.", decision="emergency")

    await door.command("figure they are not breathing")

    assert slack.asides[0]["text"] == "Call now."
