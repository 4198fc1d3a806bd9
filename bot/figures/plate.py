"""A picture before it is drawn: its words, its shapes, and the same in plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.figures.drawing import Drawing, Layout, Note, drawn, drawn_on_a_page
from bot.figures.shapes import Block, Ink
from bot.figures.table import Record, csv_of
from bot.knowledge.figures import Figure


Paper: TypeAlias = Literal["as-high-as-needed", "a4"]

LONGEST_ALT = 2000  # characters; Slack refuses an image block with more


@dataclass(frozen=True, slots=True)
class Content:
    """What one kind of picture puts between the caption and the line below."""

    body: Block
    told: tuple[str, ...]  # the body in sentences, every number in it
    sketch: tuple[str, ...]  # the body in lines of a terminal, at most 76 columns
    records: tuple[Record, ...]  # what is plotted
    notes: tuple[Note, ...]  # drawn below the line, and told
    details: tuple[str, ...] = ()  # told in the longer description alone
    tone: Ink = "quiet"  # of the caption
    paper: Paper = "as-high-as-needed"


@dataclass(frozen=True, slots=True)
class Plate:
    """One picture of a pack, in every form but pixels."""

    name: str
    title: str
    caption: str
    facts: tuple[str, ...]
    content: Content

    @classmethod
    def of(cls, figure: Figure, title: str, content: Content) -> Plate:
        """A declared picture with what it shows."""
        return cls(figure.id, title, figure.caption, figure.facts(), content)

    @property
    def alt(self) -> str:
        """All that the picture says, every number drawn, in at most 2,000 characters."""
        return " ".join(map(_ended, self._spoken()))

    @property
    def description(self) -> str:
        """The longer equivalent: what is told, then the facts, places and limits."""
        return "\n".join([*map(_ended, self._spoken()), *self.content.details]) + "\n"

    @property
    def csv(self) -> str:
        """What is plotted, as comma-separated values with a heading line."""
        return csv_of(self.content.records)

    def drawing(self) -> Drawing:
        """The picture as shapes; a FigureError names a text that has no room."""
        content = self.content
        words = (self.title, self.caption, content.tone)
        layout = Layout(*words, content.body, content.notes, self.alt)
        return drawn_on_a_page(layout) if content.paper == "a4" else drawn(layout)

    def _spoken(self) -> Iterator[str]:
        yield self.title
        yield self.caption
        yield from self.content.told
        yield from (note.text for note in self.content.notes)


def _ended(said: str) -> str:
    """A sentence with a stop at its end."""
    return said if said.endswith((".", "?", "!", "”")) else f"{said}."
