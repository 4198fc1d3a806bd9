"""Makes the plate of every kind of picture that a pack declares."""

from __future__ import annotations

from typing import assert_never

from bot.figures import (
    comparison,
    conflict,
    evidence,
    journey,
    ladder,
    people,
    points,
)
from bot.figures.plate import Content, Plate
from bot.knowledge.figures import (
    Disagreement,
    Evidence,
    Figure,
    Intervals,
    Journey,
    Ladder,
    People,
    Points,
)
from bot.knowledge.load import Knowledge


def plate_of(figure: Figure, knowledge: Knowledge) -> Plate:
    """The picture, its numbers read from the facts that it names."""
    return Plate.of(figure, figure.title, _content(figure, knowledge))


def _content(figure: Figure, knowledge: Knowledge) -> Content:
    shown = figure.shows
    match shown:
        case People() | Points() | Intervals():
            return _of_counts(shown, knowledge)
        case Journey() | Ladder():
            return _of_words(shown, knowledge)
        case Disagreement() | Evidence():
            return _of_entries(shown, knowledge)
        case _:
            assert_never(shown)


def _of_counts(shown: People | Points | Intervals, knowledge: Knowledge) -> Content:
    match shown:
        case People():
            return people.content_of(shown, knowledge)
        case Points():
            return points.content_of(shown, knowledge)
        case Intervals():
            return comparison.content_of(shown, knowledge)
        case _:
            assert_never(shown)


def _of_words(shown: Journey | Ladder, knowledge: Knowledge) -> Content:
    if isinstance(shown, Journey):
        return journey.content_of(shown, knowledge)
    return ladder.content_of(shown, knowledge)


def _of_entries(shown: Disagreement | Evidence, knowledge: Knowledge) -> Content:
    if isinstance(shown, Disagreement):
        return conflict.content_of(shown, knowledge)
    return evidence.content_of(shown, knowledge)
