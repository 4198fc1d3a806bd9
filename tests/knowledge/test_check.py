from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.check import check
from tests.conftest import TINY
from tests.spoiling import Change, Copy


def test_a_pack_that_keeps_every_rule_has_no_problem() -> None:
    assert check(TINY) == []


def test_a_problem_says_file_line_rule_and_what_to_do(pack: Copy) -> None:
    line = pack.change("gaps.yaml", "number: 2", "number: 1") - 1

    (problem,) = pack.problems()

    path = pack.directory / "gaps.yaml"
    assert str(problem) == (
        f"{path}:{line}: repeated-gap-number: months-after: 1 belongs to sleep"
    )


def test_every_problem_of_every_file_is_listed_in_order(pack: Copy) -> None:
    pack.change("gaps.yaml", "label: Sleep", "lable: Sleep")
    pack.change("facts/safety.yaml", "k: 3,", "k: 30,")
    pack.change("trial.yaml", "phase:", "phases:")

    problems = pack.problems()

    assert [problem.path.name for problem in problems] == [
        "safety.yaml",
        *["gaps.yaml"] * 2,  # one key is unknown, another is missing
        *["trial.yaml"] * 2,
    ]
    assert problems == sorted(problems)
    assert {problem.rule for problem in problems} == {"unfit"}


@pytest.mark.parametrize(
    ("change", "rule", "advice"),
    [
        pytest.param(
            ("gaps.yaml", "gaps:", "gaps: ["), "not-yaml", "not YAML", id="broken YAML"
        ),
        pytest.param(
            ("gaps.yaml", "label: Sleep", "label: Sleep\n    label: Rest"),
            "repeated-key",
            "label is written twice: keep one",
            id="repeated key",
        ),
        pytest.param(
            (
                "gaps.yaml",
                "wording: No source reports how",
                "words: No source reports how",
            ),
            "unfit",
            "words: Extra inputs",
            id="unknown key",
        ),
        pytest.param(
            ("gaps.yaml", "gaps:", "holes:"),
            "unreadable",
            "must begin with 'gaps:'",
            id="list missing",
        ),
        pytest.param(
            ("gaps.yaml", "gaps:", "remark: a\ngaps:"),
            "unreadable",
            "unknown key remark",
            id="beside the list",
        ),
        pytest.param(
            ("trial.yaml", "id: lantern", "id: Lantern"),
            "unfit",
            "id: String should match",
            id="no name",
        ),
        pytest.param(
            ("gaps.yaml", "id: months-after", "id: sleep"),
            "unreadable",
            "rename one",
            id="same id twice",
        ),
    ],
)
def test_what_cannot_be_read_is_a_problem(
    pack: Copy, change: Change, rule: str, advice: str
) -> None:
    pack.change(*change)

    found = {(p.path.name, p.rule): p.advice for p in pack.problems()}

    assert advice in found[change[0], rule]


def test_a_repeated_key_stands_on_the_line_of_the_second(pack: Copy) -> None:
    line = pack.change("gaps.yaml", "label: Sleep", "label: Sleep\n    label: Rest")

    (problem,) = pack.problems()

    assert problem.line == line + 1


def test_a_file_that_is_not_utf_8_is_a_problem(pack: Copy) -> None:
    (pack.directory / "gaps.yaml").write_bytes(b"gaps:\n  - label: \xff\n")

    assert pack.broken() == {"not-yaml"}


def test_a_file_that_belongs_to_no_pack_is_a_problem_that_names_those_that_do(
    pack: Copy,
) -> None:
    pack.add("extras.yaml", "extras: []\n")

    (problem,) = pack.problems()

    assert problem.rule == "unknown-file"
    assert problem.advice.endswith("drafts, withdrawn, figures")


def test_a_pack_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    (problem,) = check(tmp_path)

    assert problem.rule == "unreadable"
    assert "BECAR7_KNOWLEDGE_DIR" in problem.advice


def test_the_rules_wait_until_every_file_can_be_read(pack: Copy) -> None:
    pack.change("gaps.yaml", "number: 2", "number: 1")
    pack.change("trial.yaml", "phase:", "phases:")

    assert pack.broken() == {"unfit"}
