"""Builds the container image without an engine, with buildah over Debian's own Python.

The base image that the Dockerfile names lies in a registry that not every machine
reaches; Debian's packages stand in for it. All else is as the Dockerfile says.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT
from tests.deploy.programs import DEPLOY, run


DOCKERFILE = DEPLOY / "Dockerfile"
BASE = re.findall(r"(?m)^FROM (\S+)", DOCKERFILE.read_text())[-1]
AS_ROOT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
OF_THIS_MACHINE = (
    "etc/pip.conf",
    "etc/ssl/certs/ca-certificates.crt",
)  # to reach pip's


@dataclass(frozen=True, slots=True)
class Built:
    """A container made from the image, not yet running."""

    buildah: tuple[str, ...]
    name: str
    root: Path

    def running(self, *words: str, port: int = 0) -> subprocess.Popen[str]:
        """The image's own program with these words, as the image's own user."""
        given = ("--env", f"BECAR7_PORT={port}", "--env", "BECAR7_HOST=127.0.0.1")
        tokens = ("--env", "BECAR7_SLACK_BOT_TOKEN=a", "--env")
        start = (*self.buildah, "run", "--isolation", "chroot", *given, *tokens)
        return subprocess.Popen(  # noqa: S603  our own words
            [
                *(*start, "BECAR7_SLACK_SIGNING_SECRET=b", self.name, "--"),
                *("python", "-m", "bot", *words),
            ],
            env=AS_ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def written(self) -> set[str]:
        """Every file outside /data and /tmp that is in the container."""
        theirs = ("data", "tmp", "proc", "sys", "dev", "run")
        return {
            str(path.relative_to(self.root))
            for folder in self.root.iterdir()
            if folder.name not in theirs and not folder.is_symlink()
            for path in folder.rglob("*")
        }


@contextmanager
def built(folder: Path) -> Iterator[Built]:
    """The image, built in this folder; nothing of it is left."""
    buildah = (
        *("buildah", "--storage-driver", "vfs"),
        *("--root", str(folder / "images"), "--runroot", str(folder / "running")),
    )
    try:
        _stand_in(buildah, folder / "base")
        _done(
            *(*buildah, "build", "--isolation", "chroot", "--pull=never"),
            *("--format", "docker", "--file", str(DOCKERFILE), "--tag", "desk"),
            str(ROOT),
        )
        name = _done(*buildah, "from", "--pull=never", "localhost/desk")
        yield Built(buildah, name, Path(_done(*buildah, "mount", name)))
    finally:
        run(*buildah, "rm", "--all", env=AS_ROOT)
        for part in ("base", "images", "running"):
            shutil.rmtree(folder / part, ignore_errors=True)


def _stand_in(buildah: tuple[str, ...], base: Path) -> None:
    """Debian with its Python, under the name that the Dockerfile asks for."""
    suite = re.search(
        r"(?m)^VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text()
    )
    assert suite is not None
    packages = "--include=python3-venv,ca-certificates"
    _done("debootstrap", "--variant=minbase", packages, suite[1], str(base))
    (base / "usr/bin/python").symlink_to("python3")
    for name in OF_THIS_MACHINE:
        if Path("/", name).exists():
            shutil.copyfile(Path("/", name), base / name)
    name = _done(*buildah, "from", "scratch")
    _done(*buildah, "add", "--quiet", name, str(base), "/")
    _done(*buildah, "commit", "--quiet", name, f"docker.io/library/{BASE}")


def _done(*words: str) -> str:
    ran = run(*words, env=AS_ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout.strip()
