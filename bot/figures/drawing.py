"""Lays a picture out: title, caption, body, a line, and the notes that make it honest."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.errors import TextOverflowError
from bot.figures.lettering import Hand
from bot.figures.shapes import Block, Box, Ink, Line, Shape, Stroke, paragraph, stacked


WIDTH = 720.0  # units; what Slack shows of a picture in a wide window
MARGIN = 36.0
ROOM = WIDTH - 2 * MARGIN
A4 = 297 / 210  # height to width; ISO 216
_A4_POINTS = 210 / 25.4 * 72  # its width
EDGE = Stroke("hairline", 1.5)

TITLE = Hand(600, 28, 35)
CAPTION = Hand(400, 18.5, 26)
WARNING = Hand(600, 18.5, 26)
HEADING = Hand(600, 20, 28)
BODY = Hand(400, 18, 25)
BIG = Hand(600, 36, 42)
TICK = Hand(400, 15.5, 20)
NOTE = Hand(400, 16, 23)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as shapes on a canvas, with what is said to those who cannot see it."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    alt: str
    points: float = 0.75  # of a printer for each unit: 96 units make an inch


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph below the line; harms stand in the ink of what must be read."""

    text: str
    ink: Ink = "quiet"


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a picture from top to bottom."""

    title: str
    caption: str
    tone: Ink  # of the caption: quiet, or accent where it warns
    body: Block
    notes: tuple[Note, ...]
    alt: str


def drawn(layout: Layout) -> Drawing:
    """The picture as high as its parts need."""
    column = _column(layout)
    return _on_paper(layout, column, column.height + 2 * MARGIN)


def drawn_on_a_page(layout: Layout) -> Drawing:
    """The picture on one A4 page, upright; TextOverflowError if it is higher."""
    column = _column(layout)
    height = round(WIDTH * A4)
    if column.height > height - 2 * MARGIN:
        raise TextOverflowError(layout.title, column.height, height - 2 * MARGIN)
    return replace(_on_paper(layout, column, height), points=_A4_POINTS / WIDTH)


def _on_paper(layout: Layout, column: Block, height: float) -> Drawing:
    card = Box(0.75, 0.75, WIDTH - 1.5, height - 1.5, 14, "paper", EDGE)
    shapes = (card, *column.moved(MARGIN, MARGIN))
    return Drawing(WIDTH, height, shapes, layout.title, layout.alt)


def _column(layout: Layout) -> Block:
    hand = CAPTION if layout.tone == "quiet" else WARNING
    return stacked(
        (
            paragraph(layout.title, ROOM, TITLE),
            paragraph(layout.caption, ROOM, hand, layout.tone).padded(above=4),
            layout.body.padded(above=26),
            _below(layout.notes),
        )
    )


def _below(notes: tuple[Note, ...]) -> Block:
    """The notes below a line; nothing where there is none."""
    line = Block(1, (Line((0, 0), (ROOM, 0), EDGE),)).padded(above=22, below=7)
    texts = [paragraph(n.text, ROOM, NOTE, n.ink).padded(above=7) for n in notes]
    return stacked([line, *texts]) if notes else Block(0)
