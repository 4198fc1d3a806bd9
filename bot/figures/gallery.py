"""The pictures of a pack: which belong to an answer, and each of them in every form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias, assert_never

import resvg_py
from rapidfuzz import process

from bot.answering.composition import FigureRef
from bot.errors import UnknownFigureError
from bot.figures.pdf import pdf
from bot.figures.plain import plain
from bot.figures.plate import Plate
from bot.figures.plates import plate_of
from bot.figures.png import png
from bot.figures.prints import Prints
from bot.figures.svg import font_faces, svg
from bot.figures.themes import Theme
from bot.knowledge.figures import Figure
from bot.knowledge.load import Knowledge


Form: TypeAlias = Literal["svg", "png", "pdf", "csv", "txt"]

MOST_BESIDE = 2  # pictures beside one answer: more is a report
_NEAR = 60.0  # of 100, rapidfuzz: below it, names share little but their length
_DIGITS = 32  # hexadecimal digits of a name on disk: 128 bits


class Gallery:
    """Every picture that a pack declares; each is made when it is first asked for."""

    def __init__(self, knowledge: Knowledge, prints: Prints) -> None:
        self._knowledge = knowledge
        self._prints = prints
        self._plates: dict[str, Plate] = {}
        self._inline: dict[tuple[str, Theme], str] = {}
        self._digests: dict[tuple[str, Theme], str] = {}

    @property
    def titles(self) -> Mapping[str, str]:
        """The title of every picture by its name, in the order of the pack."""
        return {name: one.title for name, one in self._knowledge.figures.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """The name of every picture, in the order of the pack."""
        return tuple(self._knowledge.figures)

    def plate(self, name: str) -> Plate:
        """A picture in words: alt, description, csv; UnknownFigureError if none is."""
        if name not in self._knowledge.figures:
            near = process.extract(name, self.names, limit=3, score_cutoff=_NEAR)
            raise UnknownFigureError(name, [found for found, _, _ in near])
        if name not in self._plates:
            figure = self._knowledge.figures[name]
            self._plates[name] = plate_of(figure, self._knowledge)
        return self._plates[name]

    def showing(self, entries: Sequence[str]) -> tuple[str, ...]:
        """The pictures that show any of these entries, the best first.

        Best is what shows the entry told first, and little beside what was told.
        """
        figures = self._knowledge.figures.values()
        fitting = [f for f in figures if not set(entries).isdisjoint(f.told_with())]
        ranked = sorted(fitting, key=lambda figure: _rank(figure, entries))
        return tuple(figure.id for figure in ranked)

    def of(self, entries: Sequence[str]) -> tuple[FigureRef, ...]:
        """The pictures that a reply carries, with the text equivalent of each."""
        names = self.showing(entries)[:MOST_BESIDE]
        return tuple(FigureRef(id=name, alt=self.plate(name).alt) for name in names)

    def inline(self, name: str, theme: Theme) -> str:
        """A picture as SVG for a page that brings `font_faces()` along once."""
        if (name, theme) not in self._inline:
            drawing = self.plate(name).drawing()
            self._inline[name, theme] = svg(drawing, theme)
        return self._inline[name, theme]

    def digest(self, name: str, theme: Theme) -> str:
        """What changes when, and only when, the picture does: 32 hexadecimal digits."""
        if (name, theme) not in self._digests:
            made_of = f"{resvg_py.__version__}\n{self.inline(name, theme)}"
            whole = hashlib.sha256(made_of.encode()).hexdigest()
            self._digests[name, theme] = whole[:_DIGITS]
        return self._digests[name, theme]

    def rendered(self, name: str, theme: Theme, form: Form) -> bytes:
        """A picture as a file of its own; a PNG or PDF is made once and kept."""
        match form:
            case "png":
                make = partial(png, self.inline(name, theme))
                return self._prints.made(f"{self.digest(name, theme)}.png", make)
            case "pdf":
                make = partial(pdf, self.plate(name).drawing(), theme)
                return self._prints.made(f"{self.digest(name, theme)}.pdf", make)
            case "svg":
                return svg(self.plate(name).drawing(), theme, font_faces()).encode()
            case "csv" | "txt":
                return _in_words(self.plate(name), form).encode()
            case _:
                assert_never(form)


class Galleries:
    """The gallery of whichever pack runs: another one once another pack took over."""

    def __init__(self, cache_dir: Path) -> None:
        self._prints = Prints(cache_dir.expanduser() / "pictures")
        self._last: tuple[Knowledge, Gallery] | None = None

    def of(self, knowledge: Knowledge) -> Gallery:
        """The pictures of a pack; finished ones are kept beside the parsed files."""
        if self._last is None or self._last[0] is not knowledge:
            self._last = knowledge, Gallery(knowledge, self._prints)
        return self._last[1]


def _in_words(plate: Plate, form: Literal["csv", "txt"]) -> str:
    return plate.csv if form == "csv" else f"{plain(plate)}\n{plate.description}"


def _rank(figure: Figure, entries: Sequence[str]) -> tuple[int, float]:
    told = figure.told_with()
    first = min(place for place, entry in enumerate(entries) if entry in told)
    drawn = max(1, len(figure.facts()))
    return first, -len(set(entries).intersection(told)) / drawn
