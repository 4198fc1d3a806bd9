from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.premises import said_in


@pytest.mark.parametrize(
    ("message", "told", "asked"),
    [
        pytest.param(
            "Eye strain began on day two, fine, but how long did it last?",
            "Eye strain began on day two, fine,",
            "but how long did it last?",
            id="granted, but",
        ),
        pytest.param(
            "64% slept better. What is it in the children alone?",
            "64% slept better.",
            "What is it in the children alone?",
            id="a sentence, then a question",
        ),
        pytest.param(
            "All were over forty. what minimum age does the protocol set",
            "All were over forty.",
            "what minimum age does the protocol set",
            id="in small letters and without a question mark",
        ),
        pytest.param(
            "Single arm, I know. Has anyone drawn a comparison?",
            "Single arm, I know.",
            "Has anyone drawn a comparison?",
            id="a nod belongs to what it grants",
        ),
        pytest.param(
            "besides grade and onset, median length of eye strain pls",
            "besides grade and onset,",
            "median length of eye strain pls",
            id="set aside first",
        ),
        pytest.param(
            "not the dose per kg, the total number of cells",
            "not the dose per kg,",
            "the total number of cells",
            id="set aside, and the rest is no question",
        ),
        pytest.param(
            "how many early risers, given that all had a lamp",
            "given that all had a lamp",
            "how many early risers",
            id="given afterwards",
        ),
        pytest.param(
            "I don't need the cut-offs, I have them. I need the length of it.",
            "I don't need the cut-offs, I have them.",
            "I need the length of it.",
            id="a wish is a question too",
        ),
        pytest.param(
            "In the paper nine were treated, how many slept better?",
            "In the paper nine were treated",
            "how many slept better?",
            id="a place of which something is told",
        ),
        pytest.param(
            "Who paid? (the maker is known)",
            "the maker is known",
            "Who paid?",
            id="in brackets afterwards",
        ),
    ],
)
def test_what_is_told_is_kept_apart_from_what_is_asked(
    message: str, told: str, asked: str
) -> None:
    said = said_in(message)

    assert said is not None
    assert (said.told.rstrip(","), said.asked.rstrip(",")) == (told.rstrip(","), asked)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("how many slept better", id="a question alone"),
        pytest.param("Of the nine, how many stayed?", id="a scene"),
        pytest.param("if the lamp breaks, what happens?", id="a condition"),
        pytest.param("dose per kg. sponsor?", id="a list"),
        pytest.param("The number of adults. The dose?", id="a list in sentences"),
        pytest.param("Nine slept better. Is that right?", id="a check of what is told"),
        pytest.param("The lamp was bright.", id="nothing asked"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_message_that_only_asks_or_only_tells_stays_whole(message: str) -> None:
    assert said_in(message) is None


@given(st.text(max_size=200))
def test_nothing_that_was_written_is_passed_over(message: str) -> None:
    said = said_in(message)

    if said is not None:
        kept = sorted(sign for sign in said.told + said.asked if sign.isalnum())
        assert kept == sorted(sign for sign in message if sign.isalnum())
