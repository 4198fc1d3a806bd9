"""A full axis from 0 to 100%, and on it a share as a dot and its interval as a line."""

from __future__ import annotations

from bot.answering.intervals import clopper_pearson
from bot.figures.drawing import TICK
from bot.figures.shapes import Anchor, Block, Disc, Line, Stroke, Words
from bot.figures.shares import Share
from bot.knowledge.values import Count


TICKS = (0, 25, 50, 75, 100)  # percent; the whole axis, never a part of it
SPOKEN = "The axis runs from 0 to 100%, marked at 0, 25, 50, 75 and 100%."
CELLS = 41  # two and a half percent each: a bar fits beside an indent in 60 columns
_SPAN = Stroke("mark", 6)
_BASE = Stroke("outline", 2)
_DOT = 11.0  # units: the radius of a share that has room


def interval_line(share: Share, room: float) -> Block:
    """The share on its axis, without the numbers below."""
    low, high = share.interval
    ends = ((_at(low, room), 12.0), (_at(high, room), 12.0))
    dot = _dot(_at(share.percent, room), ends[1][0] - ends[0][0])
    base = Line((0, 12), (room, 12), _BASE)
    caps = tuple(Line((x, 5), (x, 19), Stroke("mark", 3)) for x, _ in ends)
    return Block(24, (base, *_strokes(room), Line(*ends, _SPAN), *caps, dot))


def scale(room: float) -> Block:
    """The numbers below an axis, those at its ends within its width."""
    anchors: tuple[Anchor, ...] = ("start", "middle", "middle", "middle", "end")
    words = tuple(
        Words(_at(tick, room), 16, f"{tick}%", TICK, "quiet", anchor)
        for tick, anchor in zip(TICKS, anchors, strict=True)
    )
    return Block(20, words)


def sketched(count: Count) -> str:
    """A share as a dot, its exact interval as a line, in one line of text."""
    low, high = clopper_pearson(count.k, count.n)
    first, last = _cell(low), _cell(high)
    cells = ["·"] * CELLS
    cells[first : last + 1] = "─" * (last - first + 1)
    cells[first], cells[last] = "├", "┤"
    cells[_cell(100 * count.k / count.n)] = "●"
    return f"0% {''.join(cells)} 100%"


def _dot(x: float, span: float) -> Disc:
    """The share, smaller and without a ring where it would hide a narrow interval."""
    if span / 2 - 2 < _DOT:
        return Disc(x, 12, max(_DOT / 2, span / 2 - 2), "mark")
    return Disc(x, 12, _DOT, "mark", Stroke("paper", 3.5))


def _strokes(room: float) -> tuple[Line, ...]:
    return tuple(
        Line((_at(tick, room), 8), (_at(tick, room), 16), _BASE) for tick in TICKS
    )


def _at(percent: float, room: float) -> float:
    return room * percent / 100


def _cell(percent: float) -> int:
    return round(percent / 100 * (CELLS - 1))
