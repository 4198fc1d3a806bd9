from __future__ import annotations

import pytest

from bot.figures.lettering import Hand
from bot.figures.shapes import (
    Anchor,
    Block,
    Box,
    Disc,
    Dome,
    Line,
    Shape,
    Stroke,
    Words,
    beside,
    paragraph,
    stacked,
)


BODY = Hand(400, 18, 25)
EDGE = Stroke("outline", 1)


@pytest.mark.parametrize(
    ("shape", "elsewhere"),
    [
        (Line((0, 1), (2, 3), EDGE), Line((10, 21), (12, 23), EDGE)),
        (Box(1, 2, 3, 4), Box(11, 22, 3, 4)),
        (Disc(1, 2, 3), Disc(11, 22, 3)),
        (Dome(1, 2, 3, 4), Dome(11, 22, 3, 4)),
        (Words(1, 2, "said", BODY), Words(11, 22, "said", BODY)),
    ],
)
def test_a_shape_moves_without_changing(shape: Shape, elsewhere: Shape) -> None:
    assert shape.moved(10, 20) == elsewhere


@pytest.mark.parametrize(
    ("anchor", "part"), [("start", 0), ("middle", 0.5), ("end", 1)]
)
def test_words_begin_where_their_anchor_says(anchor: Anchor, part: float) -> None:
    words = Words(100, 0, "said", BODY, anchor=anchor)

    assert words.left == pytest.approx(100 - part * BODY.width("said"))


def test_blocks_are_stacked_without_overlapping() -> None:
    one = Block(10, (Disc(0, 0, 1),))

    column = stacked([one, one.padded(above=5, below=2), one])

    assert column.height == 10 + 17 + 10
    assert [disc.y for disc in column.shapes if isinstance(disc, Disc)] == [0, 15, 27]


def test_blocks_beside_each_other_are_as_high_as_the_highest() -> None:
    row = beside([(0, Block(10, (Disc(0, 0, 1),))), (30, Block(4, (Disc(0, 0, 1),)))])

    assert row.height == 10
    assert [disc.x for disc in row.shapes if isinstance(disc, Disc)] == [0, 30]


def test_a_paragraph_is_as_high_as_its_lines() -> None:
    block = paragraph("one two three four five", 60, BODY)

    assert block.height == len(block.shapes) * BODY.leading
    assert len(block.shapes) > 1
