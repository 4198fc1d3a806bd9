"""Says what kinds of value a fact can have, and which numbers each one holds."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from bot.errors import ImpossibleValueError
from bot.knowledge.registers import entered


Prose: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, strip_whitespace=True)
]
Said: TypeAlias = Annotated[  # what a person may type: at least one word
    str, StringConstraints(strip_whitespace=True, pattern=r"\w")
]
Slug: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Number: TypeAlias = int | float
Bound: TypeAlias = Literal["exactly", "about", "below", "above", "up-to"]


def _as_written(written: object) -> object:
    """YAML reads 2026-01-09 as a date and 2026 as a number; both mean the text."""
    if isinstance(written, dt.date):
        return written.isoformat()
    return str(written) if isinstance(written, int) else written


Day: TypeAlias = Annotated[  # a day, a month or a year
    str,
    BeforeValidator(_as_written),
    StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"),
]

_BOUND_WORDS: dict[Bound, str] = {
    "exactly": "",
    "about": "about ",
    "below": "below ",
    "above": "more than ",
    "up-to": "up to ",
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Curated(BaseModel):
    """Something a curator wrote: frozen, and without a key nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Count(Curated):
    """So many of so many."""

    kind: Literal["count"]
    k: Annotated[int, Field(ge=0)]
    n: Annotated[int, Field(ge=1)]
    of: Prose  # what is counted: "people", "of the first three children"
    percent: Number | None = None  # as the source prints it, where it does
    rest: Prose | None = (
        None  # what the other n - k are, only where a source relates it
    )

    @model_validator(mode="after")
    def _possible(self) -> Count:
        if self.k > self.n:
            raise ImpossibleValueError(f"{self.k} of {self.n} is more than all")
        return self

    def text(self) -> str:
        """The count in words, without its percentage."""
        return f"{self.k} of {self.n} {self.of}"

    def numbers(self) -> frozenset[str]:
        """Every number this value holds, with the rounded percentage and a known rest."""
        rounded = plain(round(100 * self.k / self.n))
        printed = () if self.percent is None else (plain(self.percent),)
        others = () if self.rest is None else (plain(self.n - self.k),)
        return frozenset({plain(self.k), plain(self.n), rounded, *printed, *others})


class Percentage(Curated):
    """A share as a source prints it, where the count behind it was not seen."""

    kind: Literal["percentage"]
    percent: Annotated[Number, Field(ge=0, le=100)]
    n: Annotated[int, Field(ge=1)] | Literal["not-stated"]
    bound: Bound = "exactly"
    interval: tuple[Number, Number] | None = None  # 95 %, as published

    def text(self) -> str:
        """The share with its bound, its published interval and its denominator."""
        notes = []
        if self.interval is not None:
            low, high = map(plain, self.interval)
            notes.append(f"95% CI {low} to {high}%, as published")
        notes.append("n not stated" if self.n == "not-stated" else f"n = {self.n}")
        return f"{_BOUND_WORDS[self.bound]}{plain(self.percent)}% ({'; '.join(notes)})"

    def numbers(self) -> frozenset[str]:
        """The percentage, its interval and its denominator."""
        ends = () if self.interval is None else tuple(map(plain, self.interval))
        size = () if self.n == "not-stated" else (plain(self.n),)
        return frozenset({plain(self.percent), *ends, *size})


class Range(Curated):
    """From so much to so much."""

    kind: Literal["range"]
    low: Number
    high: Number
    unit: Prose

    @model_validator(mode="after")
    def _possible(self) -> Range:
        if self.low > self.high:
            raise ImpossibleValueError(f"{self.low} to {self.high} runs backwards")
        return self

    def text(self) -> str:
        """Both ends with the unit."""
        return f"{plain(self.low)} to {plain(self.high)} {self.unit}"

    def numbers(self) -> frozenset[str]:
        """Both ends, and any number in the unit."""
        return frozenset({plain(self.low), plain(self.high), *numbers_in(self.unit)})


class Quantity(Curated):
    """So much of a unit."""

    kind: Literal["quantity"]
    number: Number
    unit: Prose
    bound: Bound = "exactly"

    def text(self) -> str:
        """The number with its bound and unit."""
        return f"{_BOUND_WORDS[self.bound]}{plain(self.number)} {self.unit}"

    def numbers(self) -> frozenset[str]:
        """The number, and any number in the unit."""
        return frozenset({plain(self.number), *numbers_in(self.unit)})


class Date(Curated):
    """A day, a month or a year, or the span between two."""

    kind: Literal["date"]
    date: Day
    until: Day | None = None

    def text(self) -> str:
        """The day, or the span, in words."""
        first = in_words(self.date)
        return first if self.until is None else f"{first} to {in_words(self.until)}"

    def numbers(self) -> frozenset[str]:
        """The day and year numbers, without leading noughts."""
        written = f"{self.date}-{self.until or ''}"
        return frozenset(plain(int(part)) for part in numbers_in(written))


class Text(Curated):
    """Words, where the answer is words."""

    kind: Literal["text"]
    text_: Annotated[Prose, Field(alias="text")]

    def text(self) -> str:
        """The words themselves."""
        return self.text_

    def numbers(self) -> frozenset[str]:
        """The numbers that occur in the words."""
        return numbers_in(self.text_)


class Identifier(Curated):
    """Names under which something is registered or published."""

    kind: Literal["identifier"]
    ids: Annotated[dict[Prose, Prose], Field(min_length=1)]  # register: number

    def text(self) -> str:
        """Each register with its number."""
        return entered(self.ids)

    def numbers(self) -> frozenset[str]:
        """The numbers within the identifiers."""
        return numbers_in(self.text())


Single: TypeAlias = Annotated[
    Count | Percentage | Range | Quantity | Date | Text | Identifier,
    Field(discriminator="kind"),
]


class Item(Curated):
    """One named line of a list."""

    name: Prose
    value: Single | None = None

    def text(self) -> str:
        """The name with its value, where it has one."""
        return self.name if self.value is None else f"{self.name} {self.value.text()}"

    def numbers(self) -> frozenset[str]:
        """The numbers of the name and the value."""
        own = numbers_in(self.name)
        return own if self.value is None else own | self.value.numbers()


class Items(Curated):
    """Several things, each with a value of its own where it has one."""

    kind: Literal["list"]
    items: Annotated[tuple[Item, ...], Field(min_length=1)]

    def text(self) -> str:
        """The items in the order of the source."""
        return "; ".join(item.text() for item in self.items)

    def numbers(self) -> frozenset[str]:
        """Every number of every item."""
        return frozenset().union(*(item.numbers() for item in self.items))


Value: TypeAlias = Annotated[
    Count | Percentage | Range | Quantity | Date | Text | Identifier | Items,
    Field(discriminator="kind"),
]

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def plain(number: Number) -> str:
    """Write a number as people do: no trailing nought, no exponent."""
    return f"{number:.10f}".rstrip("0").rstrip(".")


def numbers_in(text: str) -> frozenset[str]:
    """Find the numbers in words, thousands separators removed, 2.0 read as 2."""
    found = _NUMBER.findall(re.sub(r"(?<=\d),(?=\d{3}\b)", "", text))
    return frozenset(plain(float(number)) for number in found)


def in_words(date: str) -> str:
    """Write 2026-01-09 as 9 January 2026, 2026-01 as January 2026."""
    year, *rest = date.split("-")
    parts = [str(int(rest[1]))] if len(rest) > 1 else []
    if rest:
        parts.append(MONTHS[int(rest[0]) - 1])
    return " ".join([*parts, year])
