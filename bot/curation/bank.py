"""Reads the question bank: what people of many voices ask, and what they want."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.answering.composition import Decision
from bot.errors import UnreadableFileError
from bot.knowledge.load import Entry, Knowledge
from bot.knowledge.model import Fact, Gap
from bot.understanding.question import Question


FOLDER = "asked"


class Asked(BaseModel):
    """One question of the bank with what a careful colleague would do with it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Annotated[str, Field(min_length=1)]
    thread: tuple[str, ...] = ()
    decision: Decision
    asks: tuple[tuple[str, ...], ...] = ()  # each thing asked: entries that answer it
    voice: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that the second key should give it."""
        if self.asks:
            return tuple(dict.fromkeys(e for things in self.asks for e in things))
        return (label_of(self.decision),)

    def as_question(self) -> Question:
        """The question as the desk receives it."""
        return Question.of(self.question, self.thread)


def label_of(decision: Decision) -> str:
    """The second key's label of a decision that no entry stands for."""
    if decision in {"out_of_scope", "clarify"}:
        return {"out_of_scope": "outside", "clarify": "clarify"}[decision]
    return f"boundary:{decision}"


def read_bank(directory: Path) -> tuple[Asked, ...]:
    """Every question of a pack's bank, voice by voice."""
    return tuple(
        asked
        for path in sorted((directory / FOLDER).glob("*.jsonl"))
        for asked in read_voice(path)
    )


def read_voice(path: Path) -> Iterator[Asked]:
    """The questions of one voice; raise UnreadableFileError with the line of a bad one."""
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                asked = Asked.model_validate_json(line)
            except ValidationError as error:
                reason = str(error.errors()[0]["msg"])
                raise UnreadableFileError(path, number, reason) from error
            yield asked.model_copy(update={"voice": path.stem})


def described(knowledge: Knowledge) -> Iterator[Asked]:
    """Each entry in its curators' own words, as if somebody had asked for it so."""
    for entry in knowledge.entries():
        for said in _own_words(entry):
            decision: Decision
            decision = "not_reported" if isinstance(entry, Gap) else "answered"
            yield Asked(question=said, decision=decision, asks=((entry.id,),))


def _own_words(entry: Entry) -> tuple[str, ...]:
    if isinstance(entry, Fact):
        return entry.label, entry.statement
    said = entry.wording if isinstance(entry, Gap) else entry.phrase
    return entry.label, said


def bank_hash(directory: Path) -> str:
    """A content hash of the whole bank, twelve hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted((directory / FOLDER).glob("*.jsonl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def unknown_targets(bank: tuple[Asked, ...], knowledge: Knowledge) -> set[str]:
    """Entries that the bank names and the pack does not have."""
    known = {entry.id for entry in knowledge.entries()}
    named = {entry for asked in bank for things in asked.asks for entry in things}
    return named - known
