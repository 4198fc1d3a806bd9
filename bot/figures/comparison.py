"""Several shares with their intervals, on one axis from 0 to 100%."""

from __future__ import annotations

from dataclasses import dataclass

from bot.figures.axis import SPOKEN, interval_line, scale, sketched
from bot.figures.drawing import BODY, HEADING, ROOM
from bot.figures.lettering import Hand
from bot.figures.notes import Notes, standard_notes
from bot.figures.plate import Content
from bot.figures.shapes import Block, Words, beside, paragraph, stacked
from bot.figures.shares import METHOD, Share
from bot.knowledge.figures import Intervals
from bot.knowledge.load import Knowledge


_APART = 12.0  # units between what is counted and how many


@dataclass(frozen=True, slots=True)
class Setting:
    """How wide and in which letters the lines are set, and how far apart."""

    room: float
    bold: Hand
    plain: Hand
    above: float  # between a label and its axis
    below: float  # between an axis and the next label


FIGURE = Setting(ROOM, HEADING, BODY, 6, 18)


def content_of(shown: Intervals, knowledge: Knowledge) -> Content:
    """One line for each share, in the order of the pack."""
    notes = Notes(knowledge)
    shares = [Share.of(row, knowledge) for row in shown.rows]
    return Content(
        body=lines_of([(s, notes.marks(s.fact)) for s in shares], FIGURE),
        told=(*(share.told() for share in shares), SPOKEN),
        sketch=tuple(line for share in shares for line in _sketch(share)),
        records=tuple(share.record() for share in shares),
        notes=standard_notes(notes, METHOD),
        details=notes.details(),
    )


def lines_of(marked: list[tuple[Share, str]], setting: Setting) -> Block:
    """The shares with their marks below each other, each on the full axis."""
    rows = [_line(share, marks, setting) for share, marks in marked]
    return stacked((*rows, scale(setting.room)))


def _line(share: Share, marks: str, setting: Setting) -> Block:
    """What is counted, at the right how many, below it the interval."""
    bold, plain, room = setting.bold, setting.plain, setting.room
    spread = f"{share.percent:.0f}% ({share.spread()})"
    middle = room - plain.width(spread)
    left = middle - bold.width(f"{share.counted()}  ")
    label = _label(share.label, marks, setting, left - _APART)
    words = (
        Words(left, bold.rise, share.counted(), bold),
        Words(middle, bold.rise, spread, plain, "quiet"),
    )
    return stacked(
        (
            beside([(0, label), (0, Block(bold.leading, words))]),
            paragraph(share.says, room, plain, "quiet"),
            interval_line(share, room).padded(setting.above, setting.below),
        )
    )


def _label(said: str, marks: str, setting: Setting, room: float) -> Block:
    """What is counted, and its sources in quieter letters at the end of it."""
    kept = room - setting.plain.width(f" {marks}")
    text = paragraph(said, kept, setting.bold)
    end = setting.bold.width(f"{setting.bold.lines(said, kept)[-1]} ")
    foot = text.height - setting.bold.leading + setting.bold.rise
    words = Words(end, foot, marks, setting.plain, "quiet")
    return Block(text.height, (*text.shapes, words))


def _sketch(share: Share) -> tuple[str, ...]:
    count = f"{share.counted()} ({share.percent:.0f}%; {share.spread()})"
    return f"{count}  {share.label}", sketched(share.count)
