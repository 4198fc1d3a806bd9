from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.above import MOST_WORDS, fitting, shown
from bot.answering.composition import Point


def words(count: int, **changes: Any) -> Point:
    return Point(decision="answered", headline=" ".join(["w"] * count), **changes)


def test_a_numbered_point_shows_its_number() -> None:
    assert shown(words(1, lines=("b",))) == "w\nb"
    assert shown(words(1, number=2)) == "2. w"


def test_what_fits_stays_as_it_is() -> None:
    points = (words(MOST_WORDS - 1, lines=("one",)),)

    assert fitting(points) == points


def test_the_last_lines_of_the_longest_point_go_first() -> None:
    long = " ".join(["l"] * 50)
    points = (words(20, lines=("a", "b", long)), words(20, lines=(long,)))

    first, second = fitting(points)

    assert first.lines == ("a", "b")
    assert second.lines == (long,)


def test_headlines_are_never_dropped() -> None:
    points = (words(MOST_WORDS, lines=("a",)), words(2, lines=("b",)))

    kept = fitting(points)

    assert [point.headline for point in kept] == [point.headline for point in points]
    assert [point.lines for point in kept] == [(), ()]


@given(
    st.lists(
        st.tuples(st.integers(1, 29), st.lists(st.integers(1, 60), max_size=4)),
        min_size=1,
        max_size=4,
    )
)
def test_points_whose_headlines_fit_stay_within_the_fold(
    sizes: list[tuple[int, list[int]]],
) -> None:
    points = [
        words(size, lines=tuple(" ".join(["l"] * line) for line in lines))
        for size, lines in sizes
    ]

    kept = fitting(points)

    assert sum(len(shown(point).split()) for point in kept) <= MOST_WORDS
    assert [point.headline for point in kept] == [point.headline for point in points]
