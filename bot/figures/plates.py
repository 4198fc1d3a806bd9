"""Makes the plate of every kind of picture that a pack declares."""

from __future__ import annotations

from typing import assert_never

from bot.figures import people
from bot.figures.plate import Content, Plate
from bot.knowledge.figures import Figure, People
from bot.knowledge.load import Knowledge


def plate_of(figure: Figure, knowledge: Knowledge) -> Plate:
    """The picture, its numbers read from the facts that it names."""
    return Plate.of(figure, figure.title, _content(figure, knowledge))


def _content(figure: Figure, knowledge: Knowledge) -> Content:
    shown = figure.shows
    match shown:
        case People():
            return people.content_of(shown, knowledge)
        case _:
            assert_never(shown)
