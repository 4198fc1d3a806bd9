"""How often an ordinary question is taken for one with somebody's details in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering.desk import Desk
from bot.settings import ROOT
from bot.understanding.identifiers import redacted
from tests.conftest import REAL


MOST = 0.005  # of ordinary questions; RELIABILITY.md's privacy, issue 6
DEV = ROOT.parent / "shared" / "questions" / "dev.jsonl"


def ordinary(path: Path) -> Iterator[str]:
    """The questions of a file that hand nobody's details over."""
    for line in path.read_text("utf-8").splitlines():
        question = json.loads(line)
        decisions = {question.get("decision"), *question.get("expect", ())}
        if "report" not in decisions:
            yield question["question"]


def taken(questions: list[str], desk: Desk) -> list[str]:
    public = desk.vocabulary.public_names
    return [asked for asked in questions if redacted(asked, public).found]


def test_ordinary_questions_of_the_bank_are_left_as_they_are(real_desk: Desk) -> None:
    questions = [
        asked for f in sorted(REAL.glob("asked/*.jsonl")) for asked in ordinary(f)
    ]

    assert len(questions) > 20_000
    assert len(taken(questions, real_desk)) <= MOST * len(questions)


@pytest.mark.needs_shared
@pytest.mark.skipif(not DEV.is_file(), reason="../shared is not here")
def test_ordinary_questions_nobody_wrote_for_us_are_left_too(real_desk: Desk) -> None:
    questions = list(ordinary(DEV))

    assert len(taken(questions, real_desk)) <= MOST * len(questions)
