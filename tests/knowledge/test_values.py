from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.knowledge.values import Count, Day, Value, in_words, numbers_in, plain


VALUE: TypeAdapter[Value] = TypeAdapter(Value)
DAY: TypeAdapter[str] = TypeAdapter(Day)


@pytest.mark.parametrize(
    ("written", "text", "numbers"),
    [
        pytest.param(
            {"kind": "count", "k": 7, "n": 11, "of": "people"},
            "7 of 11 people",
            {"7", "11", "64"},
            id="count",
        ),
        pytest.param(
            {"kind": "count", "k": 7, "n": 11, "of": "people", "percent": 63.6},
            "7 of 11 people",
            {"7", "11", "64", "63.6"},
            id="count with the percentage that the source prints",
        ),
        pytest.param(
            {"kind": "percentage", "percent": 12.5, "n": 40},
            "12.5% (n = 40)",
            {"12.5", "40"},
            id="percentage",
        ),
        pytest.param(
            {
                "kind": "percentage",
                "percent": 80,
                "n": "not-stated",
                "bound": "about",
                "interval": [71.0, 88.5],
            },
            "about 80% (95% CI 71 to 88.5%, as published; n not stated)",
            {"80", "71", "88.5"},
            id="percentage as published",
        ),
        pytest.param(
            {"kind": "range", "low": 1, "high": 4, "unit": "weeks after day 28"},
            "1 to 4 weeks after day 28",
            {"1", "4", "28"},
            id="range",
        ),
        pytest.param(
            {
                "kind": "quantity",
                "number": 0.5,
                "unit": "mg per 10 kg",
                "bound": "up-to",
            },
            "up to 0.5 mg per 10 kg",
            {"0.5", "10"},
            id="quantity",
        ),
        pytest.param(
            {"kind": "date", "date": "2026-01-09"},
            "9 January 2026",
            {"2026", "1", "9"},
            id="day",
        ),
        pytest.param(
            {"kind": "date", "date": "2025-12", "until": 2026},
            "December 2025 to 2026",
            {"2025", "12", "2026"},
            id="span",
        ),
        pytest.param(
            {"kind": "text", "text": "every 2,500 steps"},
            "every 2,500 steps",
            {"2500"},
            id="text",
        ),
        pytest.param(
            {"kind": "identifier", "ids": {"Register": "R-12", "Journal": "J34"}},
            "Register R-12, Journal J34",
            {"12", "34"},
            id="identifier",
        ),
        pytest.param(
            {
                "kind": "list",
                "items": [
                    {
                        "name": "week 1",
                        "value": {"kind": "quantity", "number": 5, "unit": "lux"},
                    },
                    {"name": "later"},
                ],
            },
            "week 1 5 lux; later",
            {"1", "5"},
            id="list",
        ),
    ],
)
def test_a_value_has_words_and_knows_its_numbers(
    written: dict[str, Any], text: str, numbers: set[str]
) -> None:
    value = VALUE.validate_python(written)

    assert value.text() == text
    assert value.numbers() == numbers


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param(
            {"kind": "count", "k": 12, "n": 11, "of": "people"},
            "12 of 11 is more than all",
            id="more than all",
        ),
        pytest.param(
            {"kind": "range", "low": 4, "high": 1, "unit": "weeks"},
            "4 to 1 runs backwards",
            id="backwards",
        ),
        pytest.param(
            {"kind": "count", "k": 0, "n": 0, "of": "people"},
            "greater than or equal to 1",
            id="of nobody",
        ),
        pytest.param(
            {"kind": "count", "k": 7, "of": "people"},
            "Field required",
            id="no denominator",
        ),
        pytest.param(
            {"kind": "percentage", "percent": 64},
            "Field required",
            id="share of nothing",
        ),
        pytest.param(
            {"kind": "percentage", "percent": 101, "n": 3},
            "less than",
            id="over a hundred",
        ),
        pytest.param({"kind": "guess"}, "expected tags", id="unknown kind"),
        pytest.param({"kind": "text", "text": "  "}, "at least 1", id="no words"),
        pytest.param({"kind": "text", "text": "a", "n": 1}, "Extra", id="unknown key"),
        pytest.param({"kind": "date", "date": "yesterday"}, "match", id="no day"),
    ],
)
def test_an_impossible_value_is_refused(written: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        VALUE.validate_python(written)


@pytest.mark.parametrize("written", ["2026", "2026-01", "2026-01-09"])
def test_a_day_keeps_the_precision_it_was_written_with(written: str) -> None:
    assert DAY.validate_python(written) == written


@pytest.mark.parametrize("written", [None, 1.5, "26-01-09", "9 January"])
def test_what_is_no_day_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(written)


@pytest.mark.parametrize(
    ("read", "meant"), [(2026, "2026"), (dt.date(2026, 1, 9), "2026-01-09")]
)
def test_a_day_may_be_written_without_quotation_marks(read: object, meant: str) -> None:
    assert DAY.validate_python(read) == meant


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2026", "2026"),
        ("2026-12", "December 2026"),
        ("2026-02-01", "1 February 2026"),
    ],
)
def test_a_date_is_written_out(date: str, words: str) -> None:
    assert in_words(date) == words


def test_figures_are_found_however_they_are_written() -> None:
    assert numbers_in("1,234 of 2.0 and 3.50, 4") == {"1234", "2", "3.5", "4"}


@given(st.integers(0, 10**9))
def test_a_whole_number_is_written_as_it_is(number: int) -> None:
    assert plain(number) == str(number)
    assert numbers_in(f"{number:,} people") == {str(number)}


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_count_holds_every_number_that_its_words_hold(count: tuple[int, int]) -> None:
    k, n = count

    value = Count(kind="count", k=k, n=n, of="people")

    assert numbers_in(value.text()) <= value.numbers()


def test_who_is_not_counted_has_a_number_only_where_a_source_relates_them() -> None:
    value = Count(kind="count", k=3, n=11, of="people")

    assert "8" not in value.numbers()
    assert "8" in value.model_copy(update={"rest": "no walks"}).numbers()
