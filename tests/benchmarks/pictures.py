"""Measures how fast pictures are made and fetched, and what they weigh in memory.

    python -m tests.benchmarks.pictures

Bars of the issue: all pictures of the pack in both themes in 3 s, or each made when it is
first asked for and kept; a kept one in 1 ms; memory at most 60 MB above the core.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.figures.gallery import Form, Gallery
from bot.figures.prints import Prints
from bot.figures.themes import Theme
from bot.knowledge.load import load
from bot.settings import Settings


THEMES: tuple[Theme, ...] = ("light", "dark")
_AGAIN = 20  # times each kept picture is fetched


def main() -> None:
    """Print one line for each measurement."""
    knowledge = load(Settings().knowledge_dir)
    before = _megabytes()
    with tempfile.TemporaryDirectory() as folder:
        gallery = Gallery(knowledge, Prints(Path(folder)))
        wanted = [(name, theme) for name in gallery.names for theme in THEMES]
        _say(f"{len(wanted)} pictures: composed in", _composed(gallery, wanted))
        for form in ("png", "pdf"):
            times = _fetched(gallery, wanted, form)
            _say(f"{form.upper()}, made: all in", sum(times))
            _say(f"{form.upper()}, made: the middle one in", statistics.median(times))
        kept = [t for _ in range(_AGAIN) for t in _fetched(gallery, wanted, "png")]
        _say("PNG, kept: the middle one in", statistics.median(kept))
        _say("PNG, kept: the slowest but one in a hundred in", _worst(kept))
    sys.stdout.write(f"memory: {_megabytes() - before:.0f} MB above the loaded pack\n")


def _composed(gallery: Gallery, wanted: list[tuple[str, Theme]]) -> float:
    started = time.perf_counter()
    for name, theme in wanted:
        gallery.inline(name, theme)
    return time.perf_counter() - started


def _fetched(
    gallery: Gallery, wanted: list[tuple[str, Theme]], form: Form
) -> list[float]:
    times = []
    for name, theme in wanted:
        started = time.perf_counter()
        gallery.rendered(name, theme, form)
        times.append(time.perf_counter() - started)
    return times


def _worst(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[-1]


def _say(what: str, seconds: float) -> None:
    sys.stdout.write(f"{what} {1000 * seconds:.2f} ms\n")


def _megabytes() -> float:
    """The most memory this process has held; Linux counts in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
