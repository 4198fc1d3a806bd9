"""People in rows: filled are those who are counted, hollow those who are not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.figures.axis import SPOKEN, interval_line, scale, sketched
from bot.figures.drawing import BIG, BODY, HEADING, ROOM
from bot.figures.notes import Notes, standard_notes
from bot.figures.plate import Content
from bot.figures.shapes import (
    Block,
    Disc,
    Dome,
    Ink,
    Shape,
    Stroke,
    Words,
    beside,
    paragraph,
    stacked,
)
from bot.figures.shares import METHOD, Share
from bot.knowledge.figures import People
from bot.knowledge.load import Knowledge


Look: TypeAlias = Literal["filled", "hollow", "broken"]

CROWD = 402.0  # units for the people; what is left of the width is for the count
_APART = 12.0
_COUNT_HEIGHT = 64.0
_MOST_IN_A_ROW = 11  # without getting narrower
_MOST_PITCH = CROWD / _MOST_IN_A_ROW
_GAP = 0.26  # of the pitch, between two people
_ASPECT = 1.68  # height of a person to the width


@dataclass(frozen=True, slots=True)
class Pitch:
    """How far apart people stand, and so how large they are."""

    step: float

    @property
    def width(self) -> float:
        """Of one person."""
        return self.step * (1 - _GAP)

    @property
    def height(self) -> float:
        """Of one person."""
        return self.width * _ASPECT


def content_of(shown: People, knowledge: Knowledge) -> Content:
    """The rows of people, each with its count and its interval on a full axis."""
    notes = Notes(knowledge)
    shares = [Share.of(row, knowledge) for row in shown.rows]
    blocks = [_row(share, notes.marks(share.fact)) for share in shares]
    gaps = [b.padded(below=26) for b in blocks[:-1]]
    return Content(
        body=stacked([*gaps, blocks[-1]]),
        told=(*map(_told, shares), SPOKEN),
        sketch=tuple(line for share in shares for line in _sketch(share)),
        records=tuple(share.record() for share in shares),
        notes=standard_notes(notes, METHOD),
        details=notes.details(),
    )


def of_look(look: Look, people: int) -> list[Look]:
    """So many people who look the same."""
    return [look] * people


def crowd(looks: list[Look], pitch: Pitch, a_row: int) -> Block:
    """One person for each look, in rows of so many."""
    shapes: list[Shape] = []
    for place, look in enumerate(looks):
        line, column = divmod(place, a_row)
        left = column * pitch.step
        top = line * (pitch.height + pitch.step * _GAP)
        shapes += [s for one in person(look, pitch) for s in (one.moved(left, top),)]
    lines = math.ceil(len(looks) / a_row)
    height = lines * pitch.height + (lines - 1) * pitch.step * _GAP
    return Block(height, tuple(shapes))


def person(look: Look, pitch: Pitch) -> tuple[Disc, Dome]:
    """Head and shoulders of one person."""
    fill, stroke = _PAINTS[look]
    inset = 0.0 if stroke is None else stroke.width / 2
    width, half = pitch.width, pitch.width / 2
    radius = 0.31 * width
    foot = pitch.height - inset
    top = 2 * radius + 0.1 * width
    return (
        Disc(half, radius, radius - inset, fill, stroke),
        Dome(inset, top + inset, width - 2 * inset, foot - top - inset, fill, stroke),
    )


_PAINTS: dict[Look, tuple[Ink | None, Stroke | None]] = {
    "filled": ("mark", None),
    "hollow": (None, Stroke("outline", 2.4)),
    "broken": (None, Stroke("mark", 2.4, (3.6, 2.6))),
}


def pitch_for(people: int) -> tuple[Pitch, int]:
    """How large so many people are drawn, and how many stand in a row."""
    lines = math.ceil(people / _MOST_IN_A_ROW)
    a_row = math.ceil(people / lines)
    return Pitch(_MOST_PITCH), a_row


def _row(share: Share, marks: str) -> Block:
    pitch, a_row = pitch_for(share.count.n)
    count = share.count
    looks: list[Look] = [
        *of_look("filled", count.k),
        *of_look("hollow", count.n - count.k),
    ]
    people = crowd(looks, pitch, a_row)
    return stacked(
        (
            heading(share.label, share.says, marks),
            beside_count(people, share).padded(14, 16),
            interval_line(share, ROOM),
            scale(ROOM),
        )
    )


def heading(label: str, says: str, marks: str) -> Block:
    """What a row is about, what that means in quieter words, and its sources."""
    quiet = f"{says} {marks}".strip()
    end = HEADING.width(f"{label}  ")
    if end + BODY.width(quiet) <= ROOM:
        line = paragraph(label, ROOM, HEADING)
        words = Words(end, HEADING.rise, quiet, BODY, "quiet")
        return Block(line.height, (*line.shapes, words))
    lines = (paragraph(label, ROOM, HEADING), paragraph(quiet, ROOM, BODY, "quiet"))
    return stacked(lines)


def beside_count(people: Block, share: Share) -> Block:
    """The people, and at their middle the count large, its share and interval below."""
    room = ROOM - CROWD - _APART
    spread = f"{share.percent:.0f}% ({share.spread()})"
    words = (
        Words(0, 31, BIG.fitted(share.counted(), room), BIG),
        Words(0, 58, BODY.fitted(spread, room), BODY, "quiet"),
    )
    above = max(0.0, (people.height - _COUNT_HEIGHT) / 2)
    count = Block(_COUNT_HEIGHT, words).padded(above)
    low = max(0.0, (_COUNT_HEIGHT - people.height) / 2)
    return beside([(0, people.padded(low)), (CROWD + _APART, count)])


def _told(share: Share) -> str:
    hollow = share.count.n - share.count.k
    return f"{share.told()} {share.count.k} filled and {hollow} hollow figures."


def _sketch(share: Share) -> tuple[str, ...]:
    crowd_line = "●" * share.count.k + "○" * (share.count.n - share.count.k)
    says = f" ({share.says})" if share.says else ""
    return (
        f"{share.label}{says}",
        f"{crowd_line}  {share.counted()} ({share.percent:.0f}%; {share.spread()})",
        sketched(share.count),
    )
