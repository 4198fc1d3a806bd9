"""Small rules that objects are checked by; each says what Slack says, and where.

A rule takes a value and its JSON pointer, and yields one sentence per objection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias


Objections: TypeAlias = Iterator[str]
Rule: TypeAlias = Callable[[Any, str], Objections]
Rules: TypeAlias = Mapping[str, Rule]

PLAIN = ("plain_text",)
EITHER = ("mrkdwn", "plain_text")
NONE: dict[str, Rule] = {}


def said(reason: str, pointer: str) -> str:
    """One objection as Slack writes it."""
    return f"{reason} [json-pointer:{pointer}]"


def words(most: int, least: int = 0) -> Rule:
    """A string of so many characters."""

    def rule(value: Any, pointer: str) -> Objections:
        if not isinstance(value, str):
            yield said("must be a string", pointer)
        elif len(value) > most:
            yield said(f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            yield said(f"must be more than {least - 1} characters", pointer)

    return rule


def text(most: int, kinds: tuple[str, ...] = PLAIN) -> Rule:
    """A text object of one of these kinds, with 1 to `most` characters."""

    def rule(value: Any, pointer: str) -> Objections:
        if not isinstance(value, dict):
            yield said("must be a valid text object", pointer)
            return
        if value.get("type") not in kinds:
            yield said(f"unsupported type: {value.get('type')}", f"{pointer}/type")
        inside = value.get("text")
        if not isinstance(inside, str) or not inside:
            yield said("must be more than 0 characters", f"{pointer}/text")
        else:
            yield from words(most)(inside, f"{pointer}/text")

    return rule


def one_of(*values: object) -> Rule:
    """One of a few values."""

    def rule(value: Any, pointer: str) -> Objections:
        if value not in values:
            yield said("must be a valid enum value", pointer)

    return rule


def whole(least: int, most: int) -> Rule:
    """A whole number in a range, both ends included."""

    def rule(value: Any, pointer: str) -> Objections:
        if not isinstance(value, int) or isinstance(value, bool):
            yield said("must be an integer", pointer)
        elif not least <= value <= most:
            yield said(f"must be between {least} and {most}", pointer)

    return rule


def each(inner: Rule, most: int, least: int = 0) -> Rule:
    """A list of so many things, each by its own rule."""

    def rule(value: Any, pointer: str) -> Objections:
        if not isinstance(value, list):
            yield said("must be an array", pointer)
            return
        if len(value) > most:
            yield said(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            yield said(f"must have at least {least} items", pointer)
        for place, item in enumerate(value):
            yield from inner(item, f"{pointer}/{place}")

    return rule


def shape(needs: Rules = NONE, may: Rules = NONE) -> Rule:
    """An object with fields that it needs and fields that it may have."""

    def rule(value: Any, pointer: str) -> Objections:
        if not isinstance(value, dict):
            yield said("must be an object", pointer)
            return
        empty = [field for field in needs if value.get(field) in (None, "", [])]
        for field in empty:
            yield said(f"missing required field: {field}", pointer)
        for field, inner in {**needs, **may}.items():
            if field not in empty and value.get(field) is not None:
                yield from inner(value[field], f"{pointer}/{field}")

    return rule


def typed(kinds: Rules) -> Rule:
    """An object whose `type` says by which rule it goes."""

    def rule(value: Any, pointer: str) -> Objections:
        if not isinstance(value, dict):
            yield said("must be an object", pointer)
        elif not isinstance(value.get("type"), str) or value["type"] not in kinds:
            yield said(f"unsupported type: {value.get('type')}", f"{pointer}/type")
        else:
            yield from kinds[value["type"]](value, pointer)

    return rule


def both(*rules: Rule) -> Rule:
    """Everything that several rules say."""

    def rule(value: Any, pointer: str) -> Objections:
        for inner in rules:
            yield from inner(value, pointer)

    return rule


def either(*fields: str) -> Rule:
    """An object that has at least one of these fields; the first one is asked for."""

    def rule(value: Any, pointer: str) -> Objections:
        if isinstance(value, dict) and not any(value.get(name) for name in fields):
            yield said(f"missing required field: {fields[0]}", pointer)

    return rule


def unique(name: str, at: str = "") -> Rule:
    """A list in which nothing has the same name twice; `at` ends the pointer."""

    def rule(value: Any, pointer: str) -> Objections:
        seen: set[str] = set()
        for place, item in enumerate(value if isinstance(value, list) else []):
            own = item.get(name) if isinstance(item, dict) else None
            if isinstance(own, str) and own in seen:
                where = f"{pointer}/{place}{at}"
                yield said(f'{name} "{own}" already exists', where)
            seen.update({own} if isinstance(own, str) else set())

    return rule


def anything(_value: Any, _pointer: str) -> Objections:
    """Whatever it is."""
    yield from ()
