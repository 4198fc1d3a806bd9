"""What is drawn, what is heard and what is said hold the same numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.figures.drawing import Drawing
from bot.figures.gallery import Gallery
from bot.figures.lettering import Hand
from bot.figures.lint import PICTURE_RULES, drawn_words
from bot.figures.shapes import Words
from bot.knowledge.rules import RULES
from bot.knowledge.values import numbers_in
from tests.spoiling import Copy


def test_the_pictures_of_the_tiny_pack_keep_every_rule(pack: Copy) -> None:
    assert pack.problems([*RULES, *PICTURE_RULES]) == []


@pytest.mark.parametrize(
    ("rule", "was", "becomes"),
    [
        pytest.param(
            "undrawable-figure",
            "title: Twelve or fourteen?",
            f"title: {'Twelveorfourteen' * 4}",
            id="a word without room",
        ),
        pytest.param(
            "undrawable-figure",
            "caption: Fictional, with no other arm.",
            "caption: Fictional \U0001f600",
            id="a sign without a letter",
        ),
        pytest.param(
            "undrawable-figure",
            "caption: Fictional, with no other arm.",
            f"caption: {'Fictional. ' * 190}",
            id="more than a page holds",
        ),
        pytest.param(
            "long-alternative",
            "caption: Spacing is schematic.",
            f"caption: {'Schematic. ' * 190}",
            id="an alternative text of more than two thousand characters",
        ),
        pytest.param(
            "unsaid-number",
            "caption: Spacing is schematic.",
            "caption: Schematic, in 77 steps.",
            id="a number that no fact of it says",
        ),
    ],
)
def test_a_picture_that_cannot_be_shown_is_named_with_its_line(
    pack: Copy, rule: str, was: str, becomes: str
) -> None:
    line = pack.change("figures.yaml", was, becomes)

    (problem,) = pack.problems(PICTURE_RULES)

    assert problem.rule == rule
    assert problem.path.name == "figures.yaml"
    assert line - 2 <= problem.line <= line


def test_a_picture_of_what_nobody_wrote_is_left_to_the_rule_of_names(
    pack: Copy,
) -> None:
    pack.change(
        "figures.yaml", "rows: [{fact: month-without", "rows: [{fact: year-without"
    )

    assert pack.problems(PICTURE_RULES) == []
    assert pack.broken() == {"dangling-name"}


@pytest.mark.parametrize("packed", ["gallery", "real_gallery"])
def test_every_number_drawn_is_heard(
    packed: str, request: pytest.FixtureRequest
) -> None:
    gallery: Gallery = request.getfixturevalue(packed)
    drawings = {name: gallery.plate(name).drawing() for name in gallery.names}

    assert {name: unheard(one) for name, one in drawings.items() if unheard(one)} == {}


def test_a_number_that_is_only_drawn_would_be_found(gallery: Gallery) -> None:
    drawing = gallery.plate("clear-month").drawing()
    more = Words(0, 0, "77 of 99", Hand(400, 18, 25))

    silent = replace(drawing, shapes=(*drawing.shapes, more))

    assert unheard(silent) == {"77", "99"}


def unheard(drawing: Drawing) -> frozenset[str]:
    """The numbers that are drawn and not in the alternative text."""
    return numbers_in(drawn_words(drawing)) - numbers_in(drawing.alt)
