"""Reads a pack whole, or says which file and line forbid it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from pydantic import ValidationError

from bot.errors import DanglingReferenceError, UnreadableFileError
from bot.knowledge.curated_file import CuratedFile
from bot.knowledge.model import (
    BoundaryText,
    Concept,
    Conflict,
    Draft,
    Fact,
    Gap,
    Listed,
    SharedForm,
    Source,
    Trial,
    Withdrawn,
)
from bot.knowledge.shelf import Shelf
from bot.knowledge.values import Curated
from bot.knowledge.version import version_of


Entry: TypeAlias = Fact | Gap | Conflict
Curation = TypeVar("Curation", bound=Curated)
Named = TypeVar("Named", bound=Listed)


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
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry is written."""

    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


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
    pack = _Pack(directory, shelf)
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
        lost += [c for c in concepts_of(entry) if c not in knowledge.concepts]
        missing |= {entry.id: lost} if lost else {}
    for concept in knowledge.concepts.values():
        lost = [name for name in concept.broader if name not in knowledge.concepts]
        missing |= {concept.id: lost} if lost else {}
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


class _Pack:
    """The files of one directory while they are being read."""

    def __init__(self, directory: Path, shelf: Shelf | None) -> None:
        self._directory = directory
        self._shelf = shelf
        self.places: dict[tuple[str, str], Place] = {}

    def single(self, name: str, model: type[Curation]) -> Curation:
        file = CuratedFile.read(self._directory / name, self._shelf)
        return _valid(file, model, ())

    def listed(self, name: str, key: str, model: type[Curation]) -> Iterator[Curation]:
        path = self._directory / name
        if path.is_file():
            file = CuratedFile.read(path, self._shelf)
            for index in range(len(entries_in(file, key))):
                yield _valid(file, model, (key, index))

    def entries(
        self, name: str, model: type[Named], listed_as: str = ""
    ) -> dict[str, Named]:
        key = listed_as or name
        found: dict[str, Named] = {}
        for path in self._files(name):
            file = CuratedFile.read(path, self._shelf)
            for index in range(len(entries_in(file, key))):
                entry = _valid(file, model, (key, index))
                self._note((key, entry.id), Place(path, file.line_of((key, index))))
                found[entry.id] = entry
        return found

    def _note(self, name: tuple[str, str], place: Place) -> None:
        if name in self.places:
            reason = f"{name[1]} is also written at {self.places[name]}: rename one"
            raise UnreadableFileError(place.path, place.line, reason)
        self.places[name] = place

    def _files(self, name: str) -> list[Path]:
        single = self._directory / f"{name}.yaml"
        folder = sorted((self._directory / name).glob("*.yaml"))
        return [single, *folder] if single.is_file() else folder


def entries_in(file: CuratedFile, key: str) -> list[Any]:
    """The list that a file consists of; raise UnreadableFileError if it is none."""
    if not isinstance(file.data, dict) or not isinstance(file.data.get(key), list):
        reason = f"the file must begin with '{key}:' and a list below it"
        raise UnreadableFileError(file.path, 1, reason)
    unknown = sorted(str(name) for name in file.data if name != key)
    if unknown:
        line = file.line_of((unknown[0],))
        raise UnreadableFileError(file.path, line, f"unknown key {unknown[0]}")
    listed: list[Any] = file.data[key]
    return listed


def _valid(
    file: CuratedFile, model: type[Curation], location: tuple[str | int, ...]
) -> Curation:
    try:
        return model.model_validate(file.part(location))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "entry"
        line = file.line_of((*location, *first["loc"]))
        raise UnreadableFileError(
            file.path, line, f"{where}: {first['msg']}"
        ) from error


def _facts_named(entry: Entry) -> tuple[str, ...]:
    """The entries it names that only a fact can be: its harms, its whole."""
    paired = (entry.pair_with, entry.subset_of) if isinstance(entry, Fact) else ()
    return tuple(name for name in paired if name is not None)


def _entries_named(entry: Entry) -> tuple[str, ...]:
    if isinstance(entry, Fact):
        return entry.related
    return entry.nearest if isinstance(entry, Gap) else entry.facts
