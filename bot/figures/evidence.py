"""The evidence on one printable page: who, what, results, harms, gaps, sources."""

from __future__ import annotations

from bot.answering.wording import day
from bot.figures.axis import SPOKEN
from bot.figures.comparison import Setting, lines_of
from bot.figures.drawing import ROOM
from bot.figures.lettering import Hand
from bot.figures.notes import Notes
from bot.figures.plate import Content
from bot.figures.shapes import Block, beside, paragraph, stacked
from bot.figures.shares import METHOD, Share
from bot.figures.steps import Step
from bot.figures.table import Record
from bot.knowledge.figures import Evidence
from bot.knowledge.load import Knowledge
from bot.knowledge.registers import entered


_LABEL = Hand(600, 15.5, 21.5)
_TEXT = Hand(400, 15.5, 21.5)
_COLUMN = 110.0  # units: the names of the fields
_FIELD = ROOM - _COLUMN
_APART = 13.0
_RESULTS = Setting(_FIELD, Hand(600, 16, 22), Hand(400, 15.5, 22), 2, 8)


def content_of(shown: Evidence, knowledge: Knowledge) -> Content:
    """The fields of the page from top to bottom."""
    notes = Notes(knowledge)
    shares = [Share.of(row, knowledge) for row in shown.results]
    fields = _fields(shown, knowledge, notes)
    results = lines_of([(s, notes.marks(s.fact)) for s in shares], _RESULTS)
    missing = [knowledge.gaps[name].label for name in shown.missing]
    wordings = [knowledge.gaps[name].wording for name in shown.missing]
    sources = f"{notes.sources()} {METHOD} Verified {notes.verified()}."
    body = (
        *(_field(name, text) for name, text in fields[:3]),
        _beside("Results", results),
        *(_field(name, text) for name, text in fields[3:]),
        _field("Not reported", "; ".join(missing)),
        _field("Sources", sources.removeprefix("Sources: ")),
    )
    return Content(
        body=stacked([block.padded(below=_APART) for block in body]),
        told=(
            *(f"{name}: {text}" for name, text in fields),
            *(share.told() for share in shares),
            SPOKEN,
            f"Not reported: {'; '.join(missing)}",
            sources,
        ),
        sketch=(
            *(f"{name}: {text}" for name, text in fields[:3]),
            *(share.told() for share in shares),
            *(f"{name}: {text}" for name, text in fields[3:]),
            f"Not reported: {'; '.join(missing)}",
        ),
        records=_records(fields, shares, missing),
        notes=(),
        details=(*wordings, *notes.details()),
        paper="a4",
    )


def _fields(
    shown: Evidence, knowledge: Knowledge, notes: Notes
) -> list[tuple[str, str]]:
    """Who, what and design; harms and status: each with its marks."""
    trial = knowledge.trial
    who = Step.of(shown.who, knowledge)
    design = [Step.of(row, knowledge) for row in shown.design]
    harms = [knowledge.facts[row.fact] for row in shown.harms]
    return [
        ("Who", f"{who.says} {notes.marks(who.fact)}"),
        ("What", " ".join(arm.what for arm in trial.arms)),
        (
            "Design",
            "; ".join(f"{s.label}: {s.says} {notes.marks(s.fact)}" for s in design),
        ),
        ("Harms", " ".join(f"{fact.statement} {notes.marks(fact)}" for fact in harms)),
        ("Status", f"{trial.status.says} As of {day(trial.status.as_of)}."),
        ("Registered", entered(trial.registrations)),
    ]


def _field(name: str, text: str) -> Block:
    return _beside(name, paragraph(text, _FIELD, _TEXT))


def _beside(name: str, block: Block) -> Block:
    label = paragraph(name, _COLUMN - 8, _LABEL, "quiet")
    return beside([(0, label), (_COLUMN, block)])


def _records(
    fields: list[tuple[str, str]], shares: list[Share], missing: list[str]
) -> tuple[Record, ...]:
    return (
        *({"label": name, "says": text} for name, text in fields),
        *(share.record() for share in shares),
        *({"label": "Not reported", "says": gap} for gap in missing),
    )
