"""Asks one process over a file, then more and more over PostgreSQL, all they can answer.

    python -m tests.benchmarks.scale [--events 3000] [--rounds 3] [--processes 1 …]

Each line is the round with the middle throughput.  Wall time depends on what else this
machine does; processor time of one question hardly does: of the app's processes, of the
database, and of what stands for Slack, which runs here too.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import aiohttp
import typer

from tests.benchmarks.measuring import percentile
from tests.benchmarks.slack import (
    LANES,
    RATE,
    WARM,
    Load,
    Timing,
    mocking,
    serving,
)
from tests.faults.cluster import Cluster, running_cluster


PROCESSES = (1, 2, 4)
TICK = 1_000 / os.sysconf("SC_CLK_TCK")  # milliseconds


@dataclass(frozen=True)
class Busy:
    """Milliseconds of processor time, until now or of one question."""

    app: float
    database: float
    here: float


@dataclass(frozen=True)
class Round:
    """What so many processes did in one round."""

    over: str
    per_second: float
    busy: Busy
    steady: Sequence[Timing]
    rest: float  # megabytes of the largest process before the load
    most: float  # and after it
    grown: float  # kilobytes of the journal, a question

    def row(self) -> str:
        """The figures, one after the other."""
        acknowledged = [one.acknowledged for one in self.steady]
        return (
            f"{self.over:<16}{self.per_second:>10.0f}{self.busy.app:>9.2f}"
            f"{self.busy.database:>9.2f}{self.busy.here:>9.2f}"
            f"{percentile(acknowledged, 0.5):>10.1f}{percentile(acknowledged, 0.99):>9.1f}"
            f"{self.rest:>8.0f}{self.most:>6.0f}{self.grown:>8.1f}"
        )


@dataclass
class Place:
    """The processes under load, and the database that they share."""

    over: str
    load: Load
    pids: Sequence[int]
    cluster: Cluster | None
    files: Path  # of the journal

    async def measured(self, seconds: float, events: int) -> Round:
        """A steady stretch, then as much as goes through."""
        rest, size = self._resident(), _size(self.files)
        steady = await self.load.steady(seconds)
        before = self._busy()
        timings, per_second = await self.load.full(events)
        spent = _shared(before, self._busy(), len(timings))
        grown = (_size(self.files) - size) / (len(steady) + len(timings)) / 1_000
        most = self._resident()
        return Round(self.over, per_second, spent, steady, rest, most, grown)

    def _resident(self) -> float:
        return max(_resident(pid) for pid in self.pids)

    def _busy(self) -> Busy:
        database = 0.0 if self.cluster is None else _of_cluster(self.cluster)
        app = sum(_spent(_account(pid)) for pid in self.pids)
        return Busy(app, database, 1_000 * time.process_time())


def main(
    *,
    seconds: Annotated[float, typer.Option(help="at the fixed rate")] = 10.0,
    events: Annotated[int, typer.Option(help="at saturation")] = 3_000,
    rounds: Annotated[int, typer.Option(help="of which the middle one counts")] = 3,
    processes: Annotated[list[int] | None, typer.Option(help="on PostgreSQL")] = None,
) -> None:
    """Print the table."""
    asyncio.run(_all(seconds, events, rounds, processes or PROCESSES))


async def _all(
    seconds: float, events: int, rounds: int, processes: Sequence[int]
) -> None:
    typer.echo(_HEADING)
    for count in (0, *processes):
        found = []
        for _ in range(rounds):
            async with _place(count) as place:
                await place.load.full(WARM * len(place.pids))
                found.append(await place.measured(seconds, events))
        found.sort(key=lambda one: one.per_second)
        typer.echo(found[len(found) // 2].row())


@asynccontextmanager
async def _place(count: int) -> AsyncIterator[Place]:
    """So many processes on a PostgreSQL of their own; none: one, on a file."""
    async with AsyncExitStack() as stack:
        fresh = stack.enter_context(tempfile.TemporaryDirectory(prefix="scale-"))
        mock = await stack.enter_async_context(mocking())
        cluster, files = None, Path(fresh, "journal.sqlite3")
        url = f"sqlite:///{files}"
        if count:
            server = running_cluster(_folder_of_server(fresh))
            cluster = await stack.enter_async_context(server)
            url, files = cluster.url, cluster.folder / "data" / "base"
        started = [
            await stack.enter_async_context(serving("desk", mock, url))
            for _ in range(count or 1)
        ]
        connector = aiohttp.TCPConnector(limit=LANES * 4)
        session = aiohttp.ClientSession(connector=connector)
        await stack.enter_async_context(session)
        over = f"PostgreSQL, {count}" if count else "SQLite, 1"
        urls = itertools.cycle([url for _, url in started])
        load = Load(urls, mock, session)
        yield Place(over, load, [one.pid for one, _ in started], cluster, files)


def _folder_of_server(fresh: str) -> Path:
    """One that the database's own user may pass through."""
    Path(fresh).chmod(0o755)
    folder = Path(fresh, "server")
    folder.mkdir()
    return folder


def _shared(before: Busy, after: Busy, questions: int) -> Busy:
    return Busy(
        (after.app - before.app) / questions,
        (after.database - before.database) / questions,
        (after.here - before.here) / questions,
    )


def _of_cluster(cluster: Cluster) -> float:
    """Of the server, of the sessions that have ended, and of those that are open."""
    postmaster = int(
        (cluster.folder / "data" / "postmaster.pid").read_text().split()[0]
    )
    ended = sum(_account(postmaster)[2:])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text()
    living = sum(_spent(_account(int(pid))) for pid in children.split())
    return _spent(_account(postmaster)) + TICK * ended + living


def _spent(account: Sequence[int]) -> float:
    """Milliseconds of one process."""
    return TICK * (account[0] + account[1])


def _account(pid: int) -> tuple[int, ...]:
    """Ticks of a process and of its ended children; proc(5), fields 14 to 17."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return tuple(int(field) for field in fields[11:15])


def _size(files: Path) -> int:
    """Bytes of a file, or of all in a folder; the log that is written ahead is not in it."""
    every = [files] if files.is_file() else files.rglob("*")
    return sum(one.stat().st_size for one in every if one.is_file())


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


_HEADING = (
    f"{'over, processes':<16}{'replies/s':>10}{'app ms':>9}{'DB ms':>9}{'Slack ms':>9}"
    f"{f'ack p50 {RATE}/s':>10}{'p99 ms':>9}{'MB rest':>8}{'most':>6}{'kB each':>8}"
)


if __name__ == "__main__":
    typer.run(main)
