"""Lists what a curator fills in to draft a fact, in a terminal or in a window."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from bot.knowledge.terms import Topic


ASKED: Mapping[str, str] = {  # every field that must be filled in, and what it is
    "label": "two to five words, for a button",
    "value": "for example 7 of 11 people, 5 to 50 lux, 2026-01-09, “words”",
    "population": "whom or what it is about: the 11 people treated",
    "time": "the time point or window, as the source has it; empty if it gives none",
    "source": "the id of the work that says it, as in sources.yaml",
    "locator": "where exactly in that work: table 2, row 1",
    "statement": "one sentence, complete in itself, in your own words",
    "topic": f"the file it belongs to: {', '.join(get_args(Topic))}",
    "measure": "what a question must be about: concepts, with commas between",
    "covers": "what else a question may name and still be answered: concepts, or empty",
    "by": "your name",
}
OPTIONAL = frozenset({"time", "covers"})
CHANGED = frozenset({"value", "statement", "by"})  # all that a changed fact needs


@dataclass(frozen=True, slots=True)
class Fields:
    """What a curator typed, one text for each field; empty is not filled in."""

    label: str = ""
    value: str = ""
    population: str = ""
    time: str = ""
    source: str = ""
    locator: str = ""
    statement: str = ""
    topic: str = ""
    measure: str = ""
    covers: str = ""
    by: str = ""
    id: str = ""  # made from the label where none is given
    brief: str = ""  # the statement, its value filled in, where none is given
    got: str = ""  # quoted, where nothing is given
    certainty: str = ""  # what kind of work the source is, where nothing is given
    pair_with: str = ""  # the harms fact that a benefit travels with
    why: str = ""  # needed where a fact of this id is superseded
    gap: str = ""  # the number of the gap that it closes


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field, in one sentence."""

    field: str  # of Fields
    says: str


def id_of(fields: Fields) -> str:
    """The id that was given, or one made from the label."""
    made = re.sub(r"[^a-z0-9]+", "-", fields.label.casefold()).strip("-")
    return fields.id.strip() or made
