"""The container: linted, its content tried by itself, and built where an engine runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
import urllib.request
from pathlib import Path
from typing import IO

import pytest

from bot.settings import ROOT
from tests.deploy.images import DOCKERFILE, built
from tests.deploy.programs import run
from tests.workspace.surroundings import in_ci


TEXT = DOCKERFILE.read_text()
FROM_HERE = re.findall(r"(?m)^COPY (?!--from)(\S+) (\S+)$", TEXT)


def test_the_linter_has_no_objection() -> None:
    ran = run("hadolint", "--no-color", "--failure-threshold", "style", DOCKERFILE)

    assert ran.returncode == 0, ran.stdout


def test_the_linter_would_have_found_a_fault(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(TEXT.replace("python:3.13-slim", "python"))

    assert "DL3006" in run("hadolint", tmp_path / "Dockerfile").stdout


def test_nothing_else_of_the_repository_reaches_the_builder() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    let_in = {line[1:] for line in ignored if line.startswith("!")}

    assert ignored[0] == "*"
    assert {source for source, _ in FROM_HERE} == let_in


def test_what_is_copied_answers_by_itself(tmp_path: Path) -> None:
    """The app runs from the copied folders alone, and its folder stays as it was."""
    for source, target in FROM_HERE:
        if target.startswith("/app/"):
            shutil.copytree(
                ROOT / source,
                tmp_path / target.removeprefix("/"),
                ignore=shutil.ignore_patterns("__pycache__", "asked"),
            )
    env = {
        "PYTHONPATH": str(tmp_path / "app"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "BECAR7_ENVIRONMENT": "production",
        "BECAR7_CACHE_DIR": str(tmp_path / "cache"),
    }
    before = set((tmp_path / "app").rglob("*"))

    ran = run(sys.executable, "-m", "bot", "check", env=env, cwd=tmp_path)

    assert ran.returncode == 0, ran.stderr
    assert set((tmp_path / "app").rglob("*")) == before


@pytest.mark.needs_engine
def test_an_image_is_built_and_checks_its_pack() -> None:
    docker = shutil.which("docker")
    if docker is None or run(docker, "info").returncode:
        pytest.skip("No container engine runs on this machine: no image was built.")
    built = run(docker, "build", "--quiet", "--file", DOCKERFILE, ROOT)
    image = built.stdout.strip()

    ran = run(
        *(docker, "run", "--rm", "--read-only", "--tmpfs", "/tmp"),  # noqa: S108  in it  # nosec B108
        *("--cap-drop", "ALL", "--network", "none", image, "check"),
    )

    assert built.returncode == 0, built.stderr
    assert ran.returncode == 0, ran.stderr


@pytest.mark.needs_engine
def test_an_image_is_built_without_an_engine_answers_and_serves(tmp_path: Path) -> None:
    """It takes minutes and Debian's and Python's packages: in CI, or nowhere."""
    if not in_ci():
        pytest.skip("An image is built without an engine in CI alone.")
    if os.geteuid() or not all(map(shutil.which, ("buildah", "debootstrap"))):
        pytest.skip("Only root builds it, with Debian's “buildah” and “debootstrap”.")
    with built(tmp_path) as image:
        before = image.written()
        asked = image.running("ask", "how many people were treated?", "--json")
        reply = json.loads(asked.communicate()[0])
        serving = image.running("serve")
        port = _port(serving.stdout)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as health:
            healthy = health.status
        serving.send_signal(signal.SIGTERM)
        serving.communicate(timeout=60)

        assert reply["decision"] == "answered"
        assert healthy == 200
        assert image.written() == before


def _port(said: IO[str] | None) -> int:
    """The port that the app says it listens on."""
    assert said is not None
    heard = ""
    for line in said:
        heard += line
        found = re.search(r"port\W+(\d+)", line)  # in a line of words, or of JSON
        if "listening" in line and found:
            return int(found[1])
    raise AssertionError(heard)
