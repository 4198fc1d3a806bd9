"""Writes a drawing as SVG: the same shapes give the same bytes, everywhere."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr  # parses nothing  # nosec B406

from bot.figures.drawing import Drawing
from bot.figures.lettering import FAMILY, Weight, typeface
from bot.figures.shapes import Box, Disc, Dome, Ink, Line, Shape, Stroke, Words
from bot.figures.themes import THEMES, Theme


_FALLBACK = f"{FAMILY}, system-ui, sans-serif"  # where the font is not embedded
_WEIGHTS: tuple[Weight, ...] = (400, 600)


def svg(drawing: Drawing, theme: Theme, style: str = "") -> str:
    """The drawing as one SVG element; a style sheet goes first where one is given.

    Each text says how long it is, so that another font cannot push it over an edge.
    """
    inks = THEMES[theme]
    size = f"{_number(drawing.width)} {_number(drawing.height)}"
    width, height = size.split()
    marks = "\n".join(_element(shape, inks) for shape in drawing.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"'
        f' width="{width}" height="{height}" role="img"'
        f" font-family={quoteattr(_FALLBACK)}>\n"
        f"<title>{escape(drawing.title)}</title>\n<desc>{escape(drawing.alt)}</desc>\n"
        + (f"<style>{style}</style>\n" if style else "")
        + f"{marks}\n</svg>\n"
    )


def font_faces() -> str:
    """A style sheet that brings our letters along, for whoever shows an SVG."""
    return "".join(_font_face(weight) for weight in _WEIGHTS)


def _font_face(weight: Weight) -> str:
    letters = base64.b64encode(typeface(weight).data).decode("ascii")
    return (
        f"@font-face{{font-family:{FAMILY};font-weight:{weight};"
        f"src:url(data:font/ttf;base64,{letters})}}"
    )


def _element(shape: Shape, inks: Mapping[Ink, str]) -> str:
    match shape:
        case Line():
            return _line(shape, inks)
        case Words():
            return _words(shape, inks)
        case Box() | Disc() | Dome():
            return f"<{_outline(shape)}{_paint(shape, inks)}/>"
        case _:
            assert_never(shape)


def _outline(shape: Box | Disc | Dome) -> str:
    match shape:
        case Box():
            return _box(shape)
        case Disc():
            return f"circle{_attributes(cx=shape.x, cy=shape.y, r=shape.radius)}"
        case Dome():
            return f'path d="{_dome(shape)}"'
        case _:
            assert_never(shape)


def _line(line: Line, inks: Mapping[Ink, str]) -> str:
    (x1, y1), (x2, y2) = line.start, line.end
    place = _attributes(x1=x1, y1=y1, x2=x2, y2=y2)
    return f'<line{place}{_stroke(line.stroke, inks)} stroke-linecap="round"/>'


def _box(box: Box) -> str:
    place = _attributes(x=box.x, y=box.y, width=box.width, height=box.height)
    return f"rect{place}{_attributes(rx=box.radius) if box.radius else ''}"


def _dome(dome: Dome) -> str:
    half = dome.width / 2
    left, right = _number(dome.x), _number(dome.x + dome.width)
    shoulder, foot = _number(dome.y + half), _number(dome.y + dome.height)
    arc = f"A{_number(half)} {_number(half)} 0 0 1 {right} {shoulder}"
    return f"M{left} {foot}V{shoulder}{arc}V{foot}Z"


def _words(words: Words, inks: Mapping[Ink, str]) -> str:
    place = _attributes(x=words.left, y=words.y)
    bold = (
        ""
        if words.hand.weight == _WEIGHTS[0]
        else f' font-weight="{words.hand.weight}"'
    )
    look = f'{_attributes(font_size=words.hand.size)}{bold} fill="{inks[words.ink]}"'
    long = _attributes(textLength=words.hand.width(words.text))
    return f"<text{place}{look}{long}>{escape(words.text)}</text>"


def _paint(shape: Box | Disc | Dome, inks: Mapping[Ink, str]) -> str:
    fill = "none" if shape.fill is None else inks[shape.fill]
    edge = "" if shape.stroke is None else _stroke(shape.stroke, inks)
    return f' fill="{fill}"{edge}'


def _stroke(stroke: Stroke, inks: Mapping[Ink, str]) -> str:
    dash = ""
    if stroke.dash is not None:
        drawn, left_out = map(_number, stroke.dash)
        dash = f' stroke-dasharray="{drawn} {left_out}"'
    return f' stroke="{inks[stroke.ink]}"{_attributes(stroke_width=stroke.width)}{dash}'


def _attributes(**values: float) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{_number(value)}"'
        for name, value in values.items()
    )


def _number(value: float) -> str:
    """A length with two decimals at most: a hundredth of a pixel is seen by nobody."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
