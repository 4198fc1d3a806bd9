from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handover.parts import COMPUTED, PUBLISHED
from bot.handover.table import COLUMNS, facts_as_csv, guarded
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from tests.make import make_conflict, make_fact, with_entries


FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001  the wide ones are the point


def rows_of(knowledge: Knowledge, fact: Fact | None = None) -> list[dict[str, str]]:
    entries: Sequence[Fact] = () if fact is None else (fact,)
    said = facts_as_csv(with_entries(knowledge, *entries))
    rows = list(csv.DictReader(io.StringIO(said, newline="")))
    return [row for row in rows if fact is None or row["fact"] == fact.id]


def row_of(knowledge: Knowledge, **changes: Any) -> dict[str, str]:
    (row,) = rows_of(knowledge, make_fact(**changes))
    return row


def test_every_fact_has_a_row_with_every_column(tiny: Knowledge) -> None:
    rows = rows_of(tiny)

    assert [row["fact"] for row in rows] == [
        *("month-without-migraine", "eye-strain"),
        *("lamp-brightness", "recruitment-dates"),
    ]
    assert all(list(row) == list(COLUMNS) for row in rows)
    assert {row["pack_version"] for row in rows} == {tiny.version}


def test_a_count_comes_with_both_numbers_share_and_exact_interval(
    tiny: Knowledge,
) -> None:
    row = rows_of(tiny)[0]

    assert (row["k"], row["n"], row["of"]) == ("12", "20", "people")
    assert (row["percent_printed"], row["percent_computed"]) == ("60", "60")
    assert (row["ci95_low"], row["ci95_high"]) == ("36.05", "80.88")
    assert row["ci95_origin"] == COMPUTED
    assert row["value"] == "12 of 20 people (60%; 95% CI 36 to 81%)"


def test_a_benefit_carries_its_harms_and_its_conflicts(tiny: Knowledge) -> None:
    row = rows_of(tiny)[0]

    assert row["harms_to_tell_with_it"] == tiny.facts["eye-strain"].statement
    assert row["conflicts"] == "twelve-or-fourteen"


def test_a_row_says_where_it_was_read_and_when_it_was_checked(tiny: Knowledge) -> None:
    row = rows_of(tiny)[0]

    assert row["sources"] == "nowhere-report-2020: table 2, row 1 (read as: full text)"
    assert row["links"] == "https://journal.invalid/lantern"
    assert (row["verified_on"], row["verified_by"]) == ("2026-11-22", "test curator")
    assert row["review_by"] == "2027-11-22"
    assert (row["how_got"], row["certainty"]) == ("quoted", "paper")


def test_a_locator_s_own_reading_goes_before_the_work_s(tiny: Knowledge) -> None:
    citation = {"source": "nowhere-report-2020", "locator": "p. 1", "read_as": "photo"}
    row = row_of(tiny, sources=[citation, citation])

    assert row["sources"].count("nowhere-report-2020: p. 1 (read as: photo)") == 2
    assert row["links"] == "https://journal.invalid/lantern"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (
            {"kind": "range", "low": 0.2, "high": 2.0, "unit": "million"},
            {"range_low": "0.2", "range_high": "2", "unit": "million"},
        ),
        (
            {"kind": "quantity", "number": 30, "unit": "mg", "bound": "up-to"},
            {"quantity": "30", "unit": "mg", "bound": "up-to", "value": "up to 30 mg"},
        ),
        (
            {"kind": "date", "date": "2020-01", "until": "2020-03-04"},
            {"date": "2020-01", "date_until": "2020-03-04"},
        ),
        (
            {"kind": "percentage", "percent": 42, "n": 20, "interval": [18.8, 65.8]},
            {
                "percent_printed": "42",
                "n": "20",
                "ci95_low": "18.8",
                "ci95_origin": PUBLISHED,
                "percent_computed": "",
            },
        ),
        ({"kind": "text", "text": "long"}, {"value": "long", "ci95_low": ""}),
    ],
)
def test_each_kind_of_value_fills_its_own_columns(
    tiny: Knowledge, value: dict[str, Any], told: dict[str, str]
) -> None:
    row = row_of(tiny, value=value)

    assert row["value_kind"] == value["kind"]
    assert told.items() <= row.items()


def test_a_list_has_a_row_for_each_line(tiny: Knowledge) -> None:
    items = [
        {"name": "by day", "value": {"kind": "count", "k": 7, "n": 11, "of": "people"}},
        {"name": "by night"},
    ]
    day, night = rows_of(tiny, make_fact(value={"kind": "list", "items": items}))

    assert (day["id"], day["item"], day["item_label"]) == ("walks.1", "1", "by day")
    assert (day["k"], day["n"]) == ("7", "11")
    assert (night["id"], night["value_kind"], night["value"]) == ("walks.2", "", "")


@pytest.mark.parametrize(
    ("grading", "told"),
    [
        ({"scale": "WALK", "version": "2"}, ("WALK", "2")),
        ("not-stated", ("not-stated", "")),
        (None, ("", "")),
    ],
)
def test_a_grade_carries_its_scale_and_version(
    tiny: Knowledge, grading: object, told: tuple[str, str]
) -> None:
    row = row_of(tiny, grading=grading)

    assert (row["scale"], row["scale_version"]) == told


@given(sign=st.sampled_from(FORMULA_SIGNS), rest=st.text())
def test_no_text_is_taken_for_a_formula(sign: str, rest: str) -> None:
    assert guarded(sign + rest) == f"'{sign}{rest}"
    assert guarded(f"  {sign}{rest}").startswith("'")


def test_formulas_of_a_pack_are_guarded_and_figures_stay_figures(
    tiny: Knowledge,
) -> None:
    cold = {"kind": "quantity", "number": -5, "unit": "=HYPERLINK(1)"}
    row = row_of(tiny, value=cold, population="@all", caveats=["+1", "x"])

    assert row["quantity"] == "-5"
    assert row["unit"] == "'=HYPERLINK(1)"
    assert row["population"] == "'@all"
    assert row["caveats"] == "'+1 | x"


def test_what_is_between_quotation_marks_and_lines_comes_back(tiny: Knowledge) -> None:
    said = 'He said "far",\nand went; ≥ 3 µg\N{GREEK SMALL LETTER ALPHA}'
    row = row_of(tiny, caveats=[said])

    assert row["caveats"] == said


def test_lines_end_as_the_standard_of_csv_has_it(tiny: Knowledge) -> None:
    said = facts_as_csv(tiny)

    assert said.count("\r\n") == said.count("\n") == len(tiny.facts) + 1


def test_every_conflict_of_a_fact_is_named(tiny: Knowledge) -> None:
    fact = make_fact()
    both = with_entries(tiny, fact, make_conflict("a"), make_conflict("b"))
    rows = csv.DictReader(io.StringIO(facts_as_csv(both), newline=""))

    assert [r["conflicts"] for r in rows if r["id"] == "walks"] == ["a | b"]


def test_the_real_pack_has_a_row_for_each_of_its_values(real: Knowledge) -> None:
    rows = rows_of(real)

    assert {row["fact"] for row in rows} == real.facts.keys()
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row["sources"] and row["population"] for row in rows)
