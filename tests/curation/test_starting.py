"""A pack for another trial: complete, explained, and it answers at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.answering.desk import Desk
from bot.curation.rules import objections_to
from bot.curation.starting import id_from, start_pack
from bot.errors import CurationError
from bot.knowledge.load import load
from bot.knowledge.schema import text as schema_text
from bot.settings import ROOT
from bot.understanding.question import Question


TODAY = date(2026, 11, 22)
GUIDE = (ROOT / "knowledge" / "README.md").read_text("utf-8")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    start_pack("My Trial", tmp_path / "new", TODAY)
    return tmp_path / "new"


def test_a_new_pack_passes_the_check_and_bears_the_trial_s_name(pack: Path) -> None:
    knowledge = load(pack)

    assert objections_to(pack) == []
    assert (knowledge.trial.id, knowledge.trial.name) == ("my-trial", "My Trial")
    assert {fact.verified.on for fact in knowledge.facts.values()} == {TODAY}


def test_a_new_pack_answers_its_own_questions(pack: Path) -> None:
    desk = Desk(load(pack))

    replies = {
        text: desk.reply_to(Question.of(text)) for text in desk.knowledge.trial.examples
    }

    assert {reply.decision for reply in replies.values()} == {"answered"}
    assert replies["How many people took part?"].answer.startswith("12 people")
    gap = desk.reply_to(Question.of("how did people sleep a year later?"))
    assert (gap.decision, gap.gap) == ("not_reported", 1)


def test_every_file_explains_itself_and_names_the_schema_beside_it(pack: Path) -> None:
    files = sorted(pack.rglob("*.yaml"))

    assert len(files) == 9
    for path in files:
        first, second, *_ = path.read_text().splitlines()
        line = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert line is not None, path
        assert (path.parent / line[1]).resolve() == (pack / "schema.json").resolve()
        assert second.startswith("#") or path.parent.name == "facts", path
    assert (pack / "schema.json").read_text() == schema_text()


def test_every_file_of_the_pack_that_we_serve_names_the_schema(tmp_path: Path) -> None:
    for path in sorted((ROOT / "knowledge").rglob("*.yaml")):
        first = path.read_text("utf-8").partition("\n")[0]
        place = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / place).resolve() == ROOT / "knowledge" / "schema.json", (
            path
        )
    assert tmp_path.exists()


def test_what_is_there_is_never_written_over(pack: Path) -> None:
    with pytest.raises(CurationError, match="is not empty"):
        start_pack("My Trial", pack, TODAY)


def test_a_file_is_no_place_for_a_pack(tmp_path: Path) -> None:
    (tmp_path / "new").touch()

    with pytest.raises(CurationError, match="choose another with --output"):
        start_pack("My Trial", tmp_path / "new", TODAY)


@pytest.mark.parametrize(
    ("name", "made"),
    [("My Trial", "my-trial"), ("LAMP-2: the sequel", "lamp-2-the-sequel")],
)
def test_a_trial_s_id_is_made_from_its_name(name: str, made: str) -> None:
    assert id_from(name) == made


def test_a_name_without_letters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CurationError, match="has no letters"):
        start_pack("?!", tmp_path / "new", TODAY)

    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["O'Hara's \"lamp\": #2", "- a\n- b", "{x} & *y"])
def test_any_name_can_be_written(tmp_path: Path, name: str) -> None:
    start_pack(name, tmp_path / "new", TODAY)

    assert objections_to(tmp_path / "new") == []


def test_the_guide_leads_to_a_fact_when_it_is_followed_to_the_letter(
    tmp_path: Path,
) -> None:
    lesson = GUIDE.partition("## Your first fact")[2].partition("\n## ")[0]
    blocks = re.findall(r"(?ms)^   ```(sh|yaml)\n(.*?)^   ```", lesson)
    steps = [(kind, re.sub(r"(?m)^   ", "", text)) for kind, text in blocks]
    script = "".join(
        text
        if kind == "sh"
        else f"cat >> my-trial/vocabulary.yaml <<'END'\n{text}END\n"
        for kind, text in steps
    )
    promised = re.search(r"The reply begins: (.+)", lesson)
    assert promised is not None

    ran = subprocess.run(  # noqa: S603  the guide's own words
        ["/bin/sh", "-e", "-c", script],
        cwd=tmp_path,
        env={
            "PATH": f"{Path(sys.executable).parent}:{os.defpath}",
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "200",
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        check=False,
        text=True,
    )

    assert ran.returncode == 0, ran.stderr
    assert [kind for kind, _ in steps] == ["sh", "yaml", "sh", "sh"]
    assert promised[1] in ran.stdout
