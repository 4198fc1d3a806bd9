from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.commands import Commands
from tests.conftest import TINY


SAFETY = Path("facts") / "safety.yaml"


def git(where: Path, *words: str) -> str:
    program = shutil.which("git")
    assert program is not None
    named = ("-c", "user.name=A Curator", "-c", "user.email=a@curators.invalid")
    ran = subprocess.run(  # noqa: S603  our own words
        [program, "-C", str(where), *named, *words],
        capture_output=True,
        check=True,
        text=True,
    )
    return ran.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the tiny pack at its first revision, and four of 20 now."""
    top = tmp_path / "checkout"
    pack = shutil.copytree(TINY, top / "packs" / "tiny")
    git(top, "init", "--quiet", "--initial-branch=main")
    git(top, "add", ".")
    git(top, "commit", "--quiet", "--message=The pack")
    text = (
        (pack / SAFETY)
        .read_text()
        .replace("k: 3,", "k: 4,")
        .replace(": 3 of", ": 4 of")
    )
    (pack / SAFETY).write_text(text)
    return pack


def test_two_folders_that_say_the_same_do_not_differ(becar7: Commands) -> None:
    ran = becar7("diff", str(TINY), str(TINY))

    assert ran.code == 0
    assert ran.out.endswith(": nothing changed\n")


def test_a_revision_is_compared_with_the_pack_as_it_lies_here(
    becar7: Commands, checkout: Path
) -> None:
    becar7.set(KNOWLEDGE_DIR=checkout)

    ran = becar7("diff", "HEAD")

    assert ran.code == 1, "a fact was rewritten without a word"
    assert "1 facts changed" in ran.out
    assert "value: 3 of 20 people → 4 of 20 people" in ran.out
    assert "changed without a word: write it into history" in ran.out


def test_a_change_with_its_reason_is_no_objection(
    becar7: Commands, checkout: Path
) -> None:
    becar7.set(KNOWLEDGE_DIR=checkout)
    history = (
        "    history:\n      - value: {kind: count, k: 3, n: 20, of: people}\n"
        "        statement: 3 of 20 people had eye strain with the lamp.\n"
        "        until: 2026-11-22\n        why: A misprint.\n        by: A. Author\n"
    )
    with (checkout / SAFETY).open("a") as file:
        file.write(history)
    git(checkout, "commit", "--quiet", "--all", "--message=Four")

    ran = becar7("diff", "HEAD~1", "HEAD", "--json")

    told = json.loads(ran.out)
    (found,) = told["differences"]
    assert ran.code == 0
    assert told["old"]["version"] != told["new"]["version"]
    assert found["reason"] == {
        "why": "A misprint.",
        "by": "A. Author",
        "on": "2026-11-22",
    }
    assert {
        "field": "value",
        "was": "3 of 20 people",
        "now": "4 of 20 people",
    } in found["turned"]


def test_the_reason_is_shown_to_people_too(becar7: Commands, checkout: Path) -> None:
    note = "withdrawn:\n  - {id: eye-strain, label: Eyes, statement: S., why: Gone.,"
    (checkout / SAFETY).write_text("facts: []\n")
    (checkout / "withdrawn.yaml").write_text(f"{note} on: 2026-11-22, by: B}}\n")

    ran = becar7("diff", str(TINY), str(checkout))

    assert ran.code == 0
    assert "withdrawn · facts · eye-strain · Eye strain" in ran.out
    assert "why: Gone. (B, 2026-11-22)" in ran.out
    assert "→ (none)" in ran.out


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("nowhere", "neither a folder nor a revision that has packs/tiny"),
        ("--all", "No such option"),
        ("HEAD:packs", "neither a folder nor a revision"),
        ("/", "/ holds no pack: there is no trial.yaml"),
    ],
)
def test_what_is_neither_pack_nor_revision_is_one_sentence(
    becar7: Commands, checkout: Path, old: str, said: str
) -> None:
    becar7.set(KNOWLEDGE_DIR=checkout)

    ran = becar7("diff", old)

    assert ran.code == 2
    assert said in ran.err


def test_a_revision_whose_pack_cannot_be_read_says_which_file(
    becar7: Commands, checkout: Path
) -> None:
    (checkout / SAFETY).write_text("facts: [\n")
    git(checkout, "commit", "--quiet", "--all", "--message=Spoilt")
    becar7.set(KNOWLEDGE_DIR=checkout)

    ran = becar7("diff", "HEAD", str(TINY))

    assert ran.is_one_sentence
    assert "revision HEAD, facts/safety.yaml:" in ran.err


def test_outside_a_checkout_there_are_no_revisions(
    becar7: Commands, tmp_path: Path
) -> None:
    becar7.set(KNOWLEDGE_DIR=shutil.copytree(TINY, tmp_path / "pack"))

    ran = becar7("diff", "HEAD")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert "lies in no git checkout" in ran.err
