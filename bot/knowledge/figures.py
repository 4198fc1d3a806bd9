"""Says which pictures a pack declares, and from which facts each is drawn.

A picture holds no number of its own: its rows name facts, and words beside them may
repeat only numbers that those facts have.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.knowledge.model import Fact, Listed
from bot.knowledge.values import Curated, Item, Items, Prose, Slug, Value


class Row(Curated):
    """One line of a picture: a fact, or one item of a fact that is a list."""

    fact: Slug
    item: Annotated[int, Field(ge=1)] | None = None  # which of the list, from 1
    label: Prose | None = None  # else the item's name, or the fact's own label
    says: Prose | None = None  # quieter words; {value} is the value in words

    def part_of(self, fact: Fact) -> Item | None:
        """The item that the row means; none where it means the whole fact."""
        items = fact.value.items if isinstance(fact.value, Items) else ()
        fits = self.item is not None and self.item <= len(items)
        return items[self.item - 1] if fits and self.item is not None else None

    def value_in(self, fact: Fact) -> Value | None:
        """What the row shows; none where the item does not exist or has no value."""
        if self.item is None:
            return fact.value
        part = self.part_of(fact)
        return None if part is None else part.value

    def words_in(self, fact: Fact) -> str | None:
        """The value in words, or the name of an item that has none; none if no item."""
        value, part = self.value_in(fact), self.part_of(fact)
        if value is not None:
            return value.text()
        return None if part is None else part.name

    def title_in(self, fact: Fact) -> str:
        """What the row is called."""
        part = self.part_of(fact)
        return self.label or (fact.label if part is None else part.name)

    def words(self) -> tuple[str, ...]:
        """What a curator wrote beside the value."""
        return tuple(word for word in (self.label, self.says) if word)


Rows: TypeAlias = tuple[Row, ...]


class Shown(Curated):
    """What a kind of picture shows; each kind names its rows."""

    def counted(self) -> Rows:
        """The rows of which each must be so many of so many."""
        return ()

    def worded(self) -> Rows:
        """The rows that are told in words."""
        return ()

    def leading(self) -> Rows:
        """The rows whose facts the picture belongs to, once they are told."""
        return (*self.counted(), *self.worded())

    def gaps(self) -> tuple[str, ...]:
        """The gaps that stand in the picture."""
        return ()

    def conflicts(self) -> tuple[str, ...]:
        """The conflicts that stand in the picture."""
        return ()


class People(Shown):
    """Every person as a figure, in one row for each count, with its interval."""

    kind: Literal["people"]
    rows: Annotated[Rows, Field(min_length=1, max_length=4)]

    def counted(self) -> Rows:
        """One row of people for each."""
        return self.rows


class Points(Shown):
    """The same people at several points: each column is one person."""

    kind: Literal["points"]
    rows: Annotated[Rows, Field(min_length=2, max_length=3)]
    left: Rows  # who is in a row and not in the next, for each step, from a source

    def counted(self) -> Rows:
        """The points, and those who are missing at the next."""
        return (*self.rows, *self.left)


class Intervals(Shown):
    """Several proportions with their intervals, on one axis from 0 to 100%."""

    kind: Literal["intervals"]
    rows: Annotated[Rows, Field(min_length=1, max_length=8)]

    def counted(self) -> Rows:
        """One line for each."""
        return self.rows


class Journey(Shown):
    """What happens to a person, step by step; the spacing is schematic."""

    kind: Literal["journey"]
    rows: Annotated[Rows, Field(min_length=2, max_length=8)]

    def worded(self) -> Rows:
        """The steps in their order."""
        return self.rows


class Ladder(Shown):
    """The grades of a published scale: definitions, not frequencies."""

    kind: Literal["ladder"]
    rows: Annotated[Rows, Field(min_length=2, max_length=6)]  # the lowest grade first
    notes: Rows = ()

    def worded(self) -> Rows:
        """The grades, and what else the scale says."""
        return (*self.rows, *self.notes)


class Disagreement(Shown):
    """Two sides of a conflict: who says what, when, and which we use."""

    kind: Literal["conflict"]
    conflict: Slug

    def conflicts(self) -> tuple[str, ...]:
        """The one it is about."""
        return (self.conflict,)


class Evidence(Shown):
    """The evidence on one page: who, what, results, harms, what is not reported."""

    kind: Literal["evidence"]
    who: Row
    results: Annotated[Rows, Field(min_length=1, max_length=4)]
    harms: Annotated[Rows, Field(min_length=1, max_length=3)]
    design: Annotated[Rows, Field(min_length=1, max_length=5)]
    missing: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=12)]

    def counted(self) -> Rows:
        """The results."""
        return self.results

    def worded(self) -> Rows:
        """Who and what it is about, and the harms."""
        return (self.who, *self.design, *self.harms)

    def leading(self) -> Rows:
        """None: a page of everything belongs to no fact more than to another."""
        return ()

    def gaps(self) -> tuple[str, ...]:
        """What no source reports."""
        return self.missing


Shows: TypeAlias = Annotated[
    People | Points | Intervals | Journey | Ladder | Disagreement | Evidence,
    Field(discriminator="kind"),
]


class Figure(Listed):
    """A picture that a pack declares: its words, and the facts that it is drawn from."""

    title: Prose
    caption: Prose
    shows: Shows
    answers: tuple[Slug, ...] = ()  # other entries that it belongs to, once told

    def rows(self) -> Rows:
        """Every row, whatever it shows."""
        return (*self.shows.counted(), *self.shows.worded())

    def facts(self) -> tuple[str, ...]:
        """The facts that it is drawn from, each once."""
        return tuple(dict.fromkeys(row.fact for row in self.rows()))

    def told_with(self) -> tuple[str, ...]:
        """The entries whose telling it belongs to: facts drawn, conflicts, others."""
        drawn = (row.fact for row in self.shows.leading())
        return tuple(dict.fromkeys((*drawn, *self.shows.conflicts(), *self.answers)))
