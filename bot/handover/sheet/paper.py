"""Says what the evidence sheet consists of, whatever it is printed on."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import compress
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Line:
    """Some words, and where they lead: an anchor of the sheet, an address, or nowhere."""

    text: str
    target: str = ""  # "#entry-walks", "https://…"
    after: str = ""  # what follows on the same line and leads nowhere


FAMILY = "Inter"  # what the style sheet and the pictures call the letters

Lines: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A term, and what stands beside it."""

    term: str
    lines: Lines

    @classmethod
    def of(cls, term: str, *texts: str) -> Row:
        """A row of plain words; what is empty is left out."""
        return cls(term, words(*texts))


def words(*texts: str) -> Lines:
    """Lines that lead nowhere; what is empty is left out."""
    return tuple(Line(text) for text in texts if text)


def numbered(count: int, name: str) -> str:
    """So many of a thing: 1 fact, 2 facts."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in columns; the first cell of a row says what the row is about."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Lines, ...], ...]  # each as long as the head

    def without_empty_columns(self) -> Table:
        """The same table, but for the columns in which nothing stands."""
        full = [any(cells) for cells in zip(*self.rows, strict=True)]
        head = tuple(compress(self.head, full))
        rows = tuple(tuple(compress(row, full)) for row in self.rows)
        return Table(self.caption, head, rows)


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of the pack: what it says first, then everything about it."""

    anchor: str
    title: str
    lead: str
    rows: tuple[Row, ...]
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the pack, in both themes, as pixels, and in words."""

    id: str
    title: str
    alt: str
    light: str  # SVG
    dark: str  # SVG
    png: bytes
    facts: tuple[str, ...]  # the facts that it shows

    @property
    def anchor(self) -> str:
        """Where the sheet shows it."""
        return f"picture-{self.id}"

    @property
    def size(self) -> tuple[int, int]:
        """How wide and how high it is, in pixels, as the head of the PNG says."""
        width, height = struct.unpack_from(">II", self.png, 16)
        return width, height


@dataclass(frozen=True, slots=True)
class Chapter:
    """Some entries under one heading."""

    anchor: str
    title: str
    says: str
    rows: tuple[Row, ...] = ()
    cards: tuple[Card, ...] = ()
    pictures: tuple[Picture, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole of it, with what stands on its first page."""

    title: str
    subtitle: str
    badges: tuple[str, ...]
    version: str  # of the pack
    as_of: str  # the day, as YYYY-MM-DD, on which an entry was last checked
    chapters: tuple[Chapter, ...]

    @property
    def footer(self) -> str:
        """What stands at the foot of each page."""
        return f"{self.title}, knowledge {self.version}"


@dataclass(frozen=True, slots=True)
class Letters:
    """A TrueType font in two weights, that the sheet brings along."""

    regular: bytes
    bold: bytes
