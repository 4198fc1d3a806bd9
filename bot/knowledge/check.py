"""Lists every objection to the curated files, with file, line, rule and advice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bot.errors import UnreadableFileError
from bot.knowledge.curated_file import CuratedFile
from bot.knowledge.drafts import as_if_verified
from bot.knowledge.load import FORMATS, Knowledge, read_pack
from bot.knowledge.objections import Objection, Rule
from bot.knowledge.pack import entries_in
from bot.knowledge.rules import RULES
from bot.knowledge.values import Curated


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """An objection to the curated files, and where they are to be changed."""

    path: Path
    line: int
    rule: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.advice}"


def check(directory: Path, rules: Iterable[Rule] = RULES) -> list[Problem]:
    """Every problem of a pack, sorted; the rules run once all files can be read."""
    problems = sorted(_unreadable(directory))
    if problems:
        return problems
    try:
        knowledge = as_if_verified(read_pack(directory))
    except UnreadableFileError as error:
        return [Problem(error.path, error.line, "unreadable", error.reason)]
    found = (objection for rule in rules for objection in rule(knowledge))
    return sorted({_placed(knowledge, objection) for objection in found})


def _unreadable(directory: Path) -> Iterator[Problem]:
    for path in sorted(directory.rglob("*.yaml")):
        try:
            file = CuratedFile.read(path)
        except UnreadableFileError as error:
            yield Problem(path, error.line, "not-yaml", error.reason)
        else:
            yield from _repeated(file)
            yield from _invalid(file, directory)


def _repeated(file: CuratedFile) -> Iterator[Problem]:
    for line, key in file.repeated_keys():
        advice = f"{key} is written twice: keep one"
        yield Problem(file.path, line, "repeated-key", advice)


def _invalid(file: CuratedFile, directory: Path) -> Iterator[Problem]:
    """Each part of a file that does not fit its model."""
    name = file.path.relative_to(directory).parts[0].removesuffix(".yaml")
    if name not in FORMATS:
        advice = f"no such file belongs to a pack; known: {', '.join(FORMATS)}"
        yield Problem(file.path, 1, "unknown-file", advice)
        return
    key, model = FORMATS[name]
    try:
        size = 1 if key is None else len(entries_in(file, key))
    except UnreadableFileError as error:
        yield Problem(file.path, error.line, "unreadable", error.reason)
        return
    for index in range(size):
        yield from _unfit(file, model, () if key is None else (key, index))


def _unfit(
    file: CuratedFile, model: type[Curated], location: tuple[str | int, ...]
) -> Iterator[Problem]:
    try:
        model.model_validate(file.part(location))
    except ValidationError as error:
        for one in error.errors():
            where = ".".join(map(str, one["loc"])) or "entry"
            line = file.line_of((*location, *one["loc"]))
            yield Problem(file.path, line, "unfit", f"{where}: {one['msg']}")


def _placed(knowledge: Knowledge, objection: Objection) -> Problem:
    place = knowledge.places[objection.listed_as, objection.entry]
    advice = f"{objection.entry}: {objection.advice}"
    return Problem(place.path, place.line, objection.rule, advice)
