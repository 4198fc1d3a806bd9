"""The bar on questions that the pack has not seen; the figures of the README."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot import wiring
from bot.curation.evaluate import (
    ALL,
    OUTCOMES,
    Outcome,
    Scored,
    Share,
    evaluate,
    read_probes,
    table_of,
)
from bot.settings import ROOT, Settings


QUESTIONS = ROOT.parent / "shared" / "questions"

pytestmark = [
    pytest.mark.needs_shared,
    pytest.mark.skipif(
        not QUESTIONS.is_dir(), reason="../shared/questions is absent: nothing to score"
    ),
]


@pytest.fixture(scope="module")
def results() -> tuple[Scored, ...]:
    desk = wiring.desk(Settings(_env_file=None))
    return tuple(evaluate(read_probes(QUESTIONS / "dev.jsonl"), desk))


@pytest.fixture(scope="module")
def table(results: tuple[Scored, ...]) -> Mapping[str, Mapping[Outcome, Share]]:
    return table_of(results)


def test_replies_reach_the_bar_of_a_first_landing(
    table: Mapping[str, Mapping[Outcome, Share]],
) -> None:
    every = table[ALL]

    assert every["right"].percent >= 60
    assert every["right"].percent + every["tap"].percent >= 75
    assert every["wrong"].percent <= 5


def test_emergencies_are_found(table: Mapping[str, Mapping[Outcome, Share]]) -> None:
    assert table["emergency"]["right"].percent >= 95


def test_ordinary_questions_are_not_stopped(results: tuple[Scored, ...]) -> None:
    ordinary = [r for r in results if r.probe.expect[0] in {"answered", "clarify"}]
    stopped = [
        r
        for r in ordinary
        if r.reply.decision in {"emergency", "patient_advice", "report"}
    ]

    assert len(stopped) <= 0.03 * len(ordinary), [r.probe.id for r in stopped]


def test_our_outcomes_are_those_of_the_set_s_own_scorer(
    results: tuple[Scored, ...],
    table: Mapping[str, Mapping[Outcome, Share]],
    tmp_path: Path,
) -> None:
    replies = tmp_path / "replies.jsonl"
    lines = (_line(result) for result in results)
    replies.write_text("\n".join(lines), "utf-8")
    scorer, questions = QUESTIONS / "score.py", QUESTIONS / "dev.jsonl"

    ran = subprocess.run(  # noqa: S603  the set's own scorer
        [sys.executable, str(scorer), str(questions), str(replies), "--json"],
        capture_output=True,
        check=True,
        text=True,
    )

    theirs = json.loads(ran.stdout)
    for kind, shares in table.items():
        ours = {name: shares[name].k for name in OUTCOMES if shares[name].k}
        assert ours == theirs[kind], kind


def _line(result: Scored) -> str:
    fields = result.reply.model_dump(mode="json") | {"id": result.probe.id}
    return json.dumps(fields)
