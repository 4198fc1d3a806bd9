"""Compares two states of a pack: what came, what changed and why, what was taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact, Listed


Kind: TypeAlias = Literal["facts", "gaps", "conflicts", "sources"]
What: TypeAlias = Literal["added", "changed", "withdrawn"]

KINDS: tuple[Kind, ...] = ("facts", "gaps", "conflicts", "sources")
_UPKEEP = frozenset({"verified", "review_by", "drafted_by", "history"})


@dataclass(frozen=True, slots=True)
class Turned:
    """One field of an entry: what it said, and what it says now."""

    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something changed, and who answers for it."""

    why: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that is not what it was."""

    kind: Kind
    id: str
    label: str
    what: What
    turned: tuple[Turned, ...] = ()
    reason: Reason | None = None
    verified: str = ""  # who last held a fact against its source, and when
    silent: bool = False  # a fact that was rewritten or taken out without a word


def differences(old: Knowledge, new: Knowledge) -> tuple[Difference, ...]:
    """Everything that a reader of the old pack would find otherwise in the new one."""
    return tuple(found for kind in KINDS for found in _of_kind(kind, old, new))


def _of_kind(kind: Kind, old: Knowledge, new: Knowledge) -> Iterator[Difference]:
    was: Mapping[str, Listed] = getattr(old, kind)
    now: Mapping[str, Listed] = getattr(new, kind)
    for name in sorted(was.keys() | now.keys()):
        if name not in was:
            yield _added(kind, now[name])
        elif name not in now:
            yield _withdrawn(kind, was[name], new)
        else:
            yield from _changed(kind, was[name], now[name])


def _added(kind: Kind, entry: Listed) -> Difference:
    turned = Turned("says", "", _said(entry))
    return Difference(
        kind, entry.id, _label(entry), "added", (turned,), verified=_verified(entry)
    )


def _withdrawn(kind: Kind, entry: Listed, new: Knowledge) -> Difference:
    note = new.withdrawn.get(entry.id)
    reason = None if note is None else Reason(note.why, note.by, note.on)
    turned = (Turned("says", _said(entry), ""),)
    silent = isinstance(entry, Fact) and reason is None
    return Difference(
        kind, entry.id, _label(entry), "withdrawn", turned, reason, silent=silent
    )


def _changed(kind: Kind, was: Listed, now: Listed) -> Iterator[Difference]:
    turned = tuple(_turned(was, now))
    if turned:
        reason = _reason(was, now)
        silent = _told(was) != _told(now) and reason is None
        yield Difference(
            kind,
            now.id,
            _label(now),
            "changed",
            turned,
            reason,
            _verified(now),
            silent=silent,
        )


def _turned(was: Listed, now: Listed) -> Iterator[Turned]:
    """Each field that is otherwise; who checked it when is not one of them."""
    for name in sorted(type(now).model_fields.keys() - _UPKEEP):
        if getattr(was, name) != getattr(now, name):
            yield Turned(name, *_apart(was, now, name))


def _apart(was: Listed, now: Listed, name: str) -> tuple[str, str]:
    """Both in words; as they are written, where the words are the same."""
    words = _in_words(was, name), _in_words(now, name)
    return words if words[0] != words[1] else (_written(was, name), _written(now, name))


def _in_words(entry: Listed, name: str) -> str:
    if name == "value" and isinstance(entry, Fact):
        return entry.value.text()
    return _written(entry, name)


def _written(entry: Listed, name: str) -> str:
    part = entry.model_dump(mode="json", include={name}, exclude_none=True)
    return _flat(part.get(name, ""))


def _flat(written: object) -> str:
    """What a file says, on one line."""
    if isinstance(written, dict):
        return "; ".join(f"{key}: {_flat(part)}" for key, part in written.items())
    if isinstance(written, list):
        return ", ".join(map(_flat, written))
    return str(written)


def _told(entry: Listed) -> object:
    """What may not be rewritten without a word: the value and the statement."""
    return (entry.value, entry.statement) if isinstance(entry, Fact) else None


def _reason(was: Listed, now: Listed) -> Reason | None:
    """The history's word on what the entry said in the old pack."""
    if not (isinstance(was, Fact) and isinstance(now, Fact)):
        return None
    found = (
        Reason(one.why, one.by, one.until)
        for one in now.history
        if (one.value, one.statement) == (was.value, was.statement)
    )
    return next(found, None)


def _said(entry: Listed) -> str:
    """What an entry says, by whatever name its kind has for that."""
    names = ("statement", "wording", "phrase", "title")
    return _written(entry, next(n for n in names if n in type(entry).model_fields))


def _label(entry: Listed) -> str:
    return _written(entry, "label" if "label" in type(entry).model_fields else "title")


def _verified(entry: Listed) -> str:
    if not isinstance(entry, Fact):
        return ""
    return f"{entry.verified.by}, {entry.verified.on.isoformat()}"
