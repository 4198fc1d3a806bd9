"""The container: linted, its content tried by itself, and built where an engine runs."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.deploy.programs import DEPLOY, run


DOCKERFILE = DEPLOY / "Dockerfile"
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
        *(docker, "run", "--rm", "--read-only", "--tmpfs", "/tmp"),  # noqa: S108  in it
        *("--cap-drop", "ALL", "--network", "none", image, "check"),
    )

    assert built.returncode == 0, built.stderr
    assert ran.returncode == 0, ran.stderr
