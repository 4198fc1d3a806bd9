"""What stands outside the code: the README, the scripts, the deployment."""

from __future__ import annotations

import re
import subprocess
import sys
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image, ImageChops
from typer.core import TyperGroup
from typer.main import get_command

from bot.answering.contacts import load_contacts
from bot.cli.program import program
from bot.figures.gallery import Galleries
from bot.figures.themes import Theme
from bot.knowledge.curated_file import CuratedFile
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.settings import ROOT


README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")
RUN = "python3 -m venv .venv && . .venv/bin/activate && pip install -e . && becar7 demo"
TEST = 'python3 -m venv .venv && .venv/bin/pip install -e ".[dev]" && .venv/bin/pytest'
TRANSCRIPT = re.findall(
    r'(?ms)^\$ becar7 ask "(.*?)"\n(.*?)\n+(?=\$ |```)', README
)  # question and reply


def test_each_of_the_two_commands_is_one_line_of_the_readme() -> None:
    blocks = re.findall(r"(?ms)^```sh\n(.*?)\n```", README)

    assert blocks == [RUN, TEST]


def test_no_command_stands_in_the_readme_before_it_is_installed() -> None:
    first = re.search(r"(?m)^\$ becar7|`becar7", README)

    assert first is not None
    assert first.start() > README.index(RUN)


def test_ci_runs_the_readme_s_test_command_line_for_line() -> None:
    assert TEST in CI.splitlines()


def test_the_transcript_has_three_questions() -> None:
    assert len(TRANSCRIPT) == 3


@pytest.mark.parametrize(("question", "reply"), TRANSCRIPT)
def test_the_transcript_is_what_the_bot_says(
    question: str, reply: str, tmp_path: Path
) -> None:
    ran = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "bot", "ask", question],
        cwd=tmp_path,
        env={
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "80",
            "PYTHONUTF8": "1",
            "BECAR7_TODAY": "2026-11-22",  # no review is overdue on any later day
        },
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    assert _lines(ran.stdout) == _lines(reply), "copy the new reply into README.md"


def test_the_readme_has_a_place_for_the_measured_quality() -> None:
    begin, end = "<!-- quality:begin -->", "<!-- quality:end -->"

    assert README.index("## Quality") < README.index(begin) < README.index(end)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pictures_of_the_readme_are_those_of_the_pack(
    theme: Theme, real: Knowledge, tmp_path: Path
) -> None:
    gallery = Galleries(tmp_path).of(real)
    names = re.findall(rf"\.github/([a-z0-9-]+)-{theme}\.png", README)

    assert names == ["three-points"]
    for name in names:
        kept = ROOT / ".github" / f"{name}-{theme}.png"
        drawn = Image.open(BytesIO(gallery.rendered(name, theme, "png")))
        assert f'alt="{escape(gallery.plate(name).alt)}"' in README
        assert ImageChops.difference(Image.open(kept), drawn).getbbox() is None, (
            f"draw it again: becar7 figure {name} --theme {theme} -o {kept}"
        )


def test_every_command_stands_in_the_readme() -> None:
    commands = get_command(program())

    assert isinstance(commands, TyperGroup)
    assert [name for name in commands.commands if f"`becar7 {name}" not in README] == []


@pytest.mark.parametrize(
    "path",
    ["README.md", "knowledge/README.md", "deploy/README.md", ".github/CONTRIBUTING.md"],
)
def test_every_link_to_a_file_leads_somewhere(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    links = re.findall(r"(?<!!)\[[^\]]+\]\((?!http)([^)#]+)\)", text)

    assert [link for link in links if not ((ROOT / path).parent / link).exists()] == []


def test_the_curator_s_example_is_a_fact_as_the_pack_takes_it(tmp_path: Path) -> None:
    text = (ROOT / "knowledge" / "README.md").read_text("utf-8")
    text = text[text.index("## Add a fact") :]
    example = re.search(r"(?ms)^```yaml\n(.*?)```", text)
    assert example is not None
    path = tmp_path / "example.yaml"
    path.write_text(example[1], "utf-8")

    fact = Fact.model_validate(CuratedFile.read(path).data["facts"][0])

    assert fact.value.text() == "7 of 11 people"


def test_the_example_contacts_are_valid_and_every_one_is_marked() -> None:
    contacts = load_contacts(ROOT / "deploy" / "contacts.example.yaml")

    assert contacts.missing() == ()
    assert contacts.examples() == ("emergency", "on-call", "reporting", "press")


def test_deployed_versions_are_exact_with_hashes_and_name_no_index() -> None:
    text = (ROOT / "deploy" / "requirements.txt").read_text("utf-8")
    entries = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^\s*#.*\n", "", text))
    wanted = re.findall(r'(?m)^  "([a-z0-9-]+)[<>=~]', _dependencies())

    assert all("==" in one and "--hash=sha256:" in one for one in entries)
    assert {one.partition("==")[0] for one in entries} >= set(wanted)
    assert "://" not in text
    assert "index" not in text


def test_the_container_runs_as_a_numbered_ordinary_user() -> None:
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")

    assert re.search(r"(?m)^USER [1-9]\d*:[1-9]\d*$", dockerfile)
    assert "--require-hashes" in dockerfile


def test_a_content_correction_is_the_first_issue_form() -> None:
    forms = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
    read: list[dict[str, Any]] = [yaml.safe_load(form.read_text()) for form in forms]

    assert read[0]["name"] == "Correct a fact"
    assert all({"name", "description", "body"} <= form.keys() for form in read)


def test_pre_commit_and_the_dev_extra_pin_the_same_ruff() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    ruff = next(repo["rev"] for repo in hooks if "ruff" in repo["repo"])

    assert f'"ruff=={ruff.removeprefix("v")}"' in _project()


def _dependencies() -> str:
    return _project().partition("\ndependencies = [")[2].partition("\n]")[0]


def _project() -> str:
    return (ROOT / "pyproject.toml").read_text("utf-8")


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]
