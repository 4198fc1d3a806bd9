from __future__ import annotations

import pytest

from bot.knowledge.load import Knowledge
from bot.understanding.boundaries import (
    ADVICE,
    CALM,
    HURRY,
    PERSON,
    REPORT,
    Signals,
    listen,
)
from bot.understanding.question import Question
from bot.understanding.reading import read
from bot.understanding.vocabulary import Vocabulary
from tests.make import make_concept, make_signals


VOCABULARY = Vocabulary(
    (
        make_concept("sign-fall", kind="sign", name="man overboard"),
        make_concept("stance-would-you", kind="stance", name="would you sail"),
        make_concept("stance-published", kind="stance", name="in the log"),
        make_concept("tide"),
    )
)


def heard(text: str) -> Signals:
    return listen(read(Question.of(text), VOCABULARY).whole, VOCABULARY)


def test_a_sign_of_danger_is_heard_in_words() -> None:
    signals = heard("a man went overboard")

    assert signals.dangers == {"sign-fall"}
    assert signals.vitals == ()
    assert signals.in_danger


@pytest.mark.parametrize("text", ["bp 50/20", "sats 60% now", "resp rate 4 now"])
def test_a_sign_of_danger_is_heard_in_numbers(text: str) -> None:
    signals = heard(text)

    assert signals.vitals
    assert signals.dangers == set(signals.vitals)
    assert signals.in_danger


def test_how_somebody_asks_is_heard() -> None:
    signals = heard("would you sail at this tide")

    assert signals.stances == {"stance-would-you"}
    assert not signals.in_danger


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("how many times was it man overboard", id="a count"),
        pytest.param("what does man overboard mean", id="a definition"),
        pytest.param("man overboard, as written in the log", id="published"),
    ],
)
def test_who_asks_for_figures_or_words_is_calm(text: str) -> None:
    signals = heard(text)

    assert signals.calm
    assert signals.dangers == {"sign-fall"}
    assert not signals.in_danger


@pytest.mark.parametrize(
    ("text", "identified"),
    [("nhs number 943 476 5919", True), ("the tide at noon", False)],
)
def test_personal_details_are_heard(text: str, *, identified: bool) -> None:
    assert heard(text).identified is identified


@pytest.mark.parametrize(
    ("text", "short"),
    [
        pytest.param("man overboard quick", True, id="few words about a danger"),
        pytest.param("quick, the tide", False, id="few words about the pack"),
        pytest.param("boat one rope wind rain cloud", False, id="six words that carry"),
    ],
)
def test_a_message_is_short_if_it_is_about_little_and_nothing_of_ours(
    text: str, *, short: bool
) -> None:
    assert heard(text).short is short


@pytest.mark.parametrize(
    ("text", "weighed"),
    [
        pytest.param("how much rope for a 22 kg sailor", True, id="kilograms"),
        pytest.param("he is 0,9 m2, which sail?", True, id="a surface"),
        pytest.param("rope by the kg, 5 mg/kg", False, id="what a dose is divided by"),
        pytest.param(
            "22 people and a kg of rope", False, id="a number of something else"
        ),
    ],
)
def test_the_measure_of_one_body_is_heard(text: str, *, weighed: bool) -> None:
    assert heard(text).weighed is weighed


@pytest.mark.parametrize(
    ("stances", "mark"),
    [
        (ADVICE, "hears_advice"),
        (REPORT, "hears_report"),
        (PERSON, "hears_person"),
        (HURRY, "hears_hurry"),
    ],
)
def test_each_stance_of_a_group_leaves_its_mark(
    stances: frozenset[str], mark: str
) -> None:
    for stance in stances:
        marks = make_signals(stances=frozenset({stance})).marks()

        assert {name for name, value in marks.items() if value} == {mark}


def test_what_is_heard_leaves_its_mark() -> None:
    every = make_signals(
        dangers=frozenset({"a"}), vitals=("a",), calm=True, short=True, weighed=True
    ).marks()

    assert {name for name, value in every.items() if value} == {
        "hears_danger",
        "hears_vitals",
        "hears_calm",
        "hears_body",
        "is_short",
    }
    assert not any(make_signals().marks().values())


def test_the_stances_that_are_listened_for_are_in_our_vocabulary(
    real: Knowledge,
) -> None:
    listened = ADVICE | REPORT | PERSON | HURRY | CALM

    assert listened <= real.concepts.keys()
    assert {real.concepts[name].kind for name in listened} == {"stance"}
