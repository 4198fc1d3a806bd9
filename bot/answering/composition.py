"""The reply contract: what is told, in plain words, before any medium.

The terminal, Slack, the audit and `becar7 ask --json` all start from this value.
Fields are added, never renamed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, TypeAlias

from pydantic import BaseModel, ConfigDict

from bot.understanding.question import Question


Decision: TypeAlias = Literal[
    "answered",
    "not_reported",
    "clarify",
    "patient_advice",
    "emergency",
    "report",
    "out_of_scope",
]

BOUNDARY_DECISIONS: frozenset[Decision] = frozenset(
    {"emergency", "patient_advice", "report"}
)


class Frozen(BaseModel):
    """A value that nobody changes after it was made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NumberedCitation(Frozen):
    """One line of the list of sources, by its number in the reply."""

    number: int
    source: str
    title: str
    locator: str
    url: str | None
    read_as: str


class FigureRef(Frozen):
    """A picture that belongs to the reply, and its text equivalent."""

    id: str
    alt: str


class Suggestion(Frozen):
    """A button: what it says, which entry it tells, and what a tap would show."""

    label: str
    target: str  # id of a fact, gap or conflict; see Desk.tell
    answer: str


class Point(Frozen):
    """What is said to one part of a message: the line, then caveats or harms."""

    decision: Decision
    headline: str  # plain text; citation marks like [1] included
    lines: tuple[str, ...] = ()
    number: int | None = None  # 1, 2, … when the message had several parts
    facts: tuple[str, ...] = ()  # what was told; the harms beside it come by themselves


class Fold(Frozen):
    """A part that is closed until somebody opens it."""

    title: str  # Numbers and method · What this does not tell you · Sources …
    lines: tuple[str, ...]


class ReadingNote(Frozen):
    """Why the question was understood as it was."""

    concepts: tuple[str, ...] = ()
    asks_for: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()  # words that belong to no concept
    part_of: str | None = None  # what a follow-up inherited from


class PackVersion(Frozen):
    """Which knowledge a reply was made from."""

    pack: str
    version: str  # content hash, twelve hexadecimal digits


class Composition(Frozen):
    """A whole reply: what is seen, what is folded, and why."""

    id: str  # hash of question, thread, knowledge and engine versions
    question: str
    decision: Decision
    answer: str  # all that a reader sees without opening anything, ≤ 120 words
    text: str  # everything, folded parts included, as plain text
    facts: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    citations: tuple[NumberedCitation, ...] = ()
    figures: tuple[FigureRef, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()  # at most three
    reading: ReadingNote = ReadingNote()
    knowledge: PackVersion
    engine: str
    elapsed_ms: float = 0.0
    points: tuple[Point, ...] = ()
    badges: tuple[str, ...] = ()
    folds: tuple[Fold, ...] = ()
    gap: int | None = None  # "Logged as gap 12"
    shows: Literal["picture"] | None = None  # what a follow-up asked to see at once


class Pictures(Protocol):
    """Whoever knows which pictures show an entry: the seam to the room of pictures."""

    def of(self, entries: Sequence[str]) -> tuple[FigureRef, ...]:
        """The pictures that belong to a reply that tells these entries, the best first."""
        ...


class NoPictures:
    """A desk that shows nothing."""

    def of(self, entries: Sequence[str]) -> tuple[FigureRef, ...]:
        """None, whatever is told."""
        del entries
        return ()


class Answers(Protocol):
    """Whoever answers: the seam between the core and every surface."""

    def reply_to(self, question: Question) -> Composition:
        """What the question deserves, in words."""
        ...

    def tell(self, target: str) -> Composition:
        """What one entry says, for a tap on its button; KeyError if there is none."""
        ...
