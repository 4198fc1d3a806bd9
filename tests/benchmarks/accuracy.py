"""Puts this engine beside its peers on one question set, and prints the table.

    python -m tests.benchmarks.accuracy QUESTIONS.jsonl [--markdown]

Every peer has the whole question bank; its thresholds are tuned on the first questions
of the set, and all figures are of the rest.  This engine's thresholds come from the
bank alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.answering.composition import Composition
from bot.curation.bank import read_bank
from bot.curation.evaluate import Outcome, Probe, Share, read_probes, scored
from bot.settings import ROOT, Settings
from bot.wiring import desk
from tests.benchmarks.children import ask_child
from tests.benchmarks.measuring import (
    Latency,
    folder_mb,
    installed_mb,
    machine,
    today,
)
from tests.benchmarks.peers import ABSENT, OFFERS, Offer
from tests.benchmarks.table import lay_out
from tests.benchmarks.telling import Teller, label_for, text_of
from tests.benchmarks.tuning import Thresholds, choices_for, counted, tuned


CORE = ("numpy", "pydantic", "pydantic-settings", "pystemmer", "pyyaml", "rapidfuzz")
HEADING = (
    *(
        "method",
        "right %",
        "right or tap %",
        "wrong %",
        "always answering: right, wrong",
    ),
    *("p50 ms", "p99 ms", "memory MB", "installed MB"),
)


@dataclass(frozen=True)
class Folds:
    """The questions to tune on, and those to report."""

    tune: Sequence[Probe]
    report: Sequence[Probe]

    @classmethod
    def of(cls, probes: Sequence[Probe], tune: int) -> Folds:
        """The first so many tune; 0 takes a third of them."""
        ordered = sorted(probes, key=lambda probe: probe.id)
        cut = tune or round(len(ordered) / 3)
        return cls(ordered[:cut], ordered[cut:])

    @property
    def all(self) -> list[Probe]:
        """Both folds, those to tune on first."""
        return [*self.tune, *self.report]


@dataclass(frozen=True)
class Result:
    """What one method did on the questions to report."""

    name: str
    outcomes: Counter[Outcome]
    took: Latency
    memory: float  # MB resident after the last question
    installed: float  # MB on disk, dependencies included, Python itself not
    always: Counter[Outcome] | None = None  # a peer without thresholds

    def row(self) -> tuple[str, ...]:
        """The result as a row of the table."""
        n = self.outcomes.total()
        reached = self.outcomes["right"] + self.outcomes["tap"]
        return (
            self.name,
            _with_interval(Share(self.outcomes["right"], n)),
            f"{Share(reached, n).percent:.1f}",
            _with_interval(Share(self.outcomes["wrong"], n)),
            "" if self.always is None else _always(self.always),
            f"{self.took.p50:.2f}",
            f"{self.took.p99:.2f}",
            f"{self.memory:.0f}",
            f"{self.installed:.0f}",
        )


class Comparison:
    """Holds every method against the same questions."""

    def __init__(self, folds: Folds, most_wrong: float) -> None:
        self._folds = folds
        self._most_wrong = most_wrong
        ours = desk(Settings())
        self._teller = Teller(ours)
        bank = read_bank(ours.knowledge.directory)
        self._phrasings = [
            (text_of(asked.as_question()), label_for(asked)) for asked in bank
        ]

    def ourselves(self) -> Result:
        """This engine, as it is served."""
        asked = [{"question": p.question, "thread": p.thread} for p in self._folds.all]
        answer = ask_child("tests.benchmarks.ourselves", request=asked)
        told = zip(self._folds.all, answer["replies"], strict=True)
        outcomes = [scored(p, Composition.model_validate(r)).outcome for p, r in told]
        pack = Settings().knowledge_dir
        return Result(
            "this engine",
            Counter(outcomes[len(self._folds.tune) :]),
            Latency.over(answer["ms"]),
            answer["mb"],
            installed_mb(CORE) + folder_mb(ROOT / "bot", pack),
        )

    def peer(self, name: str, offer: Offer) -> Result:
        """A peer with the thresholds that suit it best on the fold to tune on."""
        questions = [text_of(probe.as_question()) for probe in self._folds.all]
        request = {"phrasings": self._phrasings, "questions": questions}
        answer: Any = ask_child("tests.benchmarks.peers", name, request=request)
        choices = [
            choices_for(probe, ranking, self._teller)
            for probe, ranking in zip(self._folds.all, answer["ranked"], strict=True)
        ]
        cut = len(self._folds.tune)
        at = tuned(choices[:cut], self._most_wrong)
        return Result(
            name,
            counted(choices[cut:], at),
            Latency.over(answer["ms"]),
            answer["mb"],
            installed_mb(offer.needs),
            counted(choices[cut:], Thresholds()),
        )


def compared(
    comparison: Comparison, offers: Mapping[str, Offer]
) -> Iterator[tuple[str, ...]]:
    """A row for each method that can be asked here, this engine first."""
    yield comparison.ourselves().row()
    for name, offer in offers.items():
        typer.echo(f"asking {name}", err=True)
        yield comparison.peer(name, offer).row()


def not_measured(offers: Mapping[str, Offer]) -> Iterator[str]:
    """A line for each peer that cannot be asked here, with what would bring it."""
    lacking = {name: offer.lacks for name, offer in offers.items() if offer.lacks}
    for name, why in {**lacking, **ABSENT}.items():
        yield f"Not measured: {name}: {why}."


def main(  # noqa: PLR0913  one for each option of the command
    questions: Annotated[Path, typer.Argument(help="A question set, JSON lines.")],
    tune: Annotated[int, typer.Option(help="How many tune; 0 for a third.")] = 0,
    wrong: Annotated[float, typer.Option(help="Wrong allowed in tuning, %.")] = 2.0,
    peer: Annotated[list[str] | None, typer.Option(help="Only these peers.")] = None,
    *,
    markdown: Annotated[bool, typer.Option("--markdown")] = False,
) -> None:
    """Print the table of this engine and its peers."""
    folds = Folds.of(read_probes(questions), tune)
    offers = {name: OFFERS[name] for name in OFFERS if not peer or name in peer}
    here = {name: offer for name, offer in offers.items() if not offer.lacks}
    rows = list(compared(Comparison(folds, wrong), here))
    typer.echo(lay_out([HEADING, *rows], markdown=markdown) + "\n")
    typer.echo(_conditions(folds, wrong))
    for line in not_measured(offers):
        typer.echo(line)


def _conditions(folds: Folds, most_wrong: float) -> str:
    first, last = folds.report[0].id, folds.report[-1].id
    return (
        f"{today()}. {len(folds.report)} questions, {first} to {last}; peers tuned for"
        f" at most {most_wrong:g} % wrong on the {len(folds.tune)} before them;"
        " intervals are exact, 95 %."
        f" {machine()}."
    )


def _with_interval(share: Share) -> str:
    low, high = share.interval
    return f"{share.percent:.1f} ({low:.1f}–{high:.1f})"  # noqa: RUF001  a range


def _always(outcomes: Counter[Outcome]) -> str:
    right, wrong = (Share(outcomes[o], outcomes.total()) for o in ("right", "wrong"))
    return f"{right.percent:.1f}, {wrong.percent:.1f}"


if __name__ == "__main__":
    typer.run(main)
