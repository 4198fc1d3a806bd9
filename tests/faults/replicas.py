"""The app as processes: started, killed, frozen, and started again as a host would."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import aiohttp


AGAIN = 0.3  # seconds until a host starts a process that has ended
STARTING = 60.0  # seconds; a cold start reads the whole pack
BETWEEN = 0.05  # seconds between two looks whether it is ready
FAREWELL = 40.0  # seconds to end when asked; the app itself takes 25 at most


@dataclass(slots=True)
class Replica:
    """One process of the app, and whoever starts it again."""

    name: str
    port: int
    words: tuple[str, ...]  # after `becar7`
    surroundings: Mapping[str, str]
    folder: Path  # where it runs and logs
    starts: list[float] = field(default_factory=list)  # moments at which it was ready
    _process: asyncio.subprocess.Process | None = None
    _lives: asyncio.Event = field(default_factory=asyncio.Event)
    _keeper: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Everything it wrote, over all its lives."""
        return self.folder / f"{self.name}.log"

    async def start(self) -> None:
        """Start it, and from now on start it again whenever it ends."""
        self._keeper = asyncio.create_task(self._keep())
        await self.ready()

    async def ready(self) -> None:
        """Wait until it takes questions."""
        async with asyncio.timeout(STARTING), aiohttp.ClientSession() as session:
            while True:
                if await _is_ready(session, self.url):
                    return
                await asyncio.sleep(BETWEEN)

    async def kill(self) -> None:
        """Kill it; if it has just ended, as soon as it is started again."""
        await self._lives.wait()
        self.signal(signal.SIGKILL)

    def signal(self, sign: signal.Signals) -> None:
        """Send a signal, if it lives."""
        with contextlib.suppress(ProcessLookupError):
            if self._process is not None:
                self._process.send_signal(sign)

    async def stop(self) -> int:
        """Ask it to end, and wait; its exit code."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        if self._process is None:
            return 0
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(FAREWELL):
                return await self._process.wait()
        except TimeoutError:
            self.signal(signal.SIGKILL)
            return await self._process.wait()

    async def _keep(self) -> None:
        while True:
            self._process = await self._started()
            self._lives.set()
            noting = asyncio.create_task(self._note_start())
            await self._process.wait()
            self._lives.clear()
            noting.cancel()
            await asyncio.gather(noting, return_exceptions=True)
            await asyncio.sleep(AGAIN)

    async def _note_start(self) -> None:
        await self.ready()
        self.starts.append(time.monotonic())

    async def _started(self) -> asyncio.subprocess.Process:
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", *self.words),
                env={**self.surroundings, "BECAR7_PORT": str(self.port)},
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )


@dataclass(slots=True)
class Crew:
    """Every replica of one run."""

    replicas: list[Replica] = field(default_factory=list)

    async def start(self) -> None:
        """Start all, one after the other: the first may have tables to make."""
        for replica in self.replicas:
            await replica.start()

    async def stop(self) -> tuple[int, ...]:
        """Ask all to end; their exit codes."""
        return tuple(await asyncio.gather(*(one.stop() for one in self.replicas)))

    def starts(self) -> list[float]:
        """The moments at which any of them was ready, in order."""
        return sorted(moment for one in self.replicas for moment in one.starts)

    def logs(self) -> str:
        """Everything that any of them wrote."""
        written = (one.log for one in self.replicas if one.log.is_file())
        return "\n".join(log.read_text("utf-8", errors="replace") for log in written)


async def _is_ready(
    session: aiohttp.ClientSession, url: str, path: str = "/readyz"
) -> bool:
    try:
        async with session.get(
            f"{url}{path}", timeout=aiohttp.ClientTimeout(total=2)
        ) as response:
            return response.status == HTTPStatus.OK
    except (aiohttp.ClientError, TimeoutError):
        return False
