"""Reads who wrote a work and where it was printed out of the lines a curator wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from bot.knowledge.model import Source


_ARTICLES = frozenset({"paper", "abstract"})  # their authors stand in a list of people
_NAME = r"[\w'\u2019-]+"
_PERSON = re.compile(
    rf"(?P<family>(?=[^\W\d_]){_NAME}(?: {_NAME})?) (?P<given>[A-Z]{{1,3}})"
)
_GROUP = re.compile(r"(?:and|for|on behalf of) the (?P<group>.+)")
_PRINTED = re.compile(
    r"(?P<journal>[^\d;:,]+?)(?:, [A-Z][a-z]+)? (?P<year>\d{4})"
    r"(?:;(?P<volume>\d+)(?:\((?P<issue>[^)]+)\))?:(?P<pages>e?\d+(?:-e?\d+)?))?"
    r"(?:[,;] (?P<rest>.+))?"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote a work."""

    family: str
    given: str  # initials


@dataclass(frozen=True, slots=True)
class Authors:
    """Who wrote a work: people by name, groups and bodies, and whether there are more."""

    people: tuple[Person, ...] = ()
    bodies: tuple[str, ...] = ()
    and_others: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """Where an article stands in a journal; empty what is not known."""

    journal: str
    volume: str = ""
    issue: str = ""
    pages: str = ""
    rest: str = ""  # what else the line says

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last page; the last is empty where only one is known."""
        first, _, last = self.pages.partition("-")
        return first, last


def authors_of(source: Source) -> Authors:
    """The people of "Okafor A, Lind B, et al."; any other line is one body's name."""
    parts = source.authors.split(", ")
    found = [_PERSON.fullmatch(part) for part in parts]
    people = tuple(
        Person(one["family"], one["given"])
        for one in takewhile(bool, found)
        if one is not None
    )
    rest = parts[len(people) :]
    and_others = rest[:1] == ["et al."]
    groups = [_GROUP.fullmatch(part) for part in rest[int(and_others) :]]
    bodies = tuple(one["group"] for one in groups if one is not None)
    if source.kind not in _ARTICLES or not people or len(bodies) < len(groups):
        return Authors(bodies=(source.authors,))
    return Authors(people, bodies, and_others)


def printed_in(source: Source) -> Printed | None:
    """Journal, volume, issue and pages of an article; None where it is no article."""
    if source.kind not in _ARTICLES:
        return None
    found = _PRINTED.fullmatch(source.publisher)
    if found is None:
        return Printed(source.publisher)
    named = {name: said or "" for name, said in found.groupdict().items()}
    del named["year"]  # the work's own date is the one to cite
    return Printed(**named)
