"""Scores replies to questions whose right answer is known: right, tap, … or wrong.

The outcomes are those of the question set's own score.py, so that both agree; here
each also comes with its exact interval.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.answering.composition import (
    BOUNDARY_DECISIONS,
    Answers,
    Composition,
    Decision,
)
from bot.answering.intervals import clopper_pearson
from bot.errors import UnreadableFileError
from bot.understanding.question import Question


Outcome: TypeAlias = Literal["right", "tap", "overcaution", "off", "wrong"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

FOLD_WORDS = 120  # ANSWERS: what is seen without opening anything
MANY_FIGURES = 3  # groups; a question for more may take twice the words
ALL = "ALL"  # the row that counts every question


def _readable(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return pattern


Pattern: TypeAlias = Annotated[str, AfterValidator(_readable)]


class Probe(BaseModel):
    """A question with the decisions that are accepted and the figures that must show."""

    model_config = ConfigDict(frozen=True, extra="ignore")  # voices and notes stay

    id: str
    question: str
    thread: tuple[str, ...] = ()
    expect: Annotated[tuple[Decision, ...], Field(min_length=1)]  # best first
    must: tuple[tuple[Pattern, ...], ...] = ()  # each group must show above the fold
    must_not: tuple[Pattern, ...] = ()  # none may occur anywhere

    def as_question(self) -> Question:
        """The question as the desk receives it."""
        return Question.of(self.question, self.thread)


@dataclass(frozen=True, slots=True)
class Scored:
    """A probe, the reply it got, the outcome and why."""

    probe: Probe
    reply: Composition
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the exact 95 % interval in percent."""

    k: int
    n: int

    @property
    def percent(self) -> float:
        """The share in percent."""
        return 100 * self.k / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Clopper-Pearson, both ends in percent."""
        return clopper_pearson(self.k, self.n)


def read_probes(path: Path) -> tuple[Probe, ...]:
    """Every question of a set; raise UnreadableFileError with the line of a bad one."""
    return tuple(_probes_in(path, _text_of(path)))


def evaluate(probes: Iterable[Probe], answers: Answers) -> Iterator[Scored]:
    """Ask each question and score the reply."""
    for probe in probes:
        yield scored(probe, answers.reply_to(probe.as_question()))


def scored(probe: Probe, reply: Composition) -> Scored:
    """The one outcome that a reply has."""
    outcome, why = _outcome(probe, reply)
    return Scored(probe, reply, outcome, why)


def table_of(results: Sequence[Scored]) -> Mapping[str, Mapping[Outcome, Share]]:
    """The share of each outcome, by the decision that was expected; ALL comes last."""
    kinds = sorted({result.probe.expect[0] for result in results})
    table: dict[str, Mapping[Outcome, Share]] = {}
    for kind in kinds:
        rows = [result for result in results if result.probe.expect[0] == kind]
        table[kind] = _shares(rows)
    return {**table, ALL: _shares(results)} if results else table


def confusion_of(results: Sequence[Scored]) -> Mapping[tuple[str, str], int]:
    """How often each decision was given where another was expected."""
    return Counter(
        (result.probe.expect[0], result.reply.decision) for result in results
    )


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        reason = "there is no such file, or it cannot be read: name a question set"
        raise UnreadableFileError(path, 1, reason) from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(path, 1, "not UTF-8: save it as UTF-8") from error


def _probes_in(path: Path, text: str) -> Iterator[Probe]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield Probe.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(map(str, first["loc"])) or "line"
                reason = f"{where}: {first['msg']}"
                raise UnreadableFileError(path, number, reason) from error


def _shares(rows: Sequence[Scored]) -> Mapping[Outcome, Share]:
    found = Counter(row.outcome for row in rows)
    return {outcome: Share(found[outcome], len(rows)) for outcome in OUTCOMES}


def _outcome(probe: Probe, reply: Composition) -> tuple[Outcome, str]:
    """The order is score.py's: what must not be said, then the decision."""
    everything = f"{reply.text}\n{reply.answer}"
    for pattern in probe.must_not:
        if _found(pattern, everything):
            return "wrong", f"says what it must not: {pattern}"
    if reply.decision in probe.expect:
        return _as_expected(probe, reply)
    return _otherwise(probe, reply)


def _as_expected(probe: Probe, reply: Composition) -> tuple[Outcome, str]:
    missing = [group for group in probe.must if not _shown(group, reply.answer)]
    if missing and reply.decision == "answered":
        return "wrong", f"answered without {list(missing[0])}"
    if missing:
        return "off", f"declined without {list(missing[0])}"
    words = len(reply.answer.split())
    many = len(probe.must) > MANY_FIGURES
    if words > FOLD_WORDS * (2 if many else 1):
        return "wrong", f"{words} words above the fold"
    return "right", ""


def _otherwise(probe: Probe, reply: Composition) -> tuple[Outcome, str]:
    """The outcome of a decision that was not among those accepted."""
    best, given = probe.expect[0], reply.decision
    if given == "answered":
        return "wrong", f"answered, expected {best}"
    if best == "answered":
        return _declined(probe, reply)
    missed = best in BOUNDARY_DECISIONS and given not in BOUNDARY_DECISIONS
    if best == "emergency" or missed:
        return "wrong", f"missed {best}: {given}"
    return "off", f"{given}, expected {best}"


def _declined(probe: Probe, reply: Composition) -> tuple[Outcome, str]:
    for suggestion in reply.suggestions:
        if all(_shown(group, suggestion.answer) for group in probe.must):
            return "tap", f"{reply.decision}, right suggestion {suggestion.label!r}"
    return "overcaution", f"{reply.decision}, expected an answer"


def _shown(group: Iterable[str], text: str) -> bool:
    return any(_found(pattern, text) for pattern in group)


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None
