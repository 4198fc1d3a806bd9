"""Reads the files of one pack, and remembers where each entry is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.errors import UnreadableFileError
from bot.knowledge.curated_file import CuratedFile
from bot.knowledge.model import Listed
from bot.knowledge.shelf import Shelf
from bot.knowledge.values import Curated


Curation = TypeVar("Curation", bound=Curated)
Named = TypeVar("Named", bound=Listed)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry is written."""

    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class Pack:
    """The files of one directory while they are being read."""

    def __init__(self, directory: Path, shelf: Shelf | None) -> None:
        self._directory = directory
        self._shelf = shelf
        self.places: dict[tuple[str, str], Place] = {}

    def single(self, name: str, model: type[Curation]) -> Curation:
        """A file that is one entry."""
        file = CuratedFile.read(self._directory / name, self._shelf)
        return _valid(file, model, ())

    def listed(self, name: str, key: str, model: type[Curation]) -> Iterator[Curation]:
        """The entries of a file that may be absent, and that have no ids."""
        path = self._directory / name
        if path.is_file():
            file = CuratedFile.read(path, self._shelf)
            for index in range(len(entries_in(file, key))):
                yield _valid(file, model, (key, index))

    def entries(
        self, name: str, model: type[Named], listed_as: str = ""
    ) -> dict[str, Named]:
        """The entries of a file, or of every file in a folder of that name, by id."""
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
