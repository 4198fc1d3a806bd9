"""What was asked before gets the reply that was made then, as long as it holds."""

from __future__ import annotations

from copy import copy
from datetime import timedelta

import pytest

from bot.answering.composition import BOUNDARY_DECISIONS, Decision
from bot.slack import board, recalling
from bot.slack.recalling import RecallingDesk
from bot.understanding.question import Question
from tests.fakes import CannedAnswers
from tests.make import make_composition


HOW_MANY = Question.of("how many?")


@pytest.fixture
def answers() -> CannedAnswers:
    return CannedAnswers(entries={"eye-strain": make_composition(id="told")})


def test_the_same_words_in_the_same_thread_are_answered_once(
    answers: CannedAnswers,
) -> None:
    desk = RecallingDesk(answers)

    first, again = desk.reply_to(HOW_MANY), desk.reply_to(Question.of("how many?"))
    desk.reply_to(Question.of("how many?", ("the lamp",)))

    assert first is again
    assert [one.thread for one in answers.asked] == [(), ("the lamp",)]


@pytest.mark.parametrize("decision", sorted(BOUNDARY_DECISIONS))
def test_what_may_concern_a_person_is_never_kept(
    answers: CannedAnswers, decision: Decision
) -> None:
    answers.reply = make_composition(decision=decision)
    desk = RecallingDesk(answers)

    for _ in range(2):
        desk.reply_to(HOW_MANY)

    assert len(answers.asked) == 2


def test_another_pack_answers_anew(answers: CannedAnswers) -> None:
    desk = RecallingDesk(answers)
    desk.reply_to(HOW_MANY)

    answers.knowledge = copy(answers.knowledge)
    desk.reply_to(HOW_MANY)

    assert len(answers.asked) == 2


def test_another_day_answers_anew(
    answers: CannedAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = RecallingDesk(answers)
    desk.reply_to(HOW_MANY)

    tomorrow = board.today() + timedelta(1)
    monkeypatch.setattr(recalling, "today", lambda: tomorrow)
    desk.reply_to(HOW_MANY)

    assert len(answers.asked) == 2


def test_only_the_latest_are_kept(answers: CannedAnswers) -> None:
    desk = RecallingDesk(answers, latest=1)

    for words in ("how many?", "how long?", "how many?"):
        desk.reply_to(Question.of(words))

    assert len(answers.asked) == 3


def test_an_entry_that_is_gone_is_a_key_error_each_time(answers: CannedAnswers) -> None:
    desk = RecallingDesk(answers)

    assert desk.tell("eye-strain") is desk.tell("eye-strain")
    for _ in range(2):
        with pytest.raises(KeyError):
            desk.tell("gone")
