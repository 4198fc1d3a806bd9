"""Measures how fast the desk replies, on the real pack and on ever larger ones.

    python -m tests.benchmarks.speed [--sizes 1000,10000,100000] [--clock cpu]

Bars of the issue: p99 at most 5 ms on the full pack and 10 ms at 10,000 facts; loading
at most 0.5 s, memory at most 120 MB.  Beside each, rapidfuzz's extractOne and bm25s over
the bank (full pack) or over one phrasing for each fact (synthetic packs).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

import typer

from bot.curation.bank import read_bank
from bot.settings import Settings
from tests.benchmarks.children import ask_child
from tests.benchmarks.measuring import Latency, machine, missing, today
from tests.benchmarks.synthetic import MOST_KEYED
from tests.benchmarks.table import lay_out


Clock: TypeAlias = Literal["wall", "cpu"]

HEADING = (
    *(
        "pack",
        "second key",
        "facts",
        "forms",
        "p50 ms",
        "p99 ms",
        "bar",
        "desk s",
        "MB",
    ),
    *("phrasings", "extractOne p50 ms", "times ours", "bm25s p50 ms", "times ours"),
)
BARS_MS = {0: 5.0, 10_000: 10.0}  # p99; issue 3
LOAD_BAR_S, MEMORY_BAR_MB = 0.5, 120  # likewise
_LOADS = 3  # times; the middle one counts


@dataclass(frozen=True)
class Measured:
    """A pack of one size, measured."""

    facts: int  # asked for; 0 is the real pack
    keyed: bool
    answer: dict[str, Any]

    @property
    def name(self) -> str:
        """What the table calls it."""
        return f"{self.facts:,} facts" if self.facts else "full pack"

    def row(self) -> tuple[str, ...]:
        """The measurement as a row of the table."""
        ours = Latency.over(self.answer["ours"])
        return (
            self.name,
            self._key(),
            f"{self.answer['facts']:,}",
            f"{self.answer['forms']:,}",
            f"{ours.p50:.2f}",
            f"{ours.p99:.2f}",
            _verdict(ours.p99, BARS_MS.get(self.facts)),
            f"{self.answer['made_s']:.2f}",
            f"{self.answer['mb']:.0f}",
            f"{self.answer['phrasings']:,}",
            *_beside(ours, self.answer["extract_one"]),
            *_beside(ours, self.answer["bm25s"]),
        )

    def _key(self) -> str:
        if not self.facts:
            return "trained"
        return "replicated" if self.keyed else "absent"


def measure(facts: int, asked: int, clock: Clock, *, keyed: bool) -> Measured:
    """Measure one pack in a process of its own."""
    request = {"facts": facts, "questions": asked, "clock": clock, "keyed": keyed}
    typer.echo(f"measuring {facts:,} facts, keyed: {keyed}", err=True)
    answer = ask_child("tests.benchmarks.sized", request=request)
    return Measured(facts, keyed, answer)


def main(
    sizes: Annotated[str, typer.Option(help="Facts.")] = "1000,10000,100000",
    asked: Annotated[int, typer.Option(help="Questions to each pack.")] = 2000,
    clock: Annotated[Clock, typer.Option(help="What is timed.")] = "wall",
    *,
    markdown: Annotated[bool, typer.Option("--markdown")] = False,
) -> None:
    """Print the tables of speed, load and memory, and where the time goes."""
    packs = list(
        _measured([int(size) for size in sizes.split(",") if size], asked, clock)
    )
    typer.echo(lay_out([HEADING, *(pack.row() for pack in packs)], markdown=markdown))
    typer.echo("\n" + "\n".join(_loading(asked, clock)))
    if missing(["bm25s"]):
        typer.echo("bm25s was not measured: pip install bm25s.")
    typer.echo(f"{today()}. {asked} questions a pack, {clock} time. {machine()}.")
    for pack in packs:
        lines = "\n".join(pack.answer["dominant"])
        typer.echo(f"\nWhere the time goes, {' '.join(pack.row()[:2])} key:\n{lines}")


def _measured(sizes: Sequence[int], asked: int, clock: Clock) -> Iterator[Measured]:
    yield measure(0, asked, clock, keyed=True)
    for facts in sizes:
        yield measure(facts, asked, clock, keyed=False)
        if facts <= MOST_KEYED:
            yield measure(facts, asked, clock, keyed=True)


def _loading(asked: int, clock: Clock) -> Iterator[str]:
    """How long a process takes to be ready, and what it holds before and after."""
    bank = read_bank(Settings().knowledge_dir)[:asked]
    request = [{"question": one.question, "thread": one.thread} for one in bank]
    answer: dict[str, Any] = {}
    loads, ready = [], []
    for _ in range(_LOADS):
        started = time.monotonic()
        answer = ask_child("tests.benchmarks.ourselves", request=request)
        loads.append(answer["loaded_s"][clock])
        ready.append(answer["ready_at"] - started)
    load, held = statistics.median(loads), answer["mb"]
    yield (
        f"Load {load:.2f} s {_verdict(load, LOAD_BAR_S)}; a new process is ready after"
        f" {statistics.median(ready):.2f} s, Python's imports included."
    )
    yield (
        f"Memory {answer['loaded_mb']:.0f} MB loaded, {held:.0f} MB after"
        f" {len(request):,} questions {_verdict(held, MEMORY_BAR_MB)}."
    )


def _beside(ours: Latency, took: Sequence[float]) -> tuple[str, str]:
    peer = Latency.over(took)
    return f"{peer.p50:.3f}", f"{peer.p50 / ours.p50:.2f}"


def _verdict(value: float, bar: float | None) -> str:
    if bar is None:
        return ""
    return f"(bar {bar:g}: {'met' if value <= bar else 'missed'})"


if __name__ == "__main__":
    typer.run(main)
