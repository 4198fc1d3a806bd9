from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.commands import Commands
from tests.conftest import TINY


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A copy of the tiny pack, to be changed."""
    return shutil.copytree(TINY, tmp_path / "pack")


def test_facts_are_listed_by_topic(becar7: Commands) -> None:
    every = becar7("facts")
    some = becar7("facts", "safety")

    assert every.code == some.code == 0
    assert "design" in every.out
    assert "design" not in some.out
    assert "2026-11-22" in some.out


def test_an_unknown_topic_is_told_the_topics(becar7: Commands) -> None:
    ran = becar7("facts", "cost")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert "design, efficacy, safety" in ran.err


def test_a_clean_pack_has_no_problems(becar7: Commands) -> None:
    ran = becar7("check")

    assert ran.code == 0
    assert ran.out.startswith("lantern ")
    assert "no problems in 4 facts, 2 gaps" in ran.out


def test_each_problem_is_a_line_with_file_line_rule_and_advice(
    becar7: Commands, spoilt: Path
) -> None:
    _change(spoilt / "gaps.yaml", "nearest: [eye-strain]", "nearest: [eye-stain]")
    _change(spoilt / "facts" / "safety.yaml", "table 3", "table 3\n        page: 4")

    ran = becar7("check", str(spoilt))

    assert ran.code == 1
    assert ran.out.splitlines() == sorted(ran.out.splitlines())
    assert any(
        line.startswith(f"{spoilt / 'facts' / 'safety.yaml'}:")
        for line in ran.out.splitlines()
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(("gaps:", "gaps: ["), "gaps.yaml:", id="broken-yaml"),
        pytest.param(("wording:", "words:"), "gaps.yaml:", id="unknown-key"),
        pytest.param(
            ("[eye-strain]", "[eye-stain]"), "sleep names", id="missing-entry"
        ),
    ],
)
def test_a_spoilt_pack_is_not_served_and_one_sentence_says_why(
    becar7: Commands, spoilt: Path, change: tuple[str, str], said: str
) -> None:
    _change(spoilt / "gaps.yaml", *change)
    becar7.set(KNOWLEDGE_DIR=spoilt)

    for words in (["ask", "lamp?"], ["explain", "lamp?"], ["facts"], ["chat"]):
        ran = becar7(*words)

        assert ran.code == 2
        assert ran.is_one_sentence
        assert said in ran.err


def test_a_pack_that_is_not_there_is_one_sentence_with_the_next_step(
    becar7: Commands, tmp_path: Path
) -> None:
    becar7.set(KNOWLEDGE_DIR=tmp_path / "nowhere")

    ran = becar7("ask", "lamp?")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert "BECAR7_KNOWLEDGE_DIR" in ran.err


def _change(path: Path, was: str, becomes: str) -> None:
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), "utf-8")


def test_a_new_pack_is_written_and_says_what_to_do_next(
    becar7: Commands, tmp_path: Path
) -> None:
    ran = becar7("new-pack", "My Trial")

    assert ran.code == 0
    assert (tmp_path / "my-trial" / "trial.yaml").is_file()
    assert 'becar7 ask "How many people took part?"' in ran.out
    becar7.set(KNOWLEDGE_DIR="my-trial")
    assert "12 people took part" in becar7("ask", "How many people took part?").out


def test_a_new_pack_never_overwrites(becar7: Commands, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "note.txt").touch()

    ran = becar7("new-pack", "My Trial", "-o", "there")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert "there is not empty" in ran.err
