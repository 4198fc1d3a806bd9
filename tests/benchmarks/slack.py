"""Puts the app beside a bare Bolt app that echoes, under the same load, on one machine.

    python -m tests.benchmarks.slack [--seconds 10] [--events 20000]

Each app runs in a process of its own, on the same server and with one shared session.
The load and the Slack that it posts to run here.  Every question comes from a channel
of its own, so that Slack's limit of one message a second a channel slows neither app.
Six questions are asked again and again, as buttons and prompts are; then, for what
remembering replies is worth, each of the exams' questions once.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import os
import re
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import aiohttp
import typer
from aiohttp import web

from bot.curation.bank import read_voice
from bot.settings import ROOT
from tests.benchmarks.measuring import percentile


App: TypeAlias = Literal["echo", "before", "desk"]

SIGNING = "only-in-benchmarks"
APPS: tuple[App, ...] = ("echo", "before", "desk")
LANES = 32  # connections that Slack keeps open at saturation
RATE = 50  # questions a second; the bar is set for it
WARM = 200  # events before anything is measured
FIRST = 1_000  # events after which memory is read first
PATIENCE = 60.0  # seconds for the next reply
STEADY, FULL, ONCE = f"{RATE}/s", "saturation", "none twice"
QUESTIONS = (
    "How many people are still in remission?",
    "What were the worst side effects?",
    "Which dose was given?",
    "outcomes for just the two adults",
    "remission rate?",
    "who paid for the trial",
)


_FILES = {
    *("files.getUploadURLExternal", "upload"),
    *("files.completeUploadExternal", "files.info"),
}


@dataclass
class Mock:
    """The little of Slack that answers need, with the time of every message."""

    url: str = ""
    arrived: dict[str, float] = field(default_factory=dict)
    change: asyncio.Event = field(default_factory=asyncio.Event)
    files: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def api(self, request: web.Request) -> web.Response:
        """Answer one call."""
        call = request.match_info["call"]
        if call == "auth.test":
            known = {"user_id": "U0BOT", "bot_id": "B0BOT", "team_id": "T1"}
            return web.json_response({"ok": True, "url": self.url, **known})
        if call in _FILES:
            given = {
                "upload_url": f"{self.url}upload",
                "file_id": f"F{next(self.files)}",
            }
            return web.json_response(
                {"ok": True, **given, "file": {"mimetype": "image"}}
            )
        body = await request.json() if request.can_read_body else {}
        if call == "chat.postMessage":
            self.arrived[body["channel"]] = time.perf_counter()
            self.change.set()
        told = {"ok": True, "ts": "1700000000.000001", "channel": body.get("channel")}
        return web.json_response(told)

    async def all_of(self, channels: Sequence[str]) -> None:
        """Wait until something was posted in every channel."""
        while not all(channel in self.arrived for channel in channels):
            self.change.clear()
            async with asyncio.timeout(PATIENCE):
                await self.change.wait()


@dataclass(frozen=True)
class Timing:
    """How long one question took, in milliseconds."""

    acknowledged: float
    replied: float


@dataclass(frozen=True)
class Run:
    """What was measured of one app at one load."""

    app: str
    load: str
    per_second: float
    cpu: float  # milliseconds of processor time a question
    timings: Sequence[Timing]

    def row(self) -> str:
        """The figures, one after the other."""
        acknowledged = [one.acknowledged for one in self.timings]
        replied = [one.replied for one in self.timings]
        return (
            f"{self.app:<8}{self.load:<12}{self.per_second:>9.0f}{self.cpu:>9.2f}"
            f"{percentile(acknowledged, 0.5):>10.2f}{percentile(acknowledged, 0.99):>9.2f}"
            f"{percentile(replied, 0.5):>11.2f}{percentile(replied, 0.99):>9.2f}"
        )


@dataclass
class Load:
    """Slack's side: signs questions, sends them, and waits for the messages."""

    urls: Iterator[str]  # where each question goes, in turn
    mock: Mock
    session: aiohttp.ClientSession
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    questions: Sequence[str] = QUESTIONS

    async def ask(self) -> tuple[str, float, float]:
        """Send one question; its channel, when it was sent, when acknowledged."""
        number = next(self.numbers)
        channel = f"C{number:08}"
        text = self.questions[number % len(self.questions)]
        raw = _event(number, channel, text)
        headers = _signed(raw)
        sent = time.perf_counter()
        async with self.session.post(
            next(self.urls), data=raw, headers=headers
        ) as response:
            await response.read()
            if response.status != web.HTTPOk.status_code:
                raise RuntimeError(f"an event was answered with {response.status}")
        return channel, sent, time.perf_counter()

    async def steady(self, seconds: float) -> list[Timing]:
        """Questions at a fixed rate, whether or not the last is answered."""
        start, asked = time.perf_counter(), []
        for number in range(int(RATE * seconds)):
            await asyncio.sleep(max(0.0, start + number / RATE - time.perf_counter()))
            asked.append(asyncio.create_task(self.ask()))
        return await self._timed(await asyncio.gather(*asked))

    async def full(self, events: int) -> tuple[list[Timing], float]:
        """As many as go through; the timings, and how many a second."""
        start, share = time.perf_counter(), events // LANES

        async def lane() -> list[tuple[str, float, float]]:
            return [await self.ask() for _ in range(share)]

        lanes = await asyncio.gather(*(lane() for _ in range(LANES)))
        timings = await self._timed([one for found in lanes for one in found])
        return timings, len(timings) / (time.perf_counter() - start)

    async def _timed(self, asked: Sequence[tuple[str, float, float]]) -> list[Timing]:
        await self.mock.all_of([channel for channel, _, _ in asked])
        return [
            Timing(
                acknowledged=1_000 * (acknowledged - sent),
                replied=1_000 * (self.mock.arrived[channel] - sent),
            )
            for channel, sent, acknowledged in asked
        ]


