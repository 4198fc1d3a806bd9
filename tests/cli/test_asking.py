from __future__ import annotations

import io

import pytest
from rich.console import Console

from bot.answering.composition import Composition, Point
from bot.cli.terminal import Depth, show
from bot.knowledge.load import Knowledge
from tests.cli.commands import Commands
from tests.make import make_citation, make_composition


def test_the_line_comes_first_and_the_source_below_it(becar7: Commands) -> None:
    ran = becar7("ask", "how bright was the lamp?")

    assert ran.code == 0
    assert ran.out.startswith("The lamp gave 5 to 50 lux at the eye")
    assert "[1] Amber evening light in migraine" in ran.out
    assert "methods, paragraph 4" in ran.out


def test_a_count_is_drawn_with_its_interval(becar7: Commands) -> None:
    ran = becar7("ask", "how many had eye strain?")

    assert "3 of 20 people (15%; 95% CI 3 to 38%)" in ran.out
    assert "0% ·├────●────────┤························· 100%" in ran.out
    assert "computed by the bot, not in the source" in ran.out


def test_folded_parts_are_named_and_open_with_full(becar7: Commands) -> None:
    folded = becar7("ask", "how bright was the lamp?")
    full = becar7("ask", "how bright was the lamp?", "--full")

    assert "▸ Numbers and method" in folded.out
    assert "Population: every lamp of the study." not in folded.out
    assert "▾ What this does not tell you\n   Population: every lamp" in full.out


def test_a_gap_says_under_which_number_it_is_logged(becar7: Commands) -> None:
    ran = becar7("ask", "how did they sleep?")

    assert ran.out.startswith("No source reports how people slept with the lamp.")
    assert "Logged as gap 1" in ran.out.replace("\n", " ")


def test_a_follow_up_takes_over_what_it_does_not_say(becar7: Commands) -> None:
    earlier = ("--thread", "migraine?", "--thread", "how many had eye strain?")

    ran = becar7("ask", "and in children?", *earlier, "--json")

    reading = Composition.model_validate_json(ran.out).reading
    assert reading.concepts == ("children",)
    assert reading.part_of == "migraine, sore-eyes"


def test_json_is_the_reply_contract(becar7: Commands) -> None:
    ran = becar7("ask", "how bright was the lamp?", "--json")

    composition = Composition.model_validate_json(ran.out)
    assert composition.decision == "answered"
    assert composition.facts == ("lamp-brightness",)
    assert composition.evidence == ("F003",)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n ", id="blank"),
        pytest.param("🎉🎉", id="emoji-only"),
        pytest.param("\udcff\udcfe", id="no-text-at-all"),
        pytest.param("lamp? " * 6_667, id="40,000-characters"),
        pytest.param("[bold]lamp[/bold] [/", id="brackets"),
        pytest.param("-", id="dash"),
    ],
)
def test_whatever_is_typed_gets_a_reply(becar7: Commands, question: str) -> None:
    ran = becar7("ask", question)

    assert ran.code == 0
    assert ran.out.strip()
    assert not ran.err


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["ask"], id="no-question"),
        pytest.param(["ask", "lamp?", "--batch", "file"], id="both"),
        pytest.param(["ask", "lamp?", "--colour"], id="unknown-option"),
        pytest.param(["answer", "lamp?"], id="unknown-command"),
    ],
)
def test_wrong_usage_is_said_and_is_exit_code_2(
    becar7: Commands, words: list[str]
) -> None:
    ran = becar7(*words)

    assert ran.code == 2
    assert "Usage:" in ran.err
    assert not ran.out


def test_curated_brackets_are_words_and_suggestions_are_numbered(
    tiny: Knowledge,
) -> None:
    shown = _shown(
        make_composition(
            points=(Point(decision="answered", headline="[red]7[/red] of 11 [1]"),),
            citations=(make_citation(title="[link=x]Tides[/link] :boom:"),),
        ),
        tiny,
        "folded",
    )

    assert "[red]7[/red] of 11 [1]" in shown
    assert "[1] [link=x]Tides[/link] :boom:; table 2 (read as: abstract)" in shown
    assert "[One harbour · n = 11]   [Verified 22 Nov 2026]" in shown
    assert "(1) What was lost\n(2) Numbers" in shown


def test_each_part_of_a_message_has_its_number(tiny: Knowledge) -> None:
    points = tuple(
        Point(decision="answered", headline=f"Part {n}.", lines=("More.",), number=n)
        for n in (1, 2)
    )

    shown = _shown(make_composition(points=points), tiny, "folded")

    assert shown.startswith("1. Part 1.\nMore.\n2. Part 2.\nMore.\n")


def _shown(composition: Composition, knowledge: Knowledge, depth: Depth) -> str:
    written = io.StringIO()
    console = Console(
        file=written, width=80, markup=False, highlight=False, emoji=False
    )
    show(composition, knowledge, console, depth)
    return written.getvalue()
