"""What the documents claim is shown by tests that exist, and figures that are kept."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from bot import __version__
from bot.settings import ROOT
from tests.deploy.programs import DEPLOY


DOCUMENTS = sorted((DEPLOY / "documents").glob("*.md"))
PAGES = [*DOCUMENTS, DEPLOY / "README.md"]
SHOWN = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
CARD = (DEPLOY / "documents" / "evaluation-card.md").read_text()
README = (ROOT / "README.md").read_text()


def _name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_test_that_is_named_exists(page: Path) -> None:
    named = SHOWN.findall(page.read_text())

    assert [one for one in named if one[1] not in _tests(one[0])] == []


@pytest.mark.parametrize("page", DOCUMENTS, ids=_name)
def test_every_claim_says_what_shows_it(page: Path) -> None:
    for heading, *rows in _tables(page.read_text()):
        columns = _cells(heading)
        if "shown by" in columns:
            place = columns.index("shown by")
            bare = [row for row in rows[1:] if not SHOWN.search(_cells(row)[place])]
            assert bare == []


def test_there_are_claims_to_check() -> None:
    assert sum(len(SHOWN.findall(page.read_text())) for page in DOCUMENTS) > 40


@pytest.mark.parametrize("page", DOCUMENTS, ids=_name)
def test_every_document_leads_to_files_that_exist(page: Path) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", DOCUMENTS, ids=_name)
def test_every_document_is_of_this_version_and_dated(page: Path) -> None:
    text = page.read_text()

    assert __version__ in text
    assert re.search(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d\b", text)


def test_every_figure_of_the_evaluation_stands_in_the_readme() -> None:
    results = CARD.partition("\n## Results\n")[2]
    rows = [line for line in results.splitlines() if re.match(r"\| .*\d%", line)]
    sentences = re.findall(r"(?m)^Of \d.*$", results)
    command = re.findall(r"(?m)^Measured on (.+ with `.+?`)", results)

    assert rows
    assert sentences
    kept = README.partition("<!-- quality:begin -->")[2].partition("<!-- quality:end")
    missing = [one for one in (*rows, *sentences, *command) if one not in kept[0]]
    assert missing == [], "copy the figures of README.md into the evaluation card"


def test_the_card_has_every_item_of_the_guideline() -> None:
    assert [int(n) for n in re.findall(r"(?m)^\| (\d+) ", CARD)] == list(range(1, 13))


def test_the_hazard_log_is_not_signed_by_us() -> None:
    log = (DEPLOY / "documents" / "hazard-log.md").read_text()
    numbers = re.findall(r"(?m)^\| (H\d+) ", log)

    assert numbers == [f"H{n}" for n in range(1, len(numbers) + 1)]
    assert "No clinical safety officer has reviewed it" in log
    assert all(row.endswith("| |") for row in re.findall(r"(?m)^\| H\d+ .*$", log))


def test_every_file_of_the_deployment_is_explained() -> None:
    text = (DEPLOY / "README.md").read_text()
    ours = {path.name for path in DEPLOY.iterdir()} - {"README.md"}
    local = {"contacts.yaml", "secrets"}  # of whoever runs it here

    assert [name for name in sorted(ours - local) if f"`{name}" not in text] == []


def test_the_commands_install_this_version() -> None:
    text = (DEPLOY / "README.md").read_text()

    assert f"version={__version__}   #" in text
    assert f"trial-desk:{__version__} ." in text


def test_what_was_not_measured_is_not_claimed() -> None:
    """The table of sizes is filled with figures that carry a command, or says so."""
    text = (DEPLOY / "README.md").read_text()
    table = text.partition("<!-- sizing:begin -->")[2].partition("<!-- sizing:end")[0]

    for row in table.strip().splitlines()[2:]:
        *_, how = _cells(row)
        assert "`" in how or "*to be measured*" in row, row


@cache
def _tests(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(one.name for one in tree.body if isinstance(one, kinds))


def _tables(text: str) -> list[list[str]]:
    found = re.findall(r"(?m)(?:^ *\|.*\n)+", text)
    return [table.strip().splitlines() for table in found]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]
