"""Follow-ups that ask for nothing new, and those that do."""

from __future__ import annotations

import pytest

from bot.understanding.echoes import Echo, echo_in


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("source?", "source"),
        ("and who says so", "source"),
        ("Where\N{RIGHT SINGLE QUOTATION MARK}s that from?", "source"),
        ("which paper was that in, please", "source"),
        ("can I quote that", "source"),
        ("95% CI?", "interval"),
        ("how wide is that", "interval"),
        ("the exact limits please", "interval"),
        ("picture?", "picture"),
        ("can you show me that as a chart", "picture"),
        ("the source of that figure", "source"),
        ("say that again", "again"),
        ("and the next one up?", "next"),
        ("what about the higher one", "next"),
        ("one above that?", "next"),
        ("the previous grade", "previous"),
        ("and one below?", "previous"),
    ],
)
def test_what_asks_for_nothing_new_is_heard(said: str, wanted: Echo) -> None:
    assert echo_in(said) == wanted


@pytest.mark.parametrize(
    "said",
    [
        "",
        "?",
        "and in adults?",
        "the source of the cells?",
        "interval between infusion and transplant?",
        "did they publish any intervals of their own",
        "which paper had the adults in it",
        "and then can you please give me all of that again as it was and also the link",
    ],
)
def test_what_says_something_of_its_own_is_no_echo(said: str) -> None:
    assert echo_in(said) is None
