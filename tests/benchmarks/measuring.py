"""Measures time, memory and what an installation weighs, on whatever machine this is."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TypeVar

from packaging.requirements import Requirement


Asked = TypeVar("Asked")
Told = TypeVar("Told")

_MEGA = 1_000_000  # bytes in a megabyte, as packages are listed


@dataclass(frozen=True, slots=True)
class Latency:
    """How long questions took, in milliseconds."""

    p50: float
    p99: float
    of: int  # questions

    @classmethod
    def over(cls, took: Sequence[float]) -> Latency:
        """The middle and the slow end of some times in milliseconds."""
        return cls(percentile(took, 0.50), percentile(took, 0.99), len(took))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(
    ask: Callable[[Asked], Told],
    things: Iterable[Asked],
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[list[Told], list[float]]:
    """What came of each thing, and how many milliseconds it took."""
    told, took = [], []
    for thing in things:
        started = clock()
        told.append(ask(thing))
        took.append(1000 * (clock() - started))
    return told, took


def resident_mb() -> float:
    """Memory that this process holds now, from Linux's own account of it."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGA


def missing(distributions: Iterable[str]) -> tuple[str, ...]:
    """The distributions that are not installed."""
    return tuple(name for name in distributions if not _is_installed(name))


def installed_mb(distributions: Iterable[str]) -> float:
    """What some distributions and all that they require weigh on disk."""
    return sum(map(_bytes_of, _with_required(distributions))) / _MEGA


def folder_mb(*folders: Path) -> float:
    """What the files in some folders weigh on disk."""
    files = (file for folder in folders for file in folder.rglob("*"))
    return sum(file.stat().st_size for file in files if file.is_file()) / _MEGA


def machine() -> str:
    """This machine in a line: system, processors, load, Python."""
    system = f"{platform.system()} {platform.machine()}"
    load = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    return f"{system}, {_processor()}, {load}, Python {platform.python_version()}"


def today() -> str:
    """The day of the measurement, in universal time."""
    return datetime.now(UTC).date().isoformat()


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    models = (line.partition(":")[2] for line in lines if line.startswith("model name"))
    return next(models, platform.processor()).strip()


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _with_required(distributions: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(distributions)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in found and _is_installed(name):
            found.add(name)
            waiting.extend(_required_by(name))
    return frozenset(found)


def _required_by(name: str) -> Iterable[str]:
    for line in distribution(name).requires or ():
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            yield wanted.name


def _bytes_of(name: str) -> int:
    files = (Path(str(file.locate())) for file in distribution(name).files or ())
    return sum(file.stat().st_size for file in files if file.is_file())
