"""Reads what a picture shows back from its shapes."""

from __future__ import annotations

from bot.figures.gallery import Gallery
from bot.figures.plate import Plate
from bot.figures.shapes import Disc, Dome, Words


def words_of(plate: Plate) -> list[str]:
    """Every line of text, in the order in which it was written."""
    return [s.text for s in plate.drawing().shapes if isinstance(s, Words)]


def looks_of(gallery: Gallery, name: str) -> list[list[str]]:
    """Each row of people from the left: filled, hollow or broken."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for shape in gallery.plate(name).drawing().shapes:
        if isinstance(shape, Dome):
            foot = round(shape.y + shape.height + _edge(shape))
            rows.setdefault(foot, []).append((shape.x, _look(shape)))
    return [[look for _, look in sorted(rows[foot])] for foot in sorted(rows)]


def dots_of(plate: Plate) -> list[float]:
    """How far along its axis each share lies, 0 to 100."""
    discs = [s for s in plate.drawing().shapes if isinstance(s, Disc)]
    return [round((s.x - 36) / 6.48, 1) for s in discs if s.radius == 11]


def _edge(shape: Dome) -> float:
    return 0.0 if shape.stroke is None else shape.stroke.width / 2


def _look(shape: Dome) -> str:
    if shape.fill is not None:
        return "filled"
    broken = shape.stroke is not None and shape.stroke.dash is not None
    return "broken" if broken else "hollow"
