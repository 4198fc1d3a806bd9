"""Writes an entry as a curator would: one key a line, short lists on one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from bot.knowledge.values import Curated


_WIDE = 10_000  # columns: a sentence stays on its line, so that a diff shows a sentence
_PLACES = {  # as the packs are written: what it says, what it is about, who checked it
    name: place
    for place, name in enumerate(
        (
            *("measure", "aspect", "covers", "evidence", "closes_gap", "drafted_by"),
            *("draft", "verified", "cleared", "review_by", "history"),
        ),
        start=1,
    )
} | {"id": -1}


def entry_text(entry: Curated) -> str:
    """The entry as an item of a list two columns in, a line break at its end."""
    written = entry.model_dump(by_alias=True, exclude_defaults=True)
    keys = sorted(written, key=lambda key: _PLACES.get(key, 0))
    lines = [line for key in keys for line in _lines(key, written[key])]
    first, *rest = (f"    {line}" for line in lines)
    return "\n".join([f"  - {first.strip()}", *rest]) + "\n"


def _lines(key: str, part: Any) -> Iterator[str]:
    plain = _plain(part)
    if isinstance(plain, list) and plain and isinstance(plain[0], dict):
        yield f"{key}:"
        yield from (f"  - {_flow(one)}" for one in plain)
    else:
        yield f"{key}: {_flow(plain)}"


def _plain(part: Any) -> Any:
    """What a model holds, without its empty places."""
    if isinstance(part, dict):
        return {key: _plain(one) for key, one in part.items() if one is not None}
    if isinstance(part, list | tuple):
        return [_plain(one) for one in part]
    return part


def _flow(part: Any) -> str:
    said = yaml.safe_dump(
        part,
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=_WIDE,
    )
    return said.removesuffix("...\n").strip()
