"""Names every field that a log line or a span may carry, and cuts what is too long.

What people write, and what they are given access with, is in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


KNOWN = frozenset(
    {
        "attempt",  # which one
        "call",  # a method of Slack's Web API
        "code",  # Slack's code of a refusal, such as invalid_blocks
        "count",
        "decision",
        "facts",  # ids of the pack
        "faults",  # what broke: kind, code, frames
        "host",
        "key",  # team:channel:ts of a question; no words
        "knowledge",  # version of the pack
        "kind",  # the class of an error
        "pack",
        "port",
        "reason",  # a sentence of ours that quotes nothing
        "reference",  # what a person was told to quote
        "replica",
        "seconds",
        "state",  # of a question
        "status",  # of HTTP
        "where",  # file and line of a library's own log call
    }
)
LONGEST = 300  # characters of a field; the longest sentence of ours has about 200
MOST = 40  # entries of a list; a deeper stack repeats itself


def known_only(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The known fields, each bounded; of the others nothing."""
    return {name: _bounded(said) for name, said in fields.items() if name in KNOWN}


def _bounded(said: Any) -> Any:
    if said is None or isinstance(said, int | float):
        return said
    if isinstance(said, Mapping):
        return {str(name): _bounded(part) for name, part in said.items()}
    if isinstance(said, list | tuple):
        return [_bounded(part) for part in said[:MOST]]
    return str(said)[:LONGEST]
