from __future__ import annotations

import pytest

from bot.handover.parts import (
    COMPUTED,
    PUBLISHED,
    Interval,
    chapters,
    exported,
    interval_of,
    parts_of,
    proportions_in,
    share_of,
)
from bot.knowledge.load import Knowledge
from bot.knowledge.values import Count, Percentage, Text
from tests.make import make_fact


LIST = {
    "kind": "list",
    "items": [
        {"name": "by day", "value": {"kind": "count", "k": 7, "n": 11, "of": "people"}},
        {"name": "by night"},
        {"name": "ever", "value": {"kind": "percentage", "percent": 20, "n": 5}},
    ],
}


def test_a_single_value_is_one_part_under_the_fact_s_own_name() -> None:
    (part,) = parts_of(make_fact("walks"))

    assert (part.id, part.label, part.number) == ("walks", "Walks", None)


def test_a_list_has_a_part_for_each_line_in_its_order() -> None:
    parts = parts_of(make_fact("walks", value=LIST))

    assert [part.id for part in parts] == ["walks.1", "walks.2", "walks.3"]
    assert [part.label for part in parts] == [
        "Walks: by day",
        "Walks: by night",
        "Walks: ever",
    ]


def test_proportions_are_counts_and_percentages_and_nothing_else() -> None:
    named = [part.name for part, _ in proportions_in(make_fact(value=LIST))]
    text = make_fact(value={"kind": "text", "text": "long walks"})

    assert named == ["by day", "ever"]
    assert list(proportions_in(text)) == []


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(7, 11, 30.79, 89.07), (9, 11, 48.22, 97.72), (11, 11, 71.51, 100)],
)
def test_the_interval_of_a_count_is_exact_and_says_who_computed_it(
    k: int, n: int, low: float, high: float
) -> None:
    interval = interval_of(Count(kind="count", k=k, n=n, of="people"))

    assert interval is not None
    assert (exported(interval.low), exported(interval.high)) == (low, high)
    assert interval.origin == COMPUTED


def test_a_published_interval_is_passed_on_as_published() -> None:
    share = Percentage(kind="percentage", percent=42, n=20, interval=(18.8, 65.8))

    assert interval_of(share) == Interval(18.8, 65.8, PUBLISHED)


@pytest.mark.parametrize(
    "value",
    [
        Count(kind="count", k=1, n=2, of="people"),
        Percentage(kind="percentage", percent=42, n="not-stated"),
        Text.model_validate({"kind": "text", "text": "long"}),
        None,
    ],
)
def test_nothing_else_has_an_interval(value: Count | Percentage | Text | None) -> None:
    assert interval_of(value) is None


def test_a_share_is_computed_from_the_count() -> None:
    assert share_of(Count(kind="count", k=7, n=11, of="people")) == pytest.approx(
        63.6364, abs=1e-4
    )


def test_chapters_stand_in_the_order_of_the_model(tiny: Knowledge) -> None:
    by_topic = chapters(tiny)

    assert list(by_topic) == ["efficacy", "safety", "design"]
    assert sum(map(len, by_topic.values())) == len(tiny.facts)
