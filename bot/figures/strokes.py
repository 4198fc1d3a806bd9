"""Writes shapes as the operators of a PDF page (ISO 32000-1, sections 8.5 and 9.4)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import assert_never

from bot.figures.lettering import typeface
from bot.figures.shapes import Box, Disc, Dome, Ink, Line, Shape, Stroke, Words


_BEND = 4 / 3 * math.tan(math.pi / 8)  # a quarter circle as one cubic curve


def operators(shape: Shape, inks: Mapping[Ink, str]) -> str:
    """What a page does to draw one shape, y running downwards."""
    match shape:
        case Line():
            ends = f"{_numbers(*shape.start)} m {_numbers(*shape.end)} l"
            return f"q {_stroked(shape.stroke, inks)}1 J {ends} S Q"
        case Words():
            return _words(shape, inks)
        case Box() | Disc() | Dome():
            return _painted(shape, inks)
        case _:
            assert_never(shape)


def _painted(shape: Box | Disc | Dome, inks: Mapping[Ink, str]) -> str:
    filled = "" if shape.fill is None else f"{_colour(inks[shape.fill])} rg "
    edge = "" if shape.stroke is None else _stroked(shape.stroke, inks)
    paint = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
        (bool(filled), bool(edge)), "n"
    )
    return f"q {filled}{edge}{_outline(shape)} h {paint} Q"


def _outline(shape: Box | Disc | Dome) -> str:
    match shape:
        case Disc():
            left, top, size = (
                shape.x - shape.radius,
                shape.y - shape.radius,
                2 * shape.radius,
            )
            return _rounded((left, top, size, size), shape.radius, shape.radius)
        case Dome():
            place = (shape.x, shape.y, shape.width, shape.height)
            return _rounded(place, shape.width / 2, 0)
        case Box():
            place = (shape.x, shape.y, shape.width, shape.height)
            return _rounded(place, shape.radius, shape.radius)
        case _:
            assert_never(shape)


def _rounded(place: tuple[float, float, float, float], top: float, foot: float) -> str:
    """A rectangle from its left, its corners rounded above and below."""
    x, y, width, height = place
    right, bottom = x + width, y + height
    return " ".join(
        (
            f"{_numbers(x, y + top)} m",
            _corner((x, y + top), (x, y), (x + top, y)),
            f"{_numbers(right - top, y)} l",
            _corner((right - top, y), (right, y), (right, y + top)),
            f"{_numbers(right, bottom - foot)} l",
            _corner((right, bottom - foot), (right, bottom), (right - foot, bottom)),
            f"{_numbers(x + foot, bottom)} l",
            _corner((x + foot, bottom), (x, bottom), (x, bottom - foot)),
        )
    )


def _corner(
    start: tuple[float, float], turn: tuple[float, float], end: tuple[float, float]
) -> str:
    """A quarter circle from start to end, bent towards where straight lines would meet."""
    first = tuple(a + _BEND * (b - a) for a, b in zip(start, turn, strict=True))
    second = tuple(a + _BEND * (b - a) for a, b in zip(end, turn, strict=True))
    return f"{_numbers(*first, *second, *end)} c"


def _words(words: Words, inks: Mapping[Ink, str]) -> str:
    face = typeface(words.hand.weight)
    glyphs = "".join(f"{face.glyph(sign):04X}" for sign in words.text)
    place = _numbers(1, 0, 0, -1, words.left, words.y)  # letters stand upright again
    font = f"/F{words.hand.weight} {_numbers(words.hand.size)} Tf"
    return f"BT {_colour(inks[words.ink])} rg {font} {place} Tm <{glyphs}> Tj ET"


def _stroked(stroke: Stroke, inks: Mapping[Ink, str]) -> str:
    dash = "" if stroke.dash is None else f"[{_numbers(*stroke.dash)}] 0 d "
    return f"{_colour(inks[stroke.ink])} RG {_numbers(stroke.width)} w {dash}"


def _colour(ink: str) -> str:
    return _numbers(*(int(ink[i : i + 2], 16) / 255 for i in (1, 3, 5)))


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)
