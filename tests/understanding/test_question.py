from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.question import LONGEST, Question, cleaned


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("<@U012AB> how many?", "how many?", id="mention"),
        pytest.param("see <#C01|general> now", "see   now", id="channel"),
        pytest.param("<!here> how many?", "how many?", id="broadcast"),
        pytest.param(
            "the <https://a.example/x|report> says", "the report says", id="named link"
        ),
        pytest.param("why <https://a.example/x>", "why", id="Slack link"),
        pytest.param("why https://a.example/x?y=1", "why", id="bare link"),
        pytest.param("<mailto:a@b.example|a person>", "a person", id="address"),
        pytest.param("*how* _many_ ~were~", "how   many   were", id="emphasis"),
        pytest.param("&gt; quoted\nasked", "quoted\nasked", id="quotation"),
        pytest.param("n &lt; 3 &amp; k &gt; 1", "n < 3 & k > 1", id="entities"),
        pytest.param("hi :wave: there", "hi   there", id="emoji code"),
        pytest.param("how many 👋", "how many", id="emoji"),
        pytest.param(
            "\u201chow\u201d \u2018many\u2019 \u2013 3",
            "\"how\" 'many' - 3",
            id="typographer's signs",
        ),
        pytest.param(
            "\uff48\uff4f\uff57 \ufb01ne", "how fine", id="wide letters and ligatures"
        ),
        pytest.param("how\u200bmany\x00\x1b[2J", "howmany  [2J", id="unseen signs"),
        pytest.param("one\ntwo", "one\ntwo", id="lines stay lines"),
    ],
)
def test_markup_is_taken_out_and_words_stay(typed: str, read: str) -> None:
    assert cleaned(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "  \n", "👋🏽 🎉", "?!…", ":wave:", "<@U012AB>", "***"]
)
def test_what_has_no_letter_and_no_figure_is_empty(typed: str) -> None:
    assert Question.of(typed).empty


@pytest.mark.parametrize("typed", ["?7", "é", "為什麼"])
def test_a_letter_or_a_figure_of_any_script_is_a_question(typed: str) -> None:
    assert not Question.of(typed).empty


def test_what_is_too_long_is_cut_and_says_so() -> None:
    assert Question.of("a" * LONGEST) == Question("a" * LONGEST)
    assert Question.of("a" * 40_000) == Question("a" * LONGEST, shortened=True)


def test_what_was_said_before_is_cleaned_and_cut_likewise() -> None:
    question = Question.of("and then?", ("<@U1> *how* many?", "b" * 40_000))

    assert question.thread == ("how  many?", "b" * LONGEST)
    assert not question.shortened


@given(st.text(st.characters(exclude_categories=())))
def test_cleaning_leaves_only_what_can_be_written_and_steers_nothing(
    typed: str,
) -> None:
    left = cleaned(typed)

    assert left.encode("utf-8")[:0] == b""
    assert "\x1b" not in left
    assert not set(left) & {"\x00", "\r", "\u202e", "\u200b"}
