"""Measures text in the letters that the pictures ship with, and breaks it into lines.

A pure reader of the few TrueType tables that a width needs: `head`, `hhea`, `hmtx` and
`cmap` of format 4 (OpenType 1.9).  The subset has no kerning, so the width of a text is
the sum of its advances, in every renderer.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias

from bot.errors import MissingLetterError, TextOverflowError


Weight: TypeAlias = Literal[400, 600]

FAMILY = "Inter"
_BREAK = re.compile(r"(?<![\d%]) ")  # a number stays with what it counts: 8 December
_CAPITALS = 0.727  # their height to the size; the font's OS/2 table
_TOLERANCE = 0.01  # units: sums of advances in floating point


@dataclass(frozen=True)
class Typeface:
    """The letters of one weight: their glyphs and how wide each is."""

    data: bytes  # the TrueType file
    units: int  # per em
    glyphs: Mapping[int, int]  # code point: glyph
    advances: tuple[int, ...]  # of each glyph, in units
    box: tuple[int, ...]  # left, foot, right and top of the largest letters, in units

    @classmethod
    def parse(cls, data: bytes) -> Typeface:
        """Read a TrueType font; ValueError if it has no table that a width needs."""
        tables = dict(_tables(data))
        if missing := {"head", "hhea", "hmtx", "cmap"} - tables.keys():
            raise ValueError(f"no font: the table {min(missing)} is missing")
        (units,) = struct.unpack_from(">H", data, tables["head"] + 18)
        (metrics,) = struct.unpack_from(">H", data, tables["hhea"] + 34)
        pairs = struct.unpack_from(f">{2 * metrics}h", data, tables["hmtx"])
        glyphs = dict(_characters(data, tables["cmap"]))
        last = max(glyphs.values())
        advances = tuple(pairs[0::2]) + pairs[-2:-1] * max(0, last + 1 - metrics)
        box = struct.unpack_from(">4h", data, tables["head"] + 36)
        return cls(data, units, glyphs, advances, box)

    def width(self, text: str, size: float) -> float:
        """How wide a text is at a size, both in the units of the canvas.

        Raises MissingLetterError for a sign that the font does not have.
        """
        return sum(self.advances[self.glyph(sign)] for sign in text) * size / self.units

    def glyph(self, sign: str) -> int:
        """The number of the glyph of a sign; MissingLetterError if there is none."""
        try:
            return self.glyphs[ord(sign)]
        except KeyError:
            raise MissingLetterError(sign) from None


@lru_cache(maxsize=2)
def typeface(weight: Weight) -> Typeface:
    """The typeface of a weight, read once."""
    place = files("bot.figures.fonts").joinpath(f"inter-{weight}.ttf")
    return Typeface.parse(place.read_bytes())


@dataclass(frozen=True, slots=True)
class Hand:
    """How a text is written: how heavy, how large, and how far apart its lines are."""

    weight: Weight
    size: float
    leading: float  # from one line to the next

    @property
    def rise(self) -> float:
        """From the upper edge of a line to its baseline, capitals in the middle."""
        return (self.leading + _CAPITALS * self.size) / 2

    def width(self, text: str) -> float:
        """How wide a text is, in the units of the canvas."""
        return typeface(self.weight).width(text, self.size)

    def fitted(self, text: str, room: float) -> str:
        """The text, if it fits into the room; a TextOverflowError names it if not."""
        width = self.width(text)
        if width > room + _TOLERANCE:
            raise TextOverflowError(text, width, room)
        return text

    def lines(self, text: str, room: float) -> tuple[str, ...]:
        """The text broken between words, each line as full as the room allows.

        Raises TextOverflowError where a single word does not fit.
        """
        lines: list[str] = []
        for word in filter(None, _BREAK.split(text)):
            longer = f"{lines[-1]} {word}" if lines else ""
            if lines and self.width(longer) <= room + _TOLERANCE:
                lines[-1] = longer
            else:
                lines.append(self.fitted(word, room))
        return tuple(lines)


def _tables(data: bytes) -> Iterator[tuple[str, int]]:
    """The name of each table, and where it begins."""
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        yield tag.decode("latin-1"), offset


def _characters(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Each code point with its glyph, from the subtable of format 4."""
    (count,) = struct.unpack_from(">H", data, start + 2)
    offsets = (
        struct.unpack_from(">HHL", data, start + 4 + 8 * index)[2]
        for index in range(count)
    )
    for offset in offsets:
        (form,) = struct.unpack_from(">H", data, start + offset)
        if form == 4:  # segments of the basic plane  # noqa: PLR2004
            yield from _segments(data, start + offset)
            return
    raise ValueError("no font: no table of characters in format 4")


def _segments(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    (double,) = struct.unpack_from(">H", data, start + 6)
    count = double // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{count}H", data, start + 14 + step)
        for step in (0, double + 2, 2 * double + 2, 3 * double + 2)
    )
    table = start + 16 + 3 * double
    for index in range(count):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if ranges[index]:
                place = table + 2 * index + ranges[index] + 2 * (code - starts[index])
                (glyph,) = struct.unpack_from(">H", data, place)
            yield code, (glyph + deltas[index]) & 0xFFFF
