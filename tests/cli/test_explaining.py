from __future__ import annotations

from bot.answering.desk import Desk
from bot.cli.explaining import steps_of
from bot.knowledge.load import Knowledge
from bot.understanding.question import Question
from tests.cli.commands import Commands


def test_every_step_says_what_it_found(tiny: Knowledge) -> None:
    steps = _steps(tiny, "*hw* many of 20 had eye stran in childrn, kumquat")

    assert steps["cleaned text"] == (
        "hw  many of 20 had eye stran in childrn, kumquat",
    )
    assert "childrn → children" in steps["whole message: words repaired"]
    assert "sore-eyes, by the form 'eye strain'" in steps["whole message: concepts"]
    assert steps["whole message: numbers claimed"] == ("20",)
    assert "kumquat" in steps["whole message: unknown words"]
    assert any(
        line.startswith("eye-strain: trust") and "does not cover children" in line
        for line in steps["whole message: candidates"]
    )
    assert steps["decision"][0] == "not_reported (NotReported)"
    assert "not covered: children" in steps["decision"]


def test_each_part_of_a_message_is_explained(tiny: Knowledge) -> None:
    steps = _steps(tiny, "how bright was the lamp, and how many had eye strain?")

    assert steps["part 1"] == ("how bright was the lamp",)
    assert "part 2: candidates" in steps
    assert "tells: lamp-brightness, eye-strain" in steps["decision"]


def test_what_is_told_and_what_is_asked_are_explained_apart(tiny: Knowledge) -> None:
    steps = _steps(tiny, "The lamp was bright, fine, but how many had eye strain?")

    assert steps["what it tells"] == ("The lamp was bright, fine",)
    assert steps["what it asks"] == ("but how many had eye strain?",)
    assert "tells: eye-strain" in steps["decision"]


def test_what_a_follow_up_takes_over_is_shown(becar7: Commands) -> None:
    ran = becar7("explain", "and in children?", "--thread", "eye strain?")

    assert ran.code == 0
    assert "whole message: taken over from around it\n   sore-eyes" in ran.out


def test_nothing_found_is_said_so(becar7: Commands) -> None:
    ran = becar7("explain", "🎉")

    assert "cleaned text\n   —" in ran.out
    assert "out_of_scope" in ran.out


def _steps(knowledge: Knowledge, text: str) -> dict[str, tuple[str, ...]]:
    return dict(steps_of(Desk(knowledge), Question.of(text)))
