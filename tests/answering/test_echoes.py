"""A follow-up for the source, the interval or the picture tells the same thing again."""

from __future__ import annotations

import pytest

from bot.answering.composition import Composition
from bot.answering.desk import Desk
from bot.answering.telling import NO_INTERVAL, NO_PICTURE
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.understanding.question import Question
from tests.make import with_entries


COUNT = "How many people had a month without migraine?"
LAMP = "how bright was the lamp?"


def asked(desk: Desk, text: str, *thread: str) -> Composition:
    return desk.reply_to(Question.of(text, thread))


@pytest.mark.parametrize("said", ["source?", "who says so", "CI?", "once more please"])
def test_what_was_told_is_told_again(tiny_desk: Desk, said: str) -> None:
    assert asked(tiny_desk, said, COUNT).facts == asked(tiny_desk, COUNT).facts


def test_who_asks_for_the_source_sees_the_works_above_the_fold(tiny_desk: Desk) -> None:
    told = asked(tiny_desk, "source?", COUNT)

    (cited, *_) = told.citations
    assert f"[{cited.number}] {cited.title}; {cited.locator}" in told.answer
    assert cited.title not in asked(tiny_desk, COUNT).answer


def test_who_asks_for_the_interval_sees_its_exact_limits(tiny_desk: Desk) -> None:
    assert "95% CI 36.1 to 80.9%" in asked(tiny_desk, "how wide is that", COUNT).answer
    assert NO_INTERVAL in asked(tiny_desk, "95% CI?", LAMP).answer


def test_who_asks_for_a_picture_that_nobody_drew_is_told_so(tiny_desk: Desk) -> None:
    assert NO_PICTURE in asked(tiny_desk, "picture?", COUNT).answer


@pytest.mark.parametrize(("said", "shows"), [("picture?", "picture"), ("CI?", None)])
def test_a_reply_says_that_its_picture_was_asked_for(
    tiny_desk: Desk, said: str, shows: str | None
) -> None:
    assert asked(tiny_desk, said, COUNT).shows == shows


def test_an_echo_of_an_echo_is_about_the_same(tiny_desk: Desk) -> None:
    told = asked(tiny_desk, "and the source?", COUNT, "how wide is that")

    assert told.facts == asked(tiny_desk, COUNT).facts


def test_what_was_asked_back_is_no_part_of_what_is_told_again(tiny: Knowledge) -> None:
    both = f"{COUNT} And how bright was the lamp?"
    told = asked(Desk(tiny), "source?", both)

    assert told.decision == "answered"
    assert all(point.decision == "answered" for point in told.points)


def test_nothing_told_cannot_be_told_again(tiny_desk: Desk) -> None:
    told = asked(tiny_desk, "source?", "who won the football?")

    assert told.decision != "answered"


@pytest.fixture
def stepped(tiny: Knowledge) -> Desk:
    """A desk where eye strain is one step above the lamp."""
    fact = tiny.facts["eye-strain"]
    upper = Fact.model_validate({**fact.model_dump(), "follows": "lamp-brightness"})
    return Desk(with_entries(tiny, upper))


def test_the_next_grade_up_is_the_one_that_follows(stepped: Desk) -> None:
    assert asked(stepped, "and the next one up?", LAMP).facts[0] == "eye-strain"
    assert asked(stepped, "one below?", "eye strain?").facts[0] == "lamp-brightness"


@pytest.mark.parametrize(
    ("said", "before"),
    [
        ("one below?", LAMP),
        ("the next one up?", "eye strain?"),
        ("the next one up?", "how long did the migraine stay away?"),
    ],
)
def test_beyond_the_last_grade_there_is_none(
    stepped: Desk, said: str, before: str
) -> None:
    assert asked(stepped, said, before).facts[:1] not in {
        ("eye-strain",),
        ("lamp-brightness",),
    }
