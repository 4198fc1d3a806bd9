"""What is released: it installs and answers, names its parts, and is the same twice."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot import __version__
from bot.settings import ROOT
from tests.deploy.programs import DEPLOY, run


WHEEL = f"becar7_bot-{__version__}-py3-none-any.whl"
SDIST = f"becar7_bot-{__version__}.tar.gz"
BILL = f"becar7_bot-{__version__}.cdx.json"
CHANGELOG = (DEPLOY / "CHANGELOG.md").read_text()
LOCKED = dict(
    re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", (DEPLOY / "requirements.txt").read_text())
)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with everything that one command made."""
    folder = tmp_path_factory.mktemp("released")
    ran = run(DEPLOY / "release", folder)
    assert ran.returncode == 0, ran.stderr
    return folder


@pytest.fixture(scope="module")
def installed(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel was installed, without its dependencies."""
    return _install(released / WHEEL, tmp_path_factory.mktemp("installed"))


def test_one_command_makes_everything_and_sums_it_up(released: Path) -> None:
    lines = (released / "SHA256SUMS").read_text().splitlines()
    sums = [tuple(line.split("  ")) for line in lines]

    assert {name for _, name in sums} == {WHEEL, SDIST, BILL}
    for digest, name in sums:
        assert hashlib.sha256((released / name).read_bytes()).hexdigest() == digest


def test_the_same_checkout_gives_the_same_bytes(released: Path, tmp_path: Path) -> None:
    run(DEPLOY / "release", tmp_path)

    again = (tmp_path / "SHA256SUMS").read_text()
    assert again == (released / "SHA256SUMS").read_text()


def test_an_installed_wheel_answers_from_its_own_pack(
    installed: Path, tmp_path: Path
) -> None:
    ran = _becar7(installed, tmp_path, "ask", "how many people were treated?", "--json")
    reply: dict[str, Any] = json.loads(ran.stdout)
    where = _python(installed, tmp_path, "import bot; print(bot.__file__)").stdout

    assert Path(where.strip()).is_relative_to(installed)
    assert reply["decision"] == "answered"
    assert reply["citations"]


def test_an_installed_wheel_has_what_the_demo_shows(
    installed: Path, tmp_path: Path
) -> None:
    asked = (
        "from bot.wiring.running import CONTACTS, MANIFEST; print(CONTACTS, MANIFEST)"
    )
    paths = _python(installed, tmp_path, asked).stdout.split()

    assert [Path(path).is_relative_to(installed) for path in paths] == [True, True]
    assert all(Path(path).is_file() for path in paths)


def test_an_installed_wheel_checks_its_pack_and_knows_its_version(
    installed: Path, tmp_path: Path
) -> None:
    assert _becar7(installed, tmp_path, "check").returncode == 0
    said = _becar7(installed, tmp_path, "--version").stdout
    assert said.startswith(f"becar7 {__version__} ")


def test_the_sdist_builds_the_same_wheel(released: Path, tmp_path: Path) -> None:
    with tarfile.open(released / SDIST) as sdist:
        sdist.extractall(tmp_path, filter="data")
    source = tmp_path / SDIST.removesuffix(".tar.gz")

    words = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    ran = run(*words, cwd=source)

    assert ran.returncode == 0, ran.stderr
    assert _files(tmp_path / WHEEL) == _files(released / WHEEL)


def test_nothing_that_is_for_curators_alone_grows_the_sdist_by_accident(
    released: Path,
) -> None:
    with tarfile.open(released / SDIST) as sdist:
        tops = {Path(name).parts[1] for name in sdist.getnames()}

    assert tops <= {
        *("bot", "knowledge", "tests", "deploy", "README.md", "LICENSE"),
        *("pyproject.toml", "PKG-INFO", ".gitignore"),
    }


def test_the_bill_names_every_locked_part_with_its_hashes(released: Path) -> None:
    bill: dict[str, Any] = json.loads((released / BILL).read_text())
    parts = {part["name"]: part for part in bill["components"]}

    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "becar7-bot"
    assert {name: part["version"] for name, part in parts.items()} == LOCKED
    assert all(part["externalReferences"][0]["hashes"] for part in parts.values())


def test_what_is_locked_satisfies_what_the_project_asks_for() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    asked = project.partition("\ndependencies = [")[2].partition("\n]")[0]
    postgres = project.partition("\npostgres = [")[2].partition("\n]")[0]
    names = re.findall(r'(?m)^  "([a-z0-9-]+)', asked + postgres)

    assert set(names) <= LOCKED.keys()
    assert "psycopg-binary" in LOCKED


def test_the_changelog_has_the_form_and_this_version() -> None:
    headings = re.findall(r"(?m)^## \[(.+?)\]", CHANGELOG)
    kinds = set(re.findall(r"(?m)^### (.+)$", CHANGELOG))
    allowed = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}

    assert headings[0] == "Unreleased"
    assert headings[1] == __version__
    assert kinds <= allowed


def _install(wheel: Path, folder: Path) -> Path:
    words = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index")
    ran = run(sys.executable, *words, "--target", folder, wheel)
    assert ran.returncode == 0, ran.stderr
    return folder


def _python(
    installed: Path, folder: Path, *words: str
) -> subprocess.CompletedProcess[str]:
    env = {"PYTHONPATH": str(installed), "HOME": str(folder), "PYTHONUTF8": "1"}
    return run(sys.executable, "-c", *words, env=env, cwd=folder)


def _becar7(
    installed: Path, folder: Path, *words: str
) -> subprocess.CompletedProcess[str]:
    start = "import sys; sys.argv[0] = 'becar7'; from bot.cli import main; main()"
    return _python(installed, folder, start, *words)


def _files(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as packed:
        return {one.filename: one.CRC for one in packed.infolist()}
