"""Defines what a knowledge pack consists of; these models are the file format."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from bot.errors import ImpossibleValueError
from bot.knowledge.provenance import (
    Citation,
    Cleared,
    Drafted,
    Earlier,
    Grading,
    Record,
    Verified,
)
from bot.knowledge.terms import Certainty, ConceptKind, DossierId, Got
from bot.knowledge.values import Curated, Day, Prose, Said, Slug, Value


class Listed(Curated):
    """Something that other entries name by its id."""

    id: Slug


class Matchable(Listed):
    """Something a question can be about: said in concepts, never in phrasings."""

    measure: Annotated[tuple[Slug, ...], Field(min_length=1)]  # any one must be asked
    aspect: tuple[Slug, ...] = ()  # what of it; any one counts
    covers: tuple[Slug, ...] = ()  # what else a question may name and still fit
    excludes: tuple[Slug, ...] = ()  # who names one asks about something else


class Stated(Matchable):
    """One statement with its value, population, time point and sources."""

    label: Prose  # a few words, for buttons and lists
    value: Value
    population: Prose
    time: Prose | None = None  # time point or window, as the source has it
    grading: Grading | Literal["not-stated"] | None = None
    statement: Prose  # one sentence, complete in itself
    brief: Prose  # what stands above the fold; {value} is the value in words
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    got: Got
    certainty: Certainty
    caveats: tuple[Prose, ...] = ()
    pair_with: Slug | None = None  # the harms fact that a benefit travels with
    subset_of: Slug | None = None
    follows: Slug | None = None  # the fact one step lower, where facts are in grades
    related: tuple[Slug, ...] = ()  # what a reader is likely to ask next
    evidence: tuple[DossierId, ...] = ()
    closes_gap: Annotated[int, Field(ge=1)] | None = None  # the number of the gap
    review_by: date


class Fact(Stated):
    """A statement that somebody held against its source: it may be told."""

    verified: Verified
    cleared: Cleared | None = None  # for sharing outside; only as long as it stands so
    drafted_by: Prose | None = None  # never the one who verified it
    history: tuple[Earlier, ...] = ()  # what it said before, the latest first

    @model_validator(mode="before")
    @classmethod
    def _checked(cls, written: object) -> object:
        if isinstance(written, dict) and "verified" not in written:
            raise ImpossibleValueError(
                "nobody has verified this: move it to drafts/, then becar7 verify"
            )
        return written


class Draft(Stated):
    """A statement that nobody but its author has seen: it is never told."""

    draft: Drafted


class Withdrawn(Listed):
    """A fact that was taken out, and why: its id is not used again."""

    label: Prose
    statement: Prose  # what it said
    on: date
    why: Prose
    by: Prose


class Source(Listed):
    """A work to cite, and through what it was read."""

    title: Prose
    authors: Prose
    publisher: Prose
    date: Day | None
    kind: Literal[
        "paper",
        "abstract",
        "registry",
        "press-release",
        "news",
        "grant",
        "guidance",
        "notes",
        "software",
    ]
    peer_reviewed: bool
    read_as: Prose  # "abstract", "abstract service", "news report", "full text"
    doi: Prose | None = None
    registry_id: Prose | None = None
    url: Prose | None = None
    tier: Literal["A", "B", "C", "D"]
    record: Record | None = None  # registries only: what it said on that date
    evidence: tuple[DossierId, ...] = ()


class Gap(Matchable):
    """Something people ask for that no source read reports."""

    number: Annotated[int, Field(ge=1)]  # stays with the gap for good
    label: Prose
    wording: Prose
    nearest: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=3)]
    evidence: tuple[DossierId, ...] = ()


class Claim(Curated):
    """What one side of a conflict says."""

    who: Prose
    says: Prose
    sources: tuple[Slug, ...] = ()


class Conflict(Matchable):
    """Two sources that disagree, and how we put it."""

    label: Prose
    claims: Annotated[tuple[Claim, ...], Field(min_length=2)]
    phrase: Prose  # one or two sentences: the right figure first, then why
    facts: Annotated[tuple[Slug, ...], Field(min_length=1)]
    evidence: tuple[DossierId, ...] = ()


class BoundaryText(Listed):
    """What is said where the bot must not answer."""

    id: Annotated[str, StringConstraints(pattern="^(emergency|patient-advice|report)$")]
    why: Prose
    says: Prose
    contact: Literal["emergency", "on-call", "reporting"]
    offer: Prose | None = None


class Concept(Listed):
    """A thing people ask about, and every way to say it."""

    kind: ConceptKind
    name: Prose
    synonyms: tuple[Said, ...] = ()  # the field's own terms and their spellings
    abbreviations: tuple[Said, ...] = ()  # matched whole, never repaired
    lay: tuple[Said, ...] = ()  # everyday words and paraphrase
    broader: tuple[Slug, ...] = ()
    material: bool = False  # a question that names it is not answered without it
    benefit: bool = False  # a fact that measures it must be paired with its harms


class SharedForm(Curated):
    """A written rule for words that two concepts share: which one they mean."""

    form: Said
    means: Slug
    unless_with: dict[Slug, Slug] = Field(
        default_factory=dict
    )  # another concept present: what it means then
    reason: Prose


class Arm(Curated):
    """One arm of the trial."""

    name: Prose
    what: Prose


class Status(Curated):
    """How the trial stood on a given day."""

    says: Prose
    as_of: date
    source: Slug


class Press(Curated):
    """What counts as cleared for sharing outside beside what somebody cleared by name."""

    rule: Literal["by-name", "quoted"]  # quoted: as a work of the first tier has it
    says: Prose  # the rule in words, as a reply to the press gives it


class Trial(Curated):
    """The trial that a pack is about."""

    id: Slug
    name: Prose
    also_called: tuple[Prose, ...] = ()
    title: Prose
    phase: Prose
    arms: Annotated[tuple[Arm, ...], Field(min_length=1)]
    sponsor: Prose
    sites: tuple[Prose, ...]
    registrations: dict[Prose, Prose]
    first_dosed: date | None = None
    last_dosed: date | None = None
    badge: Prose  # "Phase 1 · single arm · n = 11"
    label: Prose  # "investigational"
    status: Status
    names: tuple[Prose, ...] = ()  # proper names whose digits are no figures
    banned: tuple[Prose, ...] = ()  # words that may stand only within quotation marks
    press: Press | None = None  # without it, only what somebody cleared by name
    greeting: Prose
    outside: Prose  # what is said to a question about something else
    examples: Annotated[tuple[Prose, ...], Field(min_length=3)]
