"""Slips one typing error into each question of a set, and says what it costs.

    python -m tests.benchmarks.typos QUESTIONS.jsonl [--seed 1 --seed 2]

Bars of the issue: right falls by at most ten points, and wrong does not rise.
"""

from __future__ import annotations

import random
import re
import string
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.answering.composition import Answers
from bot.curation.evaluate import Outcome, Probe, Share, evaluate, read_probes
from bot.settings import Settings
from bot.wiring import desk
from tests.benchmarks.measuring import today
from tests.benchmarks.table import lay_out


_WORD = re.compile(r"[^\W\d_]{4,}")  # shorter words are mostly grammar
_SHOWN: tuple[Outcome, ...] = ("right", "tap", "wrong")


def misspelt(text: str, chance: random.Random) -> str:
    """The text with one edit in one of its words of four letters or more."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = chance.choice(words)
    return text[: word.start()] + edited(word[0], chance) + text[word.end() :]


def edited(word: str, chance: random.Random) -> str:
    """The word with a letter too many, too few or wrong, or two swapped."""
    at = chance.randrange(len(word))
    letter = chance.choice(string.ascii_lowercase)
    before, here, after = word[:at], word[at], word[at + 1 :]
    kind = chance.choice(("insert", "delete", "replace", "swap"))
    if kind == "swap":
        at = min(at, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return {
        "insert": f"{before}{letter}{here}{after}",
        "delete": f"{before}{after}",
        "replace": f"{before}{letter}{after}",
    }[kind]


def with_slips(probes: Sequence[Probe], seed: int) -> tuple[Probe, ...]:
    """The same probes, each with one typing error in its question."""
    chance = random.Random(seed)  # noqa: S311  repeatable, not secret
    return tuple(
        probe.model_copy(update={"question": misspelt(probe.question, chance)})
        for probe in probes
    )


def outcomes(probes: Sequence[Probe], answers: Answers) -> dict[str, Outcome]:
    """The outcome of each probe, by its id."""
    return {r.probe.id: r.outcome for r in evaluate(probes, answers)}


def main(
    questions: Annotated[Path, typer.Argument(help="A question set, JSON lines.")],
    seed: Annotated[list[int] | None, typer.Option(help="Of the slips.")] = None,
    *,
    show: Annotated[bool, typer.Option("--show", help="List new wrongs.")] = False,
) -> None:
    """Print right, tap and wrong, as written and with a slip in each question."""
    answers = desk(Settings())
    probes = read_probes(questions)
    before = outcomes(probes, answers)
    rows = [("", *(f"{name} %" for name in _SHOWN)), _row("as written", before)]
    for one in seed or (1,):
        slipped = with_slips(probes, one)
        after = outcomes(slipped, answers)
        rows += [_row(f"one slip each, seed {one}", after), _change(before, after)]
        if show:
            _list_new_wrongs(slipped, before, after)
    typer.echo(lay_out(rows, markdown=False))
    typer.echo(f"{today()}. {len(probes)} questions; bars: right -10, wrong 0.")


def _row(name: str, found: dict[str, Outcome]) -> tuple[str, ...]:
    counts = Counter(found.values())
    shares = (Share(counts[outcome], len(found)) for outcome in _SHOWN)
    return (name, *(f"{share.percent:.1f}" for share in shares))


def _change(before: dict[str, Outcome], after: dict[str, Outcome]) -> tuple[str, ...]:
    was, now = Counter(before.values()), Counter(after.values())
    points = (100 * (now[o] - was[o]) / len(before) for o in _SHOWN)
    return ("  change, points", *(f"{change:+.1f}" for change in points))


def _list_new_wrongs(
    slipped: Sequence[Probe], before: dict[str, Outcome], after: dict[str, Outcome]
) -> None:
    for probe in slipped:
        if after[probe.id] == "wrong" and before[probe.id] != "wrong":
            typer.echo(f"{probe.id} {before[probe.id]} to wrong: {probe.question}")


if __name__ == "__main__":
    typer.run(main)
