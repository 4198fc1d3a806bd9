"""Where the programs are that check the deployment."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.workspace.surroundings import in_ci


DEPLOY = ROOT / "deploy"
MONITORING = DEPLOY / "chart" / "monitoring"

BESIDE_PYTHON = str(Path(sys.executable).parent)  # what the extra `dev` installed
DEBIAN = "/usr/local/bin:/usr/bin:/bin"


def debian(name: str, package: str) -> str:
    """Where a program of Debian's is; without it the test is skipped, or fails in CI."""
    found = shutil.which(name)
    if found is None:
        missing = pytest.fail if in_ci() else pytest.skip
        missing(f"{name} is missing: install Debian's package “{package}”.")
    return found


def run(
    *words: str | Path,
    env: Mapping[str, str] | None = None,
    given: str = "",
    cwd: Path = ROOT,
) -> subprocess.CompletedProcess[str]:
    """How a program ends that knows only these variables, and what it says."""
    return subprocess.run(  # noqa: S603  our own words
        [str(word) for word in words],
        cwd=cwd,
        env={"PATH": f"{BESIDE_PYTHON}:{DEBIAN}", **(env or {})},
        input=given,
        capture_output=True,
        check=False,
        text=True,
    )
