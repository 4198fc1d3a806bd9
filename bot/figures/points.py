"""The same people at several points: each column is one person, kept in its place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from bot.figures.drawing import BODY, HEADING, ROOM
from bot.figures.notes import Notes, standard_notes
from bot.figures.people import CROWD, Look, Pitch, beside_count, crowd, heading, of_look
from bot.figures.plate import Content
from bot.figures.shapes import Block, Words, beside, paragraph, stacked
from bot.figures.shares import METHOD, Share
from bot.knowledge.figures import Points
from bot.knowledge.load import Knowledge


_LOST: tuple[Look, ...] = ("hollow", "broken")  # missing at the first, the second step
_SIGNS = {"filled": "●", "hollow": "○", "broken": "◌"}
_LEGEND = Pitch(26)


def content_of(shown: Points, knowledge: Knowledge) -> Content:
    """The points from top to bottom, and who is missing at each, from a source."""
    notes = Notes(knowledge)
    shares = [Share.of(row, knowledge) for row in shown.rows]
    left = [Share.of(row, knowledge) for row in shown.left]
    rows = [
        _point(share, looks, notes.marks(share.fact)).padded(below=20)
        for share, looks in zip(shares, looks_of(shares), strict=True)
    ]
    legend = [
        _legend(share, look, notes.marks(share.fact))
        for share, look in zip(left, _LOST, strict=False)
    ]
    return Content(
        body=stacked([*rows, *legend]),
        told=(*(share.told() for share in shares), *map(_missing, left)),
        sketch=_sketch(shares, left),
        records=tuple(share.record() for share in (*shares, *left)),
        notes=standard_notes(notes, METHOD),
        details=notes.details(),
    )


def looks_of(shares: Sequence[Share]) -> list[list[Look]]:
    """How each person looks at each point; who was lost last stands nearest."""
    looks: list[list[Look]] = []
    for point, share in enumerate(shares):
        steps = zip(shares[:point], shares[1 : point + 1], _LOST, strict=False)
        lost = [of_look(look, was.count.k - now.count.k) for was, now, look in steps]
        looks.append([*of_look("filled", share.count.k), *chain(*reversed(lost))])
    return looks


def _point(share: Share, looks: list[Look], marks: str) -> Block:
    people = crowd(looks, Pitch(CROWD / max(len(looks), 11)), len(looks))
    row = beside_count(people, share).padded(above=8)
    return stacked((heading(share.label, share.says, marks), row))


def _legend(share: Share, look: Look, marks: str) -> Block:
    left = 2 * _LEGEND.step
    says = (
        f"{share.label}. {share.says} {marks}"
        if share.says
        else f"{share.label} {marks}"
    )
    count = Words(left, HEADING.rise, share.counted(), HEADING)
    indent = left + HEADING.width(f"{share.counted()}  ")
    text = paragraph(says, ROOM - indent, BODY).padded(above=1.5, below=8)
    person = crowd([look], _LEGEND, 1)
    return beside([(_LEGEND.step / 2, person), (0, Block(0, (count,))), (indent, text)])


def _missing(share: Share) -> str:
    says = f" {share.says}" if share.says else ""
    return f"Missing at the next point: {share.counted()}, {share.label}.{says}"


def _sketch(shares: Sequence[Share], left: Sequence[Share]) -> tuple[str, ...]:
    lines = [
        (
            f"{''.join(_SIGNS[look] for look in looks)}  {share.counted()}"
            f" ({share.percent:.0f}%; {share.spread()}) {share.label}"
        )
        for share, looks in zip(shares, looks_of(shares), strict=True)
    ]
    lines += [
        f"{_SIGNS[look]}  {share.counted()}: {share.label}"
        for share, look in zip(left, _LOST, strict=False)
    ]
    return tuple(lines)
