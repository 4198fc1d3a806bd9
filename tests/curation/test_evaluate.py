from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.answering.composition import Suggestion
from bot.curation.evaluate import (
    ALL,
    Probe,
    confusion_of,
    evaluate,
    read_probes,
    scored,
    table_of,
)
from bot.errors import UnreadableFileError
from tests.fakes import CannedAnswers
from tests.make import make_composition


def make_probe(**changes: Any) -> Probe:
    fields = {"id": "p1", "question": "how many?", "expect": ["answered"]}
    return Probe.model_validate({**fields, **changes})


SEVEN = [[r"\b7 of 11\b", "seven"]]


@pytest.mark.parametrize(
    ("probe", "reply", "outcome"),
    [
        pytest.param({"must": SEVEN}, {"answer": "7 OF 11."}, "right", id="figure"),
        pytest.param(
            {"must": SEVEN},
            {"answer": "Many.", "text": "7 of 11"},
            "wrong",
            id="folded",
        ),
        pytest.param(
            {"must_not": ["cure"]}, {"text": "A Cure."}, "wrong", id="banned-in-a-fold"
        ),
        pytest.param({}, {"answer": "word " * 121}, "wrong", id="too-long"),
        pytest.param(
            {"must": [["word"]] * 4},
            {"answer": "word " * 240},
            "right",
            id="four-asked",
        ),
        pytest.param({}, {"decision": "clarify"}, "tap", id="any-suggestion-will-do"),
        pytest.param(
            {"must": SEVEN}, {"decision": "clarify"}, "overcaution", id="no-suggestion"
        ),
        pytest.param(
            {"must": SEVEN},
            {
                "decision": "not_reported",
                "suggestions": (
                    Suggestion(label="a", target="b", answer="It was seven."),
                ),
            },
            "tap",
            id="the-right-suggestion",
        ),
        pytest.param({"expect": ["clarify"]}, {}, "wrong", id="overconfident"),
        pytest.param(
            {"expect": ["emergency"]},
            {"decision": "patient_advice"},
            "wrong",
            id="missed-emergency",
        ),
        pytest.param(
            {"expect": ["report"]},
            {"decision": "out_of_scope"},
            "wrong",
            id="missed-report",
        ),
        pytest.param(
            {"expect": ["report"]},
            {"decision": "patient_advice"},
            "off",
            id="other-boundary",
        ),
        pytest.param(
            {"expect": ["not_reported"]},
            {"decision": "out_of_scope"},
            "off",
            id="other-reason",
        ),
        pytest.param(
            {"expect": ["not_reported"], "must": [["nearest"]]},
            {"decision": "not_reported"},
            "off",
            id="declined-without-the-figure",
        ),
        pytest.param(
            {"expect": ["answered", "clarify"]},
            {"decision": "clarify"},
            "right",
            id="second-best-is-accepted",
        ),
    ],
)
def test_each_reply_has_one_outcome(
    probe: dict[str, Any], reply: dict[str, Any], outcome: str
) -> None:
    assert scored(make_probe(**probe), make_composition(**reply)).outcome == outcome


def test_the_table_counts_by_expected_decision_with_exact_intervals() -> None:
    probes = [make_probe(), make_probe(expect=["clarify"])]
    results = tuple(evaluate(probes, CannedAnswers()))

    table = table_of(results)

    assert list(table) == ["answered", "clarify", ALL]
    assert (table[ALL]["right"].k, table[ALL]["right"].n) == (1, 2)
    assert table[ALL]["right"].interval == pytest.approx((1.258, 98.742), abs=0.001)
    assert table_of(()) == {}


def test_decisions_are_counted_by_what_was_expected() -> None:
    results = tuple(evaluate([make_probe(expect=["clarify"])] * 2, CannedAnswers()))

    assert confusion_of(results) == {("clarify", "answered"): 2}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("{", id="not-json"),
        pytest.param(
            '{"id": "a", "question": "?", "expect": []}', id="nothing-expected"
        ),
        pytest.param(
            '{"id": "a", "question": "?", "expect": ["maybe"]}', id="no-such-decision"
        ),
        pytest.param(
            '{"id": "a", "question": "?", "expect": ["clarify"], "must": [["("]]}',
            id="no-pattern",
        ),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f"{make_probe().model_dump_json()}\n\n{line}\n")

    with pytest.raises(UnreadableFileError, match=r"set\.jsonl:3: "):
        read_probes(path)


@pytest.mark.parametrize("raw", [None, b"\xff"])
def test_a_set_that_cannot_be_read_is_named(tmp_path: Path, raw: bytes | None) -> None:
    path = tmp_path / "set.jsonl"
    if raw is not None:
        path.write_bytes(raw)

    with pytest.raises(UnreadableFileError, match=r"set\.jsonl:1: "):
        read_probes(path)


def test_notes_of_a_set_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({**make_probe().model_dump(), "voice": "nurse"}))

    assert read_probes(path) == (make_probe(),)
