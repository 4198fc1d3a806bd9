"""Outside CI a missing program skips its tests; in CI nothing is skipped unseen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.conftest import MAY_SKIP


IN_A_TEST = "import pytest\ndef test_page(): pytest.skip('no browser')"
OF_A_FILE = "import pytest\npytest.skip('no browser', allow_module_level=True)"
ALLOWED = [
    f"import pytest\n@pytest.mark.{name}\n{IN_A_TEST.partition(chr(10))[2]}"
    for name in MAY_SKIP
]


@pytest.mark.parametrize("text", [IN_A_TEST, OF_A_FILE])
def test_a_skip_fails_in_ci_and_says_why(tmp_path: Path, text: str) -> None:
    ran = _pytest(tmp_path, text, ci="true")

    assert ran.returncode != 0
    assert "A skip is a failure in CI" in ran.stdout
    assert "no browser" in ran.stdout


@pytest.mark.parametrize(
    ("text", "ci"),
    [(IN_A_TEST, ""), *((text, ci) for text in ALLOWED for ci in ("true", ""))],
)
def test_other_skips_stay_skips(tmp_path: Path, text: str, ci: str) -> None:
    ran = _pytest(tmp_path, text, ci=ci)

    assert ran.returncode == 0
    assert "1 skipped" in ran.stdout


def _pytest(folder: Path, text: str, ci: str) -> subprocess.CompletedProcess[str]:
    path = folder / "test_one.py"
    path.write_text(text)
    words = ["-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest", str(path)]
    return subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words],
        cwd=ROOT,
        env={"CI": ci, "PATH": "/usr/bin"},
        capture_output=True,
        check=False,
        text=True,
    )
