from __future__ import annotations

from typing import get_args

import pytest

from bot.figures.shapes import Ink
from bot.figures.themes import THEMES, Theme, contrast


BOTH = pytest.mark.parametrize("theme", get_args(Theme))
TEXT = 4.5  # WCAG 2.2, 1.4.3
MARK = 3.0  # WCAG 2.2, 1.4.11


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#000000", 21.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#0072B2", "#FFFFFF", 5.19),
    ],
)
def test_contrast_is_as_wcag_gives_it(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@BOTH
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent"])
def test_every_word_can_be_read_on_every_ground(
    theme: Theme, ink: Ink, ground: Ink
) -> None:
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= TEXT


@BOTH
def test_words_upon_a_mark_can_be_read(theme: Theme) -> None:
    assert contrast(THEMES[theme]["on-mark"], THEMES[theme]["mark"]) >= TEXT


@BOTH
@pytest.mark.parametrize("ink", ["mark", "outline"])
def test_every_mark_stands_out_from_the_paper(theme: Theme, ink: Ink) -> None:
    assert contrast(THEMES[theme][ink], THEMES[theme]["paper"]) >= MARK


@BOTH
def test_every_ink_has_a_colour(theme: Theme) -> None:
    assert THEMES[theme].keys() == set(get_args(Ink))
