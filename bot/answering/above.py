"""Keeps what stands above the fold short; what goes stands in the folded part."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.composition import Point


MOST_WORDS = 120  # above the fold; ANSWERS


def shown(point: Point) -> str:
    """A point as one text: the line, then the lines below it."""
    number = "" if point.number is None else f"{point.number}. "
    return "\n".join([f"{number}{point.headline}", *point.lines])


def fitting(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points within the words that may stand above the fold.

    The last lines go first, one at a time from the longest point.
    """
    kept = list(points)
    while _words(kept) > MOST_WORDS and any(point.lines for point in kept):
        longest = max(range(len(kept)), key=lambda i: (len(kept[i].lines), i))
        lines = kept[longest].lines[:-1]
        kept[longest] = kept[longest].model_copy(update={"lines": lines})
    return tuple(kept)


def _words(points: Sequence[Point]) -> int:
    return sum(len(shown(point).split()) for point in points)
