"""Reads a pack whole, or says which file and line forbid it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bot.errors import DanglingReferenceError, UnreadableFileError
from bot.knowledge.figures import Figure
from bot.knowledge.model import (
    BoundaryText,
    Concept,
    Conflict,
    Draft,
    Fact,
    Gap,
    SharedForm,
    Source,
    Trial,
    Withdrawn,
)
from bot.knowledge.pack import Pack, Place
from bot.knowledge.shelf import Shelf
from bot.knowledge.values import Curated
from bot.knowledge.version import version_of


Entry: TypeAlias = Fact | Gap | Conflict

BOUNDARY_IDS = frozenset({"emergency", "patient-advice", "report"})
FORMATS: Mapping[str, tuple[str | None, type[Curated]]] = {  # file: list, model
    "trial": (None, Trial),
    "sources": ("sources", Source),
    "facts": ("facts", Fact),
    "gaps": ("gaps", Gap),
    "conflicts": ("conflicts", Conflict),
    "boundaries": ("boundaries", BoundaryText),
    "vocabulary": ("concepts", Concept),
    "shared-forms": ("shared", SharedForm),
    "drafts": ("drafts", Draft),
    "withdrawn": ("withdrawn", Withdrawn),
    "figures": ("figures", Figure),
}


@dataclass(frozen=True)
class Knowledge:
    """Everything a pack says, by id, and where each entry is written."""

    directory: Path
    version: str  # content hash: twelve hexadecimal digits
    trial: Trial
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    gaps: Mapping[str, Gap]
    conflicts: Mapping[str, Conflict]
    boundaries: Mapping[str, BoundaryText]
    concepts: Mapping[str, Concept]
    shared: tuple[SharedForm, ...]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    drafts: Mapping[str, Draft] = field(default_factory=dict)  # never told
    withdrawn: Mapping[str, Withdrawn] = field(default_factory=dict)

    def entry(self, target: str) -> Entry:
        """The fact, gap or conflict of that id; KeyError if there is none."""
        if target in self.facts:
            return self.facts[target]
        return self.gaps[target] if target in self.gaps else self.conflicts[target]

    def entries(self) -> Iterator[Entry]:
        """Every fact, gap and conflict."""
        yield from self.facts.values()
        yield from self.gaps.values()
        yield from self.conflicts.values()

    def topic(self, fact: str) -> str:
        """The topic of a fact: the name of the file it lies in."""
        return self.places["facts", fact].path.stem


def load(directory: Path, shelf: Shelf | None = None) -> Knowledge:
    """Read a pack, or raise a KnowledgeError that says why it cannot be served."""
    knowledge = read_pack(directory, shelf)
    missing = dangling(knowledge)
    if missing:
        raise DanglingReferenceError(missing)
    unsaid = sorted(BOUNDARY_IDS - knowledge.boundaries.keys())
    if unsaid:
        raise DanglingReferenceError({"boundaries.yaml": unsaid})
    return knowledge


def read_pack(directory: Path, shelf: Shelf | None = None) -> Knowledge:
    """Read every file of a pack, without following its references."""
    if not (directory / "trial.yaml").is_file():
        reason = "there is no pack here: set BECAR7_KNOWLEDGE_DIR to one"
        raise UnreadableFileError(directory / "trial.yaml", 1, reason)
    pack = Pack(directory, shelf)
    return Knowledge(
        directory=directory,
        version=version_of(directory),
        trial=pack.single("trial.yaml", Trial),
        sources=pack.entries("sources", Source),
        facts=pack.entries("facts", Fact),
        gaps=pack.entries("gaps", Gap),
        conflicts=pack.entries("conflicts", Conflict),
        boundaries=pack.entries("boundaries", BoundaryText),
        concepts=pack.entries("vocabulary", Concept, listed_as="concepts"),
        shared=tuple(pack.listed("shared-forms.yaml", "shared", SharedForm)),
        figures=pack.entries("figures", Figure),
        places=pack.places,
        drafts=pack.entries("drafts", Draft),
        withdrawn=pack.entries("withdrawn", Withdrawn),
    )


def dangling(knowledge: Knowledge) -> dict[str, list[str]]:
    """Each entry that names what nobody wrote, with the names."""
    entries = {entry.id for entry in knowledge.entries()}
    missing: dict[str, list[str]] = {}
    for entry in knowledge.entries():
        lost = [name for name in _entries_named(entry) if name not in entries]
        lost += [f for f in _facts_named(entry) if f not in knowledge.facts]
        lost += [s for s in sources_of(entry) if s not in knowledge.sources]
        named = (*concepts_of(entry), *entry.excludes)
        lost += [c for c in named if c not in knowledge.concepts]
        missing |= {entry.id: lost} if lost else {}
    for concept in knowledge.concepts.values():
        lost = [name for name in concept.broader if name not in knowledge.concepts]
        missing |= {concept.id: lost} if lost else {}
    for figure in knowledge.figures.values():
        lost = [name for name in figure.facts() if name not in knowledge.facts]
        lost += [name for name in figure.shows.gaps() if name not in knowledge.gaps]
        others = (*figure.shows.conflicts(), *figure.answers)
        lost += [name for name in others if name not in entries]
        missing |= {figure.id: lost} if lost else {}
    return missing


def sources_of(entry: Entry) -> tuple[str, ...]:
    """The works that an entry cites, in its order."""
    if isinstance(entry, Fact):
        return tuple(citation.source for citation in entry.sources)
    if isinstance(entry, Conflict):
        return tuple(source for claim in entry.claims for source in claim.sources)
    return ()


def concepts_of(entry: Entry) -> tuple[str, ...]:
    """The concepts by which an entry is found."""
    return (*entry.measure, *entry.aspect, *entry.covers)


def _facts_named(entry: Entry) -> tuple[str, ...]:
    """The entries it names that only a fact can be: its harms, its whole, a grade."""
    if not isinstance(entry, Fact):
        return ()
    named = (entry.pair_with, entry.subset_of, entry.follows)
    return tuple(name for name in named if name is not None)


def _entries_named(entry: Entry) -> tuple[str, ...]:
    if isinstance(entry, Fact):
        return entry.related
    return entry.nearest if isinstance(entry, Gap) else entry.facts
