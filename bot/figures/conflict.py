"""Two sides of a disagreement: who says what, when, and which we use."""

from __future__ import annotations

from bot.figures.drawing import BODY, HEADING, NOTE, ROOM, Note
from bot.figures.notes import Notes
from bot.figures.plate import Content
from bot.figures.shapes import Block, Box, Line, Stroke, paragraph, stacked
from bot.knowledge.figures import Disagreement
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Claim, Conflict


VERDICT = "How we put it"
_INDENT = 22.0
_PADDING = 20.0


def content_of(shown: Disagreement, knowledge: Knowledge) -> Content:
    """The claims one below the other, and our sentence set off from them."""
    conflict = knowledge.conflicts[shown.conflict]
    notes = Notes(knowledge)
    for name in conflict.facts:
        notes.rest_on(knowledge.facts[name])
    claims = [_claim(claim, notes.works(claim.sources)) for claim in conflict.claims]
    return Content(
        body=stacked([*claims, _verdict(conflict)]),
        told=(
            *(
                f"{c.who}: {c.says} ({notes.works(c.sources)})."
                for c in conflict.claims
            ),
            f"{VERDICT}: {conflict.phrase}",
        ),
        sketch=(
            *(f"▌ {claim.who}: {claim.says}" for claim in conflict.claims),
            f"→ {VERDICT}: {conflict.phrase}",
        ),
        records=tuple(
            _record(c, notes.works(c.sources), conflict) for c in conflict.claims
        ),
        notes=(
            *(Note(harm, "ink") for harm in notes.harms()),
            Note(notes.standing()),
        ),
        details=notes.details(),
    )


def _claim(claim: Claim, works: str) -> Block:
    room = ROOM - _INDENT
    text = stacked(
        (
            paragraph(claim.who, room, HEADING),
            paragraph(claim.says, room, BODY),
            paragraph(works, room, NOTE, "quiet").padded(above=2),
        )
    )
    bar = Line((2, 4), (2, text.height - 2), Stroke("outline", 4))
    return Block(text.height, (bar, *text.moved(_INDENT, 0))).padded(below=22)


def _verdict(conflict: Conflict) -> Block:
    room = ROOM - 2 * _PADDING
    text = stacked(
        (paragraph(VERDICT, room, HEADING), paragraph(conflict.phrase, room, BODY))
    )
    high = text.height + 2 * (_PADDING - 4)
    panel = Box(0, 0, ROOM, high, 10, "panel")
    edge = Line((2, 8), (2, high - 8), Stroke("mark", 4))
    return Block(high, (panel, edge, *text.moved(_PADDING, _PADDING - 4)))


def _record(claim: Claim, works: str, conflict: Conflict) -> dict[str, str]:
    return {
        "who": claim.who,
        "says": claim.says,
        "sources": works,
        "conflict": conflict.id,
        "how we put it": conflict.phrase,
    }
