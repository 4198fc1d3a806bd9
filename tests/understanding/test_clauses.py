from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.clauses import parts_of


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        pytest.param(
            "1) how many joined 2) how bright was it",
            ("how many joined", "how bright was it"),
            id="numbered",
        ),
        pytest.param(
            "Two things: a) eye strain rate b) lamp brightness",
            ("eye strain rate", "lamp brightness"),
            id="lettered",
        ),
        pytest.param(
            "please give: dose, sponsor and phase",
            ("dose", "sponsor", "phase"),
            id="a list after a colon",
        ),
        pytest.param(
            "please list: dose, sponsor, phase, site, start and end",
            ("dose", "sponsor", "phase", "site", "start", "end"),
            id="a long list after a colon",
        ),
        pytest.param(
            "Of the nine, how many stayed, and how wide is the interval?",
            ("Of the nine, how many stayed", "how wide is the interval"),
            id="a scene set first belongs to what it asks",
        ),
        pytest.param(
            "How many joined? How bright was the lamp?",
            ("How many joined", "How bright was the lamp"),
            id="two sentences",
        ),
        pytest.param(
            "how many joined and how bright was the lamp",
            ("how many joined", "how bright was the lamp"),
            id="two questions in a sentence",
        ),
        pytest.param(
            "I am new here. How many joined? How bright was it?",
            ("I am new here. How many joined", "How bright was it"),
            id="what is said before belongs to the next question",
        ),
        pytest.param(
            "How many joined? How bright was it? It is for a poster.",
            ("How many joined", "How bright was it"),
            id="what is said last is no part of the last question",
        ),
        pytest.param(
            "How many joined? How bright was it? In the first three.",
            ("How many joined", "How bright was it In the first three."),
            id="a scene set last belongs to the last question",
        ),
        pytest.param(
            "Nine came back, seven are well. Was that early?",
            ("Nine came back, seven are well. Was that early?",),
            id="what is told before a question is not asked",
        ),
        pytest.param(
            "dose, lamp class, and is it safe?",
            ("dose", "lamp class", "is it safe"),
            id="a list may end in a question",
        ),
        pytest.param(
            "how many joined, at what dose, and by when",
            ("how many joined", "at what dose", "by when"),
            id="a question may begin with its preposition",
        ),
        pytest.param(
            "dose, sponsor and phase", ("dose", "sponsor", "phase"), id="in one breath"
        ),
        pytest.param(
            "quickly: dose + sponsor",
            ("quickly: dose", "quickly: sponsor"),
            id="in one breath, with an opening",
        ),
    ],
)
def test_a_message_is_taken_apart_into_what_it_asks(
    message: str, parts: tuple[str, ...]
) -> None:
    assert parts_of(message) == parts


@pytest.mark.parametrize(
    "message",
    [
        "How many people joined?",
        "1) how many people joined",
        "amber light",
        "I had a question about lamps",
        "Was it amber light?",
        "",
    ],
)
def test_a_message_that_asks_one_thing_stays_whole(message: str) -> None:
    assert parts_of(message) == (message,)


def test_six_things_in_one_breath_are_a_sentence_with_commas() -> None:
    five = "dose, sponsor, phase, site, start"
    six = f"{five}, end"

    assert len(parts_of(five)) == 5
    assert parts_of(six) == (six,)


def test_any_number_of_questions_are_taken_apart() -> None:
    assert len(parts_of("how many joined? " * 9)) == 9


@given(st.text(alphabet="ab?!.,;:()1234 \nand how", max_size=80))
def test_a_message_has_a_part_at_least(message: str) -> None:
    assert len(parts_of(message)) >= 1
