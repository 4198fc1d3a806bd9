"""A PostgreSQL of its own: made, crashed and started again by whoever tests with it."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path


OWNER = "postgres"  # Debian's package makes this user; initdb refuses root
STARTING = 30.0  # seconds
BETWEEN = 0.1  # seconds between two looks


def binaries() -> Path | None:
    """Where the newest installed server's programs are; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port


@dataclass(slots=True)
class Cluster:
    """One server on the loopback address."""

    folder: Path
    programs: Path
    port: int
    _server: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Where the database is, for the app."""
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/postgres"

    async def make(self) -> None:
        """Lay out the files of a new server."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, OWNER, OWNER)
        words = ("-D", str(self.folder / "data"), "-A", "trust", "-U", OWNER)
        made = await self._run("initdb", *words, "--no-instructions", "-E", "UTF8")
        if await made.wait():
            raise RuntimeError(f"initdb failed: see {self.folder}/server.log")

    async def start(self) -> None:
        """Start it, and wait until it takes connections."""
        settings = (
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.folder}",
        )
        options = [word for setting in settings for word in ("-c", setting)]
        data = str(self.folder / "data")
        self._server = await self._run(
            "postgres", "-D", data, "-p", str(self.port), *options
        )
        async with asyncio.timeout(STARTING):
            while True:
                if await self._takes():
                    return
                await asyncio.sleep(BETWEEN)

    async def stop(self, sign: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends every session, SIGQUIT crashes it."""
        if self._server is not None and self._server.returncode is None:
            self._server.send_signal(sign)
            await self._server.wait()

    async def restart(self) -> None:
        """Crash it, and start it again."""
        await self.stop(signal.SIGQUIT)
        await self.start()

    async def _takes(self) -> bool:
        words = ("-h", "127.0.0.1", "-p", str(self.port), "-q")
        asked = await self._run("pg_isready", *words)
        return await asked.wait() == 0

    async def _run(self, program: str, *words: str) -> asyncio.subprocess.Process:
        who = OWNER if os.geteuid() == 0 else None
        with (self.folder / "server.log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                self.programs / program,
                *words,
                user=who,
                group=who,
                cwd=self.folder,
                env={"LC_ALL": "C.UTF-8"},
                stdout=log,
                stderr=log,
            )


@asynccontextmanager
async def running_cluster(folder: Path) -> AsyncIterator[Cluster]:
    """A new server in the folder, as long as the block lasts."""
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL is missing: install Debian's “postgresql”")
    cluster = Cluster(folder, programs, free_port())
    await cluster.make()
    await cluster.start()
    try:
        yield cluster
    finally:
        await cluster.stop()
