"""Builds a font in which every sign is the same box: enough to print and read back."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from bot.handover.sheet.paper import Letters


SIGNS = frozenset({*range(0x20, 0x180), *range(0x370, 0x400), *range(0x2010, 0x2270)})
NAME = {"familyName": "Boxes", "styleName": "Regular"}


@lru_cache
def boxes(without: str = "") -> Letters:
    """The letters, but for those left out."""
    font = _font(SIGNS - {*map(ord, without)})
    return Letters(font, font)


def _font(signs: frozenset[int]) -> bytes:
    glyphs = [".notdef", *(f"u{sign:04X}" for sign in sorted(signs))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({sign: f"u{sign:04X}" for sign in sorted(signs)})
    builder.setupGlyf(dict.fromkeys(glyphs, _box()))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (550, 50)))
    builder.setupHorizontalHeader(ascent=900, descent=-250)
    builder.setupNameTable(NAME)
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-250, sCapHeight=700)
    builder.setupPost()
    written = BytesIO()
    builder.save(written)
    return written.getvalue()


def _box() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, 700), (500, 700), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
