from __future__ import annotations

import io

from rich.console import Console

from bot.cli.conversation import Conversation
from bot.knowledge.load import Knowledge
from tests.cli.commands import Commands
from tests.fakes import CannedAnswers
from tests.make import make_composition


def test_a_conversation_greets_remembers_and_ends(becar7: Commands) -> None:
    ran = becar7("chat", typed="how many had eye strain?\nand in children?\n/quit\nx")

    assert ran.code == 0
    assert ran.out.startswith("I answer questions about LANTERN")
    assert "3 of 20 people" in ran.out


def test_the_end_of_the_input_ends_it(becar7: Commands) -> None:
    ran = becar7("chat", typed="\n\nhow bright was the lamp?\n")

    assert ran.code == 0
    assert ran.out.count("lux") == 1


def test_the_folded_parts_of_the_last_reply_open(becar7: Commands) -> None:
    ran = becar7("chat", typed="/full\nhow bright was the lamp?\n/full\n/help\n")

    assert "Nothing was answered yet" in ran.out
    assert "▾ Numbers and method" in ran.out
    assert ran.out.count("/quit ends.") == 2


def test_a_number_takes_the_suggestion_and_keeps_its_label(tiny: Knowledge) -> None:
    told = make_composition(suggestions=())
    answers = CannedAnswers(entries={"gauges-lost": told})
    talk = Conversation(answers, tiny, _quiet())

    for said in ("what is left?", "1", "1"):
        talk.answer(said)

    assert talk.thread == ("what is left?", "What was lost", "1")
    assert [question.text for question in answers.asked] == ["what is left?", "1"]
    assert answers.asked[1].thread == ("what is left?", "What was lost")


def test_what_meets_a_boundary_is_not_kept(tiny: Knowledge) -> None:
    answers = CannedAnswers(make_composition(decision="emergency", suggestions=()))
    talk = Conversation(answers, tiny, _quiet())

    talk.answer("she is not breathing")

    assert talk.thread == ()


def test_a_new_thread_forgets(tiny: Knowledge) -> None:
    answers = CannedAnswers()
    talk = Conversation(answers, tiny, _quiet())

    for said in ("one?", "/new", "two?"):
        talk.answer(said)

    assert answers.asked[1].thread == ()


def _quiet() -> Console:
    return Console(file=io.StringIO(), markup=False)
