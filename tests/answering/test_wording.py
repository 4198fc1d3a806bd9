from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.answering.wording import brief_of, day, method_lines, value_in_words
from bot.knowledge.values import Count
from tests.make import make_fact


def make_count(k: int, n: int) -> Count:
    return Count(kind="count", k=k, n=n, of="people")


def test_a_count_comes_first_with_its_share_and_interval() -> None:
    assert value_in_words(make_count(7, 11)) == "7 of 11 people (64%; 95% CI 31 to 89%)"


def test_exact_limits_have_one_decimal_and_say_that_they_are_exact() -> None:
    assert (
        value_in_words(make_count(7, 11), exact=True)
        == "7 of 11 people (63.6%; exact 95% CI 30.8 to 89.1%)"
    )


@pytest.mark.parametrize("n", [1, 2])
def test_a_subset_of_one_or_two_has_neither_share_nor_interval(n: int) -> None:
    assert value_in_words(make_count(1, n)) == f"1 of {n} people"


def test_a_subset_of_three_has_an_interval() -> None:
    assert "95% CI" in value_in_words(make_count(1, 3))


def test_another_value_is_said_as_it_is() -> None:
    fact = make_fact(value={"kind": "quantity", "number": 5, "unit": "lux"})

    assert value_in_words(fact.value, exact=True) == "5 lux"


def test_the_value_stands_where_the_brief_has_a_place_for_it() -> None:
    assert (
        brief_of(make_fact())
        == "7 of 11 people (64%; 95% CI 31 to 89%) went for walks."
    )
    assert "exact 95% CI 30.8" in brief_of(make_fact(), exact=True)


@pytest.mark.parametrize(
    ("changes", "exact", "said"),
    [
        pytest.param({}, False, "Most went.", id="as it is written"),
        pytest.param(
            {},
            True,
            "Most went. 7 of 11 people (63.6%; exact 95% CI 30.8 to 89.1%).",
            id="with the limits that were asked for",
        ),
        pytest.param(
            {"value": {"kind": "text", "text": "most"}},
            True,
            "Most went.",
            id="where there is nothing to count",
        ),
    ],
)
def test_a_brief_without_a_place_for_the_value(
    changes: dict[str, Any], *, exact: bool, said: str
) -> None:
    fact = make_fact(brief="Most went.", **changes)

    assert brief_of(fact, exact=exact) == said


COMPUTED = "computed by the bot from the count, not in the source."
LIST = {
    "kind": "list",
    "items": [
        {"name": "early", "value": {"kind": "count", "k": 1, "n": 2, "of": "people"}},
        {"name": "late", "value": {"kind": "count", "k": 7, "n": 11, "of": "people"}},
        {"name": "last", "value": {"kind": "count", "k": 1, "n": 3, "of": "people"}},
        {"name": "never"},
    ],
}


def test_an_interval_says_that_the_bot_computed_it() -> None:
    lines = method_lines(make_fact())

    assert lines[0] == "Walks: 7 of 11 people (63.6%; exact 95% CI 30.8 to 89.1%)."
    assert any(line.endswith(COMPUTED) for line in lines)


def test_where_nothing_is_counted_nothing_is_computed() -> None:
    lines = method_lines(make_fact(value={"kind": "text", "text": "most"}))

    assert lines == (
        "Walks: most.",
        "Quoted from the source; read at the level of: paper.",
    )


def test_wilson_s_limits_are_given_when_they_are_wanted() -> None:
    wanted = "Wilson 95% CI for 7 of 11 people: 35.4 to 84.8%."

    assert wanted in method_lines(make_fact(), with_wilson=True)
    assert wanted not in method_lines(make_fact())


def test_the_counts_of_a_list_are_counted_one_by_one_except_the_smallest() -> None:
    lines = method_lines(make_fact(value=LIST), with_wilson=True)

    assert [line for line in lines if line.startswith("Wilson")] == [
        "Wilson 95% CI for 7 of 11 people: 35.4 to 84.8%.",
        "Wilson 95% CI for 1 of 3 people: 6.1 to 79.2%.",
    ]


def test_a_numbered_place_takes_the_count_of_that_item() -> None:
    fact = make_fact(brief="First {1}, then {2}, at last {3}.", value=LIST)

    assert brief_of(fact) == (
        "First 1 of 2, then 7 of 11 (64%; 95% CI 31 to 89%),"
        " at last 1 of 3 (33%; 95% CI 1 to 91%)."
    )
    assert "7 of 11 (63.6%; exact 95% CI 30.8 to 89.1%)" in brief_of(fact, exact=True)


@pytest.mark.parametrize(
    ("got", "said"),
    [
        ("quoted", "Quoted from the source"),
        ("derived", "Derived from the sources by a curator"),
        ("computed", "Computed from published counts, not in the source"),
    ],
)
def test_every_number_says_how_it_was_got_and_how_closely_it_was_read(
    got: str, said: str
) -> None:
    lines = method_lines(make_fact(got=got, certainty="abstract"))

    assert f"{said}; read at the level of: abstract." in lines


@pytest.mark.parametrize(
    ("grading", "said"),
    [
        ({"scale": "Tide scale", "version": "2019"}, "Grades by Tide scale 2019."),
        ("not-stated", "The source names no grading scale."),
    ],
)
def test_a_grade_names_its_scale_or_says_that_there_is_none(
    grading: object, said: str
) -> None:
    assert method_lines(make_fact(grading=grading))[-1] == said


def test_a_day_is_written_out() -> None:
    assert day(date(2026, 11, 2)) == "2 November 2026"
