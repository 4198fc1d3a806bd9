from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.margins import LOWEST, Margins, Roll, Unkeyed, highest
from tests.answering.keys import make_key


def margins_of(**tenths: int) -> Margins:
    """What a key says that likes each label so much; `outside` is no entry."""
    return Roll(make_key(tenths), tenths.keys() - {"outside"}).heard(())


def test_the_foremost_entries_come_best_first() -> None:
    margins = margins_of(a=1, b=3, outside=9, c=2)

    assert list(margins.foremost(2)) == ["b", "c"]


def test_of_equal_entries_the_first_on_the_card_comes_first() -> None:
    margins = margins_of(c=1, a=1, b=1)

    assert list(margins.foremost(2)) == ["c", "a"]


def test_what_is_no_entry_is_told_apart() -> None:
    margins = margins_of(a=1, outside=9)

    assert margins.others() == {"outside": 0.9}
    assert margins.of("outside", 1.0) == LOWEST


def test_an_entry_that_the_key_never_met_is_not_likely() -> None:
    margins = margins_of(a=-10, b=-9)

    assert margins.of("new", 1.0) == LOWEST
    assert [name for name in ("a", "b", "new") if margins.is_likely(name)] == ["b"]


def test_without_a_key_an_entry_is_as_good_as_what_it_covers() -> None:
    margins = Unkeyed()

    assert margins.of("a", 0.25) == -0.75
    assert margins.is_likely("a")
    assert not margins.others()


@given(st.lists(st.integers(-3, 3), max_size=30), st.integers(1, 12))
def test_the_highest_are_those_that_sorting_all_would_find(
    values: Sequence[int], most: int
) -> None:
    ranked = sorted(range(len(values)), key=lambda place: (-values[place], place))

    assert highest(np.array(values, dtype=np.float64), most) == ranked[:most]