def main(
    *,
    seconds: Annotated[float, typer.Option(help="at the fixed rate")] = 10.0,
    events: Annotated[int, typer.Option(help="until memory is read again")] = 20_000,
) -> None:
    """Print the table, and whether the bars are met."""
    met = asyncio.run(_measured(seconds, events))
    raise typer.Exit(0 if met else 1)


async def _measured(seconds: float, events: int) -> bool:
    typer.echo(_HEADING)
    runs: dict[tuple[str, str], Run] = {}
    memory = {}
    for app in APPS:
        async with _loaded(app) as (load, process):
            bench = Bench(app, load, process)
            await load.full(WARM)
            runs[app, STEADY] = await bench.steadily(seconds)
            first = await bench.memory_after(FIRST)
            runs[app, FULL] = await bench.fully(FULL, QUESTIONS, events // 5)
            last = await bench.memory_after(events)
            runs[app, ONCE] = await bench.fully(ONCE, _asked_once())
            memory[app] = first, last, await bench.memory_after(0)
    return _judged(runs, memory["desk"])


@dataclass(frozen=True)
class Bench:
    """One app under each load in turn; every run is printed as it ends."""

    app: App
    load: Load
    process: Process

    async def steadily(self, seconds: float) -> Run:
        """At the fixed rate."""
        busy = _busy_ms(self.process)
        timings = await self.load.steady(seconds)
        return self._run(STEADY, RATE, timings, busy)

    async def fully(self, name: str, questions: Sequence[str], least: int = 0) -> Run:
        """As fast as it goes, with these questions in turn, each once at least."""
        self.load.questions = questions
        busy = _busy_ms(self.process)
        timings, speed = await self.load.full(max(len(questions), least))
        self.load.questions = QUESTIONS
        return self._run(name, speed, timings, busy)

    async def memory_after(self, events: int) -> float:
        """Megabytes in use once so many events were answered since the start."""
        missing = events - next(self.load.numbers)
        if missing > LANES:
            await self.load.full(missing)
        status = Path(f"/proc/{self.process.pid}/status").read_text()  # noqa: ASYNC240  a few bytes of the kernel's
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1_024 if found else 0.0

    def _run(
        self, name: str, speed: float, timings: Sequence[Timing], busy: float
    ) -> Run:
        cpu = (_busy_ms(self.process) - busy) / len(timings)
        run = Run(self.app, name, speed, cpu, timings)
        typer.echo(run.row())
        return run


def _asked_once() -> tuple[str, ...]:
    """Every question of the exams, each once."""
    files = sorted((ROOT / "tests" / "curated" / "exams").glob("exam-*.jsonl"))
    asked = (one.question for path in files for one in read_voice(path))
    return tuple(dict.fromkeys(asked))


def _busy_ms(process: Process) -> float:
    """Milliseconds of processor time since the start; a busy machine adds little."""
    account = Path(f"/proc/{process.pid}/stat").read_text()
    fields = account.rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])  # proc(5): fields 14 and 15
    return 1_000 * (user + system) / os.sysconf("SC_CLK_TCK")


