from __future__ import annotations

import pytest

from bot.errors import TextOverflowError
from bot.figures.drawing import MARGIN, WIDTH, Layout, Note, drawn, drawn_on_a_page
from bot.figures.shapes import Block, Box, Line, Words


def layout(height: float = 100, notes: tuple[Note, ...] = ()) -> Layout:
    return Layout("Title", "Caption", "quiet", Block(height), notes, "alt")


def test_a_picture_is_as_high_as_its_parts() -> None:
    low, high = drawn(layout(100)), drawn(layout(300))

    assert high.height - low.height == 200
    assert low.width == WIDTH


def test_a_page_has_the_proportions_of_a4_and_its_width_in_print() -> None:
    page = drawn_on_a_page(layout())

    assert page.height / page.width == pytest.approx(297 / 210, abs=0.001)
    assert page.width * page.points == pytest.approx(595.28, abs=0.01)


def test_what_does_not_fit_on_the_page_is_an_error() -> None:
    with pytest.raises(TextOverflowError, match=r"'Title' is 1\d* wide"):
        drawn_on_a_page(layout(1000))


def test_without_notes_there_is_no_line() -> None:
    plain, noted = drawn(layout()), drawn(layout(notes=(Note("Said below."),)))

    assert not any(isinstance(shape, Line) for shape in plain.shapes)
    assert any(isinstance(shape, Line) for shape in noted.shapes)


def test_everything_lies_within_the_margin() -> None:
    picture = drawn(layout(notes=(Note("Said below. " * 30),)))
    words = [shape for shape in picture.shapes if isinstance(shape, Words)]

    assert isinstance(picture.shapes[0], Box)
    assert all(one.left >= MARGIN for one in words)
    assert all(one.left + one.hand.width(one.text) <= WIDTH - MARGIN for one in words)
    assert all(one.y < picture.height - MARGIN for one in words)
