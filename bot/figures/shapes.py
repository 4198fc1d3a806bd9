"""The few marks that every picture consists of, frozen, on a canvas in its own units.

One unit is one pixel of a message in Slack; pictures are rendered at twice that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal, TypeAlias

from bot.figures.lettering import Hand


Ink: TypeAlias = Literal[
    "paper",  # what everything lies on
    "panel",  # a part of the paper that is set off
    "ink",  # words that must be read
    "quiet",  # words that qualify them
    "accent",  # a warning in words
    "mark",  # what is counted
    "on-mark",  # words upon a mark
    "outline",  # what is not counted, drawn hollow; axes
    "hairline",  # lines that only divide; they carry nothing
]
Anchor: TypeAlias = Literal["start", "middle", "end"]
Dash: TypeAlias = tuple[float, float]  # units drawn, units left out


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn edge: its ink, how wide, and whether it is broken."""

    ink: Ink
    width: float
    dash: Dash | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line with round ends."""

    start: tuple[float, float]
    end: tuple[float, float]
    stroke: Stroke

    def moved(self, right: float, down: float) -> Line:
        """The same line elsewhere."""
        (x1, y1), (x2, y2) = self.start, self.end
        ends = ((x1 + right, y1 + down), (x2 + right, y2 + down))
        return replace(self, start=ends[0], end=ends[1])


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its corners rounded by a radius."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    fill: Ink | None = None
    stroke: Stroke | None = None

    def moved(self, right: float, down: float) -> Box:
        """The same box elsewhere."""
        return replace(self, x=self.x + right, y=self.y + down)


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle."""

    x: float
    y: float
    radius: float
    fill: Ink | None = None
    stroke: Stroke | None = None

    def moved(self, right: float, down: float) -> Disc:
        """The same circle elsewhere."""
        return replace(self, x=self.x + right, y=self.y + down)


@dataclass(frozen=True, slots=True)
class Dome:
    """Shoulders: a rectangle whose upper edge is a half circle, seen from its left."""

    x: float
    y: float
    width: float
    height: float  # at least half the width
    fill: Ink | None = None
    stroke: Stroke | None = None

    def moved(self, right: float, down: float) -> Dome:
        """The same shoulders elsewhere."""
        return replace(self, x=self.x + right, y=self.y + down)


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text upon its baseline."""

    x: float
    y: float
    text: str
    hand: Hand
    ink: Ink = "ink"
    anchor: Anchor = "start"

    def moved(self, right: float, down: float) -> Words:
        """The same words elsewhere."""
        return replace(self, x=self.x + right, y=self.y + down)

    @property
    def left(self) -> float:
        """Where the text begins."""
        part = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return self.x - part * self.hand.width(self.text)


Shape: TypeAlias = Line | Box | Disc | Dome | Words


@dataclass(frozen=True, slots=True)
class Block:
    """Some shapes that belong together, and how much height they take."""

    height: float
    shapes: tuple[Shape, ...] = ()

    def moved(self, right: float, down: float) -> tuple[Shape, ...]:
        """The shapes, elsewhere."""
        return tuple(shape.moved(right, down) for shape in self.shapes)

    def padded(self, above: float = 0.0, below: float = 0.0) -> Block:
        """The same shapes with room around them."""
        return Block(above + self.height + below, self.moved(0, above))


def stacked(blocks: Sequence[Block]) -> Block:
    """The blocks, each below the last."""
    tops = accumulate((block.height for block in blocks), initial=0.0)
    shapes = [s for b, top in zip(blocks, tops, strict=False) for s in b.moved(0, top)]
    return Block(sum(block.height for block in blocks), tuple(shapes))


def beside(blocks: Iterable[tuple[float, Block]]) -> Block:
    """The blocks at the same height, each at its own distance from the left."""
    placed = list(blocks)
    shapes = tuple(shape for x, block in placed for shape in block.moved(x, 0))
    return Block(max(block.height for _, block in placed), shapes)


def paragraph(text: str, room: float, hand: Hand, ink: Ink = "ink") -> Block:
    """A text in as many lines as it needs; TextOverflowError if a word is too wide."""
    lines = hand.lines(text, room)
    shapes = tuple(
        Words(0, hand.rise + index * hand.leading, line, hand, ink)
        for index, line in enumerate(lines)
    )
    return Block(len(lines) * hand.leading, shapes)
