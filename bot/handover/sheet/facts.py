"""Lays out a fact: what it says, its numbers, what limits it, where it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering.wording import brief_of, day
from bot.handover.parts import Interval, Part, interval_of, parts_of, share_of
from bot.handover.sheet.paper import Card, Line, Lines, Picture, Row, Table, words
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.knowledge.provenance import Citation, Grading
from bot.knowledge.values import Count, Items, plain


_HOW_GOT = {
    "quoted": "Quoted from the source",
    "derived": "Derived from the sources by a curator",
    "computed": "Computed from published counts, not in the source",
}


@dataclass(frozen=True, slots=True)
class FactPages:
    """Lays out the facts of one pack, with the pictures that show them."""

    knowledge: Knowledge
    pictures: tuple[Picture, ...]

    def card(self, fact: Fact) -> Card:
        """Everything that the pack says about one fact."""
        rows = (*self._numbers(fact), *self._limits(fact), *self._origin(fact))
        return Card(
            anchor=anchor_of(fact.id),
            title=fact.label,
            lead=fact.statement,
            rows=tuple(row for row in rows if row.lines),
            table=_table(fact),
        )

    def link(self, name: str) -> Line:
        """A line that leads to the entry of that id."""
        return Line(self.knowledge.entry(name).label, f"#{anchor_of(name)}")

    def cited(self, citation: Citation) -> Line:
        """A line that leads to a work, and says where in it and through what."""
        source = self.knowledge.sources[citation.source]
        read_as = citation.read_as or source.read_as
        place = f"; {citation.locator} (read as: {read_as})"
        return Line(source.title, f"#{source_anchor(source.id)}", place)

    def _numbers(self, fact: Fact) -> Iterator[Row]:
        if not isinstance(fact.value, Items):
            (part,) = parts_of(fact)
            yield Row.of("Value", told(part))
            interval = interval_of(part.value)
            yield Row.of("95% interval", _with_origin(interval) if interval else "")
        yield Row.of("In an answer", brief_of(fact))
        yield Row.of("Population", fact.population)
        yield Row("Part of", self._links([fact.subset_of]))
        yield Row.of("Time point", fact.time or "")
        yield Row.of("Scale", _scale(fact))

    def _limits(self, fact: Fact) -> Iterator[Row]:
        harms = [fact.pair_with] if fact.pair_with is not None else []
        yield Row("Harms to tell with it", tuple(map(self._with_statement, harms)))
        yield Row.of("Caveats", *fact.caveats)
        conflicts = self.knowledge.conflicts.values()
        yield Row(
            "Sources differ",
            self._links(one.id for one in conflicts if fact.id in one.facts),
        )

    def _origin(self, fact: Fact) -> Iterator[Row]:
        yield Row("Sources", tuple(map(self.cited, fact.sources)))
        got = f"{_HOW_GOT[fact.got]}; read at the level of: {fact.certainty}"
        yield Row.of("Certainty", got)
        checked = f"{day(fact.verified.on)}, by {fact.verified.by}"
        yield Row.of("Verified", f"{checked}; review by {day(fact.review_by)}")
        shown = (one for one in self.pictures if fact.id in one.facts)
        yield Row("Pictures", tuple(Line(p.title, f"#{p.anchor}") for p in shown))
        yield name_row(fact.id, fact.evidence)

    def _with_statement(self, name: str) -> Line:
        linked = self.link(name)
        statement = self.knowledge.facts[name].statement
        return Line(linked.text, linked.target, f": {statement}")

    def _links(self, names: Iterable[str | None]) -> Lines:
        return tuple(self.link(name) for name in names if name is not None)


def anchor_of(entry: str) -> str:
    """Where the sheet has an entry."""
    return f"entry-{entry}"


def source_anchor(source: str) -> str:
    """Where the sheet has a work."""
    return f"source-{source}"


def name_row(name: str, dossier: tuple[str, ...]) -> Row:
    """Under which name the pack has an entry, and the dossier its evidence."""
    noted = f" (dossier: {', '.join(dossier)})" if dossier else ""
    return Row.of("Id", f"{name}{noted}")


def told(part: Part) -> str:
    """A value in words: a count with its share, and everything else as it is."""
    value = part.value
    if isinstance(value, Count) and interval_of(value) is not None:
        return f"{value.text()} ({plain(round(share_of(value), 1))}%)"
    return "" if value is None else value.text()


def interval_in_words(interval: Interval) -> str:
    """Both ends of an interval, with one decimal where it tells something."""
    low, high = (plain(round(end, 1)) for end in (interval.low, interval.high))
    return f"{low} to {high}%"


def _with_origin(interval: Interval) -> str:
    return f"{interval_in_words(interval)} ({interval.origin})"


def _table(fact: Fact) -> Table | None:
    """The lines of a list; where all intervals have one origin, the head says it."""
    if not isinstance(fact.value, Items):
        return None
    parts = parts_of(fact)
    found = [interval_of(part.value) for part in parts]
    origins = sorted({one.origin for one in found if one is not None})
    is_one = len(origins) == 1
    head = f"95% interval ({origins[0]})" if is_one else "95% interval"
    written = interval_in_words if is_one else _with_origin
    rows = tuple(
        (words(part.name), words(told(part)), words(written(one) if one else ""))
        for part, one in zip(parts, found, strict=True)
    )
    caption = f"Values of: {fact.label}"
    return Table(caption, ("Item", "Value", head), rows).without_empty_columns()


def _scale(fact: Fact) -> str:
    if isinstance(fact.grading, Grading):
        return f"{fact.grading.scale} {fact.grading.version}"
    return "" if fact.grading is None else "The source names no grading scale"
