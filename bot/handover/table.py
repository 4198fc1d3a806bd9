"""Writes facts as a table for reviewers: one row for each value, as CSV.

Excel and LibreOffice run what begins with a sign of a formula: such text gets an
apostrophe in front, as OWASP advises ("CSV injection").
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.answering.wording import brief_of, value_in_words
from bot.handover.parts import (
    Interval,
    Part,
    chapters,
    exported,
    interval_of,
    parts_of,
    share_of,
)
from bot.knowledge.bibliography import link_of
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.knowledge.provenance import Grading
from bot.knowledge.values import Count, plain


Cell: TypeAlias = str | int | float | None

_FORMULA = re.compile(r"\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]")  # the wide signs too
_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Row:
    """A value, with all that its fact says around it."""

    knowledge: Knowledge
    part: Part
    written: Mapping[str, Cell]  # the fields of the value, as the pack has them

    @property
    def fact(self) -> Fact:
        """The fact that the value belongs to."""
        return self.part.fact

    @property
    def interval(self) -> Interval | None:
        """The interval of the value, where it has one."""
        return interval_of(self.part.value)


def facts_as_csv(knowledge: Knowledge) -> str:
    """A row for each value of each fact, by topic; a list has as many rows as lines."""
    rows = (
        _row(knowledge, part)
        for facts in chapters(knowledge).values()
        for fact in facts
        for part in parts_of(fact)
    )
    return _csv((read(row) for read in COLUMNS.values()) for row in rows)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _csv(rows: Iterable[Iterable[Cell]]) -> str:
    said = io.StringIO()
    writer = csv.writer(said)  # its lines end as RFC 4180 has it
    writer.writerow(COLUMNS)
    writer.writerows(map(_cells, rows))
    return said.getvalue()


def _cells(row: Iterable[Cell]) -> Iterator[str]:
    for cell in row:
        if isinstance(cell, int | float):
            yield plain(cell)
        else:
            yield guarded(cell or "")


def _row(knowledge: Knowledge, part: Part) -> Row:
    return Row(knowledge, part, {} if part.value is None else part.value.model_dump())


def _joined(said: Iterable[str]) -> str:
    return _BETWEEN.join(said)


def _written(name: str) -> Callable[[Row], Cell]:
    return lambda row: row.written.get(name)


def _value(row: Row) -> Cell:
    return None if row.part.value is None else value_in_words(row.part.value)


def _share(row: Row) -> Cell:
    value = row.part.value
    return exported(share_of(value)) if isinstance(value, Count) else None


def _low(row: Row) -> Cell:
    return None if row.interval is None else exported(row.interval.low)


def _high(row: Row) -> Cell:
    return None if row.interval is None else exported(row.interval.high)


def _origin(row: Row) -> Cell:
    return None if row.interval is None else row.interval.origin


def _scale(row: Row) -> Cell:
    grading = row.fact.grading
    return grading.scale if isinstance(grading, Grading) else grading


def _scale_version(row: Row) -> Cell:
    grading = row.fact.grading
    return grading.version if isinstance(grading, Grading) else None


def _sources(row: Row) -> Cell:
    works = row.knowledge.sources
    return _joined(
        f"{one.source}: {one.locator} (read as: {one.read_as or works[one.source].read_as})"
        for one in row.fact.sources
    )


def _titles(row: Row) -> Cell:
    return _joined(row.knowledge.sources[one.source].title for one in row.fact.sources)


def _links(row: Row) -> Cell:
    works = (row.knowledge.sources[one.source] for one in row.fact.sources)
    return _joined(dict.fromkeys(link for link in map(link_of, works) if link))


def _harms(row: Row) -> Cell:
    name = row.fact.pair_with
    return None if name is None else row.knowledge.facts[name].statement


def _conflicts(row: Row) -> Cell:
    conflicts = row.knowledge.conflicts.values()
    return _joined(one.id for one in conflicts if row.fact.id in one.facts)


COLUMNS: Mapping[str, Callable[[Row], Cell]] = {
    "id": lambda row: row.part.id,
    "fact": lambda row: row.fact.id,
    "item": lambda row: row.part.number,
    "topic": lambda row: row.knowledge.topic(row.fact.id),
    "label": lambda row: row.fact.label,
    "item_label": lambda row: row.part.name,
    "measure": lambda row: _joined(row.fact.measure),
    "value_kind": _written("kind"),
    "value": _value,
    "k": _written("k"),
    "n": _written("n"),
    "of": _written("of"),
    "percent_printed": _written("percent"),
    "percent_computed": _share,
    "ci95_low": _low,
    "ci95_high": _high,
    "ci95_origin": _origin,
    "bound": _written("bound"),
    "range_low": _written("low"),
    "range_high": _written("high"),
    "quantity": _written("number"),
    "unit": _written("unit"),
    "date": _written("date"),
    "date_until": _written("until"),
    "population": lambda row: row.fact.population,
    "subset_of": lambda row: row.fact.subset_of,
    "time": lambda row: row.fact.time,
    "scale": _scale,
    "scale_version": _scale_version,
    "statement": lambda row: row.fact.statement,
    "brief": lambda row: brief_of(row.fact),
    "harms_to_tell_with_it": _harms,
    "how_got": lambda row: row.fact.got,
    "certainty": lambda row: row.fact.certainty,
    "caveats": lambda row: _joined(row.fact.caveats),
    "sources": _sources,
    "titles": _titles,
    "links": _links,
    "conflicts": _conflicts,
    "evidence": lambda row: _joined(row.fact.evidence),
    "verified_on": lambda row: row.fact.verified.on.isoformat(),
    "verified_by": lambda row: row.fact.verified.by,
    "review_by": lambda row: row.fact.review_by.isoformat(),
    "pack": lambda row: row.knowledge.trial.id,
    "pack_version": lambda row: row.knowledge.version,
}
