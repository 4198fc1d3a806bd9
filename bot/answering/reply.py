"""Names the outcomes a question can have; nothing else is a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.knowledge.model import Conflict, Fact, Gap


Boundary: TypeAlias = Literal["emergency", "patient_advice", "report"]
Told: TypeAlias = Fact | Conflict


@dataclass(frozen=True, slots=True)
class Answer:
    """The facts that were asked for, the first one foremost."""

    entries: tuple[Told, ...]
    next_best: tuple[Fact | Gap | Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class NotReported:
    """No source reports it: a known gap, or a qualifier that the facts do not cover."""

    gap: Gap | None
    qualifiers: tuple[str, ...]  # concepts named and not covered; empty with a gap
    nearest: tuple[Told, ...]
    next_best: tuple[Fact | Gap | Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Clarify:
    """Two or more different entries fit; the asker chooses."""

    choices: tuple[Fact | Gap | Conflict, ...]


@dataclass(frozen=True, slots=True)
class BoundaryReply:
    """Not ours to answer: somebody in danger, advice about a person, a report."""

    boundary: Boundary


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """About something else, or not a question at all."""

    greeting: bool = False  # nothing was asked
    foreign: bool = False  # asked in a language that is not read here


Reply: TypeAlias = Answer | NotReported | Clarify | BoundaryReply | OutOfScope
