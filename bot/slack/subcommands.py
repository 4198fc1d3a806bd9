"""Reads what stands after the slash command: one of our words, or a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


_NUMBER = re.compile(r"\[?(\d{1,4})\]?")


@dataclass(frozen=True, slots=True)
class Commanded:
    """What stood after the command: its first word if it is one of ours, the rest."""

    verb: str
    rest: str


def read_command(text: str) -> Commanded:
    """The subcommand and its words; a question by itself is one to `ask`.

    A word that needs company counts only with it, one that stands alone only alone,
    so that "source of the cells?" stays a question.
    """
    first, _, rest = text.strip().partition(" ")
    verb, rest = first.casefold(), rest.strip()
    takes = _TAKES.get(verb)
    if takes is None or not takes(rest):
        return Commanded("ask", text)
    return Commanded(verb, rest)


def _anything(_rest: str) -> bool:
    return True


def _nothing(rest: str) -> bool:
    return not rest


def _something(rest: str) -> bool:
    return bool(rest)


def _one_name(rest: str) -> bool:
    """A number, with or without brackets, or an id of the pack."""
    is_id = "-" in rest and " " not in rest
    return is_id or _NUMBER.fullmatch(rest) is not None


_TAKES: dict[str, Callable[[str], bool]] = {
    "ask": _something,
    "figure": _anything,
    "cite": _anything,
    "gaps": _anything,
    "oncall": _nothing,
    "what-changed": _nothing,
    "source": _one_name,
    "help": _nothing,
}
