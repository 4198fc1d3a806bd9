"""What happens to a person, step by step, at distances that mean nothing."""

from __future__ import annotations

from itertools import pairwise

from bot.figures.drawing import BODY, ROOM, Note
from bot.figures.notes import Notes
from bot.figures.people import heading
from bot.figures.plate import Content
from bot.figures.shapes import Block, Disc, Line, Shape, Stroke, paragraph, stacked
from bot.figures.steps import Step
from bot.knowledge.figures import Journey
from bot.knowledge.load import Knowledge


SCHEMATIC = "Spacing is schematic: the distances between steps mean nothing."
_RAIL = 13.0  # units from the left: the line that joins the steps
_INDENT = 46.0
_APART = 18.0  # units between two steps, whatever the time between them
_DOT = 14.0  # units from the top of a step


def content_of(shown: Journey, knowledge: Knowledge) -> Content:
    """The steps from top to bottom, joined by one line."""
    notes = Notes(knowledge)
    steps = [Step.of(row, knowledge) for row in shown.rows]
    blocks = [
        _step(step, notes.marks(step.fact)).padded(below=_APART) for step in steps
    ]
    return Content(
        body=_joined(blocks),
        told=tuple(f"{n}. {step.told()}" for n, step in enumerate(steps, start=1)),
        sketch=tuple(f"● {step.label}: {step.says}" for step in steps),
        records=tuple(step.record() for step in steps),
        notes=(Note(SCHEMATIC), Note(notes.standing())),
        details=notes.details(),
        tone="accent",
    )


def _step(step: Step, marks: str) -> Block:
    text = stacked(
        (
            heading(step.label, "", marks),
            paragraph(step.says, ROOM - _INDENT, BODY, "quiet"),
        )
    )
    return Block(text.height, text.moved(_INDENT, 0))


def _joined(blocks: list[Block]) -> Block:
    column = stacked(blocks)
    tops = [sum(b.height for b in blocks[:place]) for place in range(len(blocks))]
    centres = [(_RAIL, top + _DOT) for top in tops]
    rail: list[Shape] = [
        Line(start, end, Stroke("outline", 3)) for start, end in pairwise(centres)
    ]
    dots = [Disc(x, y, 10, "mark", Stroke("paper", 4)) for x, y in centres]
    return Block(column.height - _APART, (*rail, *dots, *column.shapes))
