"""Reads who wrote a work and where it was printed out of the lines a curator wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from bot.knowledge.model import Source
from bot.knowledge.values import MONTHS


_ARTICLES = frozenset({"paper", "abstract"})  # their authors stand in a list of people
_NAME = r"[\w'\u2019-]+"
_PERSON = re.compile(
    rf"(?P<family>(?=[^\W\d_]){_NAME}(?: {_NAME})?) (?P<given>[A-Z]{{1,3}})"
)
_GROUP = re.compile(r"(?:and|for|on behalf of) the (?P<group>.+)")
_PRINTED = re.compile(
    r"(?P<journal>[^\d;:,]+?)(?:, (?P<month>[A-Z][a-z]+))? (?P<year>\d{4})"
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
    del named["year"], named["month"]
    return Printed(**named)


def dated(source: Source) -> str | None:
    """The date to cite, as ISO 8601: its issue's where that is another than its own.

    Volume and page are the issue's, so a date beside them has to be the issue's too.
    """
    own, issue = source.date, _issue_date(source)
    return own if own is None or own.startswith(issue) else issue


def ahead_of_print(source: Source) -> str | None:
    """The work's own date, as ISO 8601, where it came out before its issue."""
    own, issue = source.date, _issue_date(source)
    is_other = own is not None and own[: len(issue)] < issue[: len(own)]
    return own if is_other else None


def place_of(source: Source) -> str:
    """Where a work stands, as a reference in the Vancouver style names it."""
    found, printed = _PRINTED.fullmatch(source.publisher), printed_in(source)
    if found is None or printed is None or not printed.volume:
        return source.publisher
    month = f" {found['month'][:3]}" if found["month"] in MONTHS else ""
    issue = f"({printed.issue})" if printed.issue else ""
    rest = f". {printed.rest}" if printed.rest else ""
    volume = f"{printed.volume}{issue}:{printed.pages}"
    return f"{printed.journal}. {found['year']}{month};{volume}{rest}"


def _issue_date(source: Source) -> str:
    """As much as its line says of an issue with volume and page; else empty."""
    found = _PRINTED.fullmatch(source.publisher)
    if source.kind not in _ARTICLES or found is None or not found["volume"]:
        return ""
    named = found["month"]
    month = f"-{MONTHS.index(named) + 1:02}" if named in MONTHS else ""
    return f"{found['year']}{month}"
