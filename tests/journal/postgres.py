"""A PostgreSQL of our own: an unprivileged cluster on the loopback, gone with the tests.

Debian's package `postgresql` brings the programs; without it these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest


BINARIES = Path("/usr/lib/postgresql")
MISSING = "PostgreSQL is not installed: apt-get install postgresql"
UNPRIVILEGED = "postgres"  # the programs refuse to run as root
QUICK = {"fsync": "off", "max_connections": "100"}  # a test outlives no power cut


@dataclass(frozen=True)
class Cluster:
    """Where it listens, and how it is stopped and started."""

    folder: Path
    binaries: Path
    port: int

    def start(self, **options: str) -> None:
        listen = {"listen_addresses": "127.0.0.1", "port": str(self.port)}
        given = listen | {"unix_socket_directories": str(self.folder)} | options
        said = " ".join(f"-c {name}={value}" for name, value in given.items())
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", self.data, "-w", "-l", log, "-o", said, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def database(self, name: str) -> str:
        """The address of a new, empty database."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), name)
        return self.address(name)

    def address(self, name: str) -> str:
        return f"postgresql://{_user()}@127.0.0.1:{self.port}/{name}"

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def make(self) -> None:
        self._run("initdb", "-D", self.data, "-A", "trust", "-E", "UTF8", "-U", _user())

    def _run(self, program: str, *given: str) -> None:
        command = [str(self.binaries / program), *given]
        as_user: dict[str, Any] = {"user": UNPRIVILEGED} if os.geteuid() == 0 else {}
        surroundings = {"PATH": os.defpath, "PGUSER": _user(), "LC_ALL": "C.UTF-8"}
        subprocess.run(  # noqa: S603  programs of ours, without a shell
            command,
            check=True,
            cwd=self.folder,
            env=surroundings,
            stdout=subprocess.DEVNULL,
            **as_user,
        )


@contextmanager
def running_cluster(**options: str) -> Iterator[Cluster]:
    """A cluster that runs as long as the block lasts."""
    folder = Path(mkdtemp(prefix="becar7-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)
    cluster = Cluster(folder, _binaries(), _free_port())
    try:
        cluster.make()
        cluster.start(**{**QUICK, **options})
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def _binaries() -> Path:
    found = sorted(BINARIES.glob("*/bin/initdb"))
    if not found:
        pytest.skip(MISSING)
    return found[-1].parent


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as opened:
        port: int = opened.getsockname()[1]
        return port


def _user() -> str:
    return UNPRIVILEGED if os.geteuid() == 0 else "becar7"