def _judged(
    runs: Mapping[tuple[str, str], Run], memory: tuple[float, float, float]
) -> bool:
    """Print each bar; whether all are met."""
    steady = runs["desk", STEADY].timings
    bare, before = runs["echo", FULL], runs["before", FULL]
    first, last, varied = memory
    bars = (
        Bar("before the journal, of the bare app, %", _share(before, bare), 50),
        Bar("ack p99, ms", -percentile([t.acknowledged for t in steady], 0.99), -20),
        Bar("reply p99, ms", -percentile([t.replied for t in steady], 0.99), -100),
        Bar("memory growth, %", -100 * (last - first) / first, -10),
    )
    for app, name in (("before", ONCE), ("desk", FULL), ("desk", ONCE)):
        share = _share(runs[app, name], bare)
        typer.echo(f"{app}, {name}, of the bare app: {share:.1f} %")
    typer.echo(
        f"memory of the whole app: {first:.0f} MB, then {last:.0f} MB; after so many"
        f" different questions {varied:.0f} MB"
    )
    for bar in bars:
        typer.echo(f"{'met' if bar.is_met else 'MISSED':<8}{bar}")
    return all(bar.is_met for bar in bars)


def _share(run: Run, bare: Run) -> float:
    """What a processor does of the work that the bare app does on it, in percent.

    Counted by processor time: a busy machine slows one run down and spares the next.
    """
    return 100 * bare.cpu / run.cpu


@dataclass(frozen=True)
class Bar:
    """A figure and the least it must be; negative where less is better."""

    name: str
    value: float
    least: float

    @property
    def is_met(self) -> bool:
        """Whether the figure is good enough."""
        return self.value >= self.least

    def __str__(self) -> str:
        word = "at most" if self.least < 0 else "at least"
        return f"{self.name}: {abs(self.value):.1f}, {word} {abs(self.least):.0f}"


@asynccontextmanager
async def _loaded(app: App) -> AsyncIterator[tuple[Load, Process]]:
    """An app in its own process, with Slack's side ready here."""
    with tempfile.TemporaryDirectory(prefix="journal-") as folder:
        journal = f"sqlite:///{folder}/journal.sqlite3"
        async with mocking() as mock, serving(app, mock, journal) as (process, url):
            connector = aiohttp.TCPConnector(limit=LANES * 4)
            async with aiohttp.ClientSession(connector=connector) as session:
                yield Load(itertools.repeat(url), mock, session), process


@asynccontextmanager
async def mocking() -> AsyncIterator[Mock]:
    """The little of Slack, on a port of its own."""
    mock, app = Mock(), web.Application()
    app.router.add_route("*", "/api/{call}", mock.api)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    mock.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    try:
        yield mock
    finally:
        await runner.cleanup()


@asynccontextmanager
async def serving(
    app: App, mock: Mock, database: str
) -> AsyncIterator[tuple[Process, str]]:
    """One process of an app, and where it takes questions."""
    surroundings = {
        **os.environ,  # noqa: TID251  the child needs the path; no setting is read
        "BECAR7_SLACK_BOT_TOKEN": "xoxb-only-in-benchmarks",
        "BECAR7_SLACK_SIGNING_SECRET": SIGNING,
        "BECAR7_SLACK_API_URL": mock.url,
        "BECAR7_PORT": "0",
        "BECAR7_DATABASE_URL": database,
        "BECAR7_POSTS_PER_SECOND": "100000",  # the pace is not what is measured
    }
    command = (sys.executable, "-m", "tests.benchmarks.slack_apps", app)
    process = await asyncio.create_subprocess_exec(
        *command, env=surroundings, cwd=ROOT, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        port = int(await process.stdout.readline())
        yield process, f"http://127.0.0.1:{port}/slack/events"
    finally:
        process.terminate()
        await process.wait()


def _event(number: int, channel: str, text: str) -> bytes:
    event: dict[str, Any] = {
        "type": "app_mention",
        "user": f"U{number % 100:08}",
        "text": f"<@U0BOT> {text}",
        "channel": channel,
        "ts": f"{1_700_000_000 + number}.000100",
        "client_msg_id": f"00000000-0000-4000-8000-{number:012}",
        "team": "T1",
    }
    envelope = {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": f"Ev{number}",
        "event_time": 1_700_000_000 + number,
        "authorizations": [{"team_id": "T1", "user_id": "U0BOT", "is_bot": True}],
        "event": {**event, "event_ts": event["ts"]},
    }
    return json.dumps(envelope).encode()


def _signed(raw: bytes) -> dict[str, str]:
    at = str(int(time.time()))
    base = b"v0:" + at.encode() + b":" + raw
    signature = hmac.new(SIGNING.encode(), base, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={signature}",
    }


_HEADING = (
    f"{'app':<8}{'load':<12}{'events/s':>9}{'CPU ms':>9}{'ack p50':>10}{'p99 ms':>9}"
    f"{'reply p50':>11}{'p99 ms':>9}"
)


if __name__ == "__main__":
    typer.run(main)
