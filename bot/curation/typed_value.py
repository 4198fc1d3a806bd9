"""Reads a value as a curator types it: 7 of 11 people, 5 to 50 lux, 9 January 2026."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError

from bot.errors import CurationError
from bot.knowledge.values import Value


Written: TypeAlias = dict[str, Any]

WAYS = (
    "7 of 11 people",
    "64% of 11",
    "64% (n not stated)",
    "5 to 50 lux",
    "about 6 months",
    "2026-01-09",
    "“words in quotation marks”",
    "list: first; second: 3 of 11 people",
    "ids: Register ABC-1; Other XYZ-2",
)

NO_DAY = "write a day as 2026-01-09, a month as 2026-01, a year as 2026"

_VALUE: TypeAdapter[Any] = TypeAdapter(Value)
_NUMBER = r"(\d+(?:\.\d+)?)"
_BOUND = r"(?:(about|below|above|more than|up to)\s+)?"
_BOUNDS = {"more than": "above", "up to": "up-to", "": "exactly"}
_MONTHS = {
    name[:3]: f"{number:02}"
    for number, name in enumerate(
        (
            *("january", "february", "march", "april", "may", "june", "july"),
            *("august", "september", "october", "november", "december"),
        ),
        start=1,
    )
}
_DAY_IN_WORDS = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\s+(\d{4})")


def value_of(typed: str) -> Value:
    """The value that these words mean; a CurationError shows how one is typed."""
    said = " ".join(typed.split())
    for form, build in _FORMS.items():
        found = re.fullmatch(form, said, re.IGNORECASE)
        if found is not None:
            return _valid(build(*(part or "" for part in found.groups())), said)
    raise CurationError(f"{said!r} is no value that I can read: {_ways()}")


def _valid(written: Written, said: str) -> Value:
    try:
        value: Value = _VALUE.validate_python(written)
    except ValidationError as error:
        first = error.errors()[0]
        is_day = first["type"] == "string_pattern_mismatch"
        reason = first["msg"].removeprefix("Value error, ") if not is_day else NO_DAY
        raise CurationError(f"{said!r} cannot be: {reason}") from error
    return value


def _ways() -> str:
    return f"write {' · '.join(WAYS)}"


def _number(said: str) -> int | float:
    return float(said) if "." in said else int(said)


def _count(k: str, n: str, of: str, percent: str) -> Written:
    printed = {"percent": _number(percent)} if percent else {}
    return {"kind": "count", "k": int(k), "n": int(n), "of": of, **printed}


def _percentage(bound: str, percent: str, n: str) -> Written:
    size = int(n) if n else "not-stated"
    return {"kind": "percentage", "percent": _number(percent), "n": size} | _bound(
        bound
    )


def _range(low: str, high: str, unit: str) -> Written:
    return {"kind": "range", "low": _number(low), "high": _number(high), "unit": unit}


def _quantity(bound: str, number: str, unit: str) -> Written:
    written = {"kind": "quantity", "number": _number(number), "unit": unit}
    return written | _bound(bound)


def _bound(said: str) -> Written:
    word = said.lower()
    return {"bound": _BOUNDS.get(word, word)}


def _date(first: str, last: str) -> Written:
    until = {"until": _day(last)} if last else {}
    return {"kind": "date", "date": _day(first), **until}


def _day(said: str) -> str:
    """2026-01-09 for 9 January 2026; what is no month stays as it was typed."""
    found = _DAY_IN_WORDS.fullmatch(said)
    if found is None:
        return said
    day, name, year = found.groups()
    month = _MONTHS.get(name[:3].lower(), name)
    return "-".join([year, month, *([f"{int(day):02}"] if day else [])])


def _text(words: str) -> Written:
    return {"kind": "text", "text": words}


def _list(said: str) -> Written:
    parts = [part.strip() for part in said.split(";") if part.strip()]
    return {"kind": "list", "items": list(map(_item, parts))}


def _item(said: str) -> Written:
    name, _, value = map(str.strip, said.partition(": "))
    return {"name": name, "value": value_of(value)} if value else {"name": name}


def _identifier(said: str) -> Written:
    pairs = (part.strip().rpartition(" ") for part in said.split(";"))
    return {"kind": "identifier", "ids": {name: number for name, _, number in pairs}}


_DAY = r"(\d{4}(?:-\d{2}){0,2}|(?:\d{1,2} )?[a-z]{3,9} \d{4})"
_FORMS: Mapping[str, Callable[..., Written]] = {
    rf"(\d+)(?: of |/)(\d+) ([^(%]+?)(?: \({_NUMBER}%\))?": _count,
    rf"{_BOUND}{_NUMBER} ?%(?: of (\d+)| \(n = (\d+)\)| \(n not stated\))?": (
        lambda bound, percent, n, size: _percentage(bound, percent, n or size)
    ),
    rf"{_DAY}(?: to {_DAY})?": _date,
    rf"{_NUMBER}(?: to |-|\u2013){_NUMBER} (.+)": _range,
    rf"{_BOUND}{_NUMBER} ([^\d;]+)": _quantity,
    r"[“\"](.+)[”\"]": _text,
    r"list: (.+)": _list,
    r"ids: (.+)": _identifier,
}
