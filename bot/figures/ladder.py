"""The grades of a published scale as steps: definitions, never how many had each."""

from __future__ import annotations

from bot.figures.drawing import BODY, HEADING, ROOM, Note
from bot.figures.notes import Notes
from bot.figures.plate import Content
from bot.figures.shapes import Block, Box, Words, beside, paragraph, stacked
from bot.figures.steps import Step
from bot.knowledge.figures import Ladder
from bot.knowledge.load import Knowledge
from bot.knowledge.provenance import Grading


DEFINITIONS = (
    "Definitions, not frequencies: the width of a step counts nobody."
    " Not a guide to treatment."
)
_FIRST = 120.0  # units: the lowest step
_LAST = 204.0  # the highest; the text of every step begins after it
_HIGH = 58.0
_APART = 10.0


def content_of(shown: Ladder, knowledge: Knowledge) -> Content:
    """The grades, the lowest first, each a little longer than the last."""
    notes = Notes(knowledge)
    steps = [Step.of(row, knowledge) for row in shown.rows]
    more = [Step.of(row, knowledge) for row in shown.notes]
    widths = _widths(len(steps))
    for step in (*steps, *more):
        notes.marks(step.fact)
    blocks = [
        _rung(s, w).padded(below=_APART) for s, w in zip(steps, widths, strict=True)
    ]
    added = [paragraph(step.told(), ROOM, BODY).padded(above=6) for step in more]
    return Content(
        body=stacked([*blocks, *added]),
        told=tuple(step.told() for step in (*steps, *more)),
        sketch=tuple(
            f"{'▮' * n} {s.label}: {s.says}" for n, s in enumerate(steps, start=1)
        ),
        records=tuple(step.record() for step in (*steps, *more)),
        notes=(
            Note(f"{_scale(steps[0])} {DEFINITIONS}"),
            Note(f"Verified {notes.verified()}. {notes.sources()}"),
        ),
        details=notes.details(),
        tone="accent",
    )


def _rung(step: Step, width: float) -> Block:
    text = paragraph(step.says, ROOM - _LAST - 22, BODY)
    high = max(_HIGH, text.height + 12)
    label = HEADING.fitted(step.label, width - 20)
    base = (high - HEADING.leading) / 2 + HEADING.rise
    badge = Block(
        high,
        (
            Box(0, 0, width, high, 8, "mark"),
            Words(width / 2, base, label, HEADING, "on-mark", "middle"),
        ),
    )
    return beside([(0, badge), (_LAST + 22, text.padded((high - text.height) / 2))])


def _widths(count: int) -> list[float]:
    step = (_LAST - _FIRST) / (count - 1)
    return [_FIRST + place * step for place in range(count)]


def _scale(step: Step) -> str:
    grading = step.fact.grading
    return f"{grading.scale} {grading.version}." if isinstance(grading, Grading) else ""
