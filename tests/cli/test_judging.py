from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.commands import Commands


PROBES = (
    {"id": "a", "question": "how bright?", "expect": ["answered"], "must": [["50"]]},
    {"id": "b", "question": "kumquat sleep?", "expect": ["answered"], "must": [["9"]]},
    {"id": "c", "question": "eye strain?", "expect": ["not_reported"]},
)


@pytest.fixture
def probes(tmp_path: Path) -> Path:
    path = tmp_path / "probes.jsonl"
    path.write_text("\n".join(map(json.dumps, PROBES)))
    return path


def test_the_table_has_each_decision_with_its_interval(
    becar7: Commands, probes: Path
) -> None:
    ran = becar7("evaluate", str(probes))

    assert ran.code == 0
    assert "1 (50%)" in ran.out
    assert "1 to 99" in ran.out
    assert "ALL" in ran.out


def test_the_report_groups_failures_and_ranks_unknown_words(
    becar7: Commands, probes: Path, tmp_path: Path
) -> None:
    ran = becar7("evaluate", str(probes), "--report", str(tmp_path / "report.md"))

    text = (tmp_path / "report.md").read_text("utf-8")
    data = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert ran.code == 0
    assert "| expected | n | right |" in text
    assert "## Wrong (1)\n\n- `c` eye strain?: answered, expected not_reported." in text
    assert "- kumquat: 1" in text
    assert data["outcomes"]["ALL"]["right"]["k"] == 1
    assert [one["outcome"] for one in data["results"]][:1] == ["right"]
    assert data["unknown_words"]["kumquat"] == 1


@pytest.mark.parametrize("text", ["", "nope"])
def test_a_set_without_questions_or_broken_is_one_sentence(
    becar7: Commands, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(text)

    ran = becar7("evaluate", str(path))

    assert ran.code == 2
    assert ran.is_one_sentence


def test_a_report_that_cannot_be_written_is_said(
    becar7: Commands, probes: Path, tmp_path: Path
) -> None:
    ran = becar7("evaluate", str(probes), "--report", str(tmp_path / "no" / "r.md"))

    assert ran.code == 2
    assert "name another --report" in ran.err


def test_training_without_scikit_learn_says_how_to_get_it(
    becar7: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("bot.curation.training", "bot.curation.train"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == "sklearn"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sklearn", None)

    ran = becar7("train")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert 'pip install -e ".[dev]"' in ran.err
