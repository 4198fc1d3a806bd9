"""What must hold of words that somebody cleared for sharing outside."""

from __future__ import annotations

import pytest

from bot.knowledge.clearing import CLEARING
from tests.spoiling import Copy


EFFICACY, SAFETY = "facts/efficacy.yaml", "facts/safety.yaml"
CLEARED = "cleared: {by: test press officer, on: 2026-11-23}"
CHECKED = "verified: {by: test curator, on: 2026-11-22}"
WORDING = "told the researchers of no migraine"
DRAFT = """drafts:
  - id: eye-strain
    label: Eye strain
    value: {kind: count, k: 4, n: 20, of: people}
    population: the 20 adults who used the lamp
    statement: 4 of 20 people had eye strain with the lamp.
    brief: "{value} had eye strain with the lamp."
    sources: [{source: nowhere-report-2020, locator: table 3}]
    got: quoted
    certainty: paper
    measure: [sore-eyes]
    covers: [the-trial, lamp, adults, how-often]
    draft: {by: somebody else, on: 2026-11-24, why: The table was corrected.}
    review_by: 2027-11-22
"""

BROKEN: dict[str, tuple[str, str, tuple[str, str, str]]] = {  # rule, who, one line
    "cleared before it was last verified": (
        "cleared-before-check",
        "eye-strain",
        (SAFETY, CLEARED, CLEARED.replace("-23", "-21")),
    ),
    "cleared by a question mark": (
        "cleared-by-nobody",
        "eye-strain",
        (SAFETY, "by: test press officer", 'by: "?"'),
    ),
    "cleared by who wrote it": (
        "cleared-by-author",
        "eye-strain",
        (SAFETY, CHECKED, f"{CHECKED}\n    drafted_by: Test Press  OFFICER"),
    ),
    "a benefit without its harms": (
        "cleared-without-harm",
        "month-without-migraine",
        (SAFETY, f"    {CLEARED}\n", ""),
    ),
    "a number that the value lacks": (
        "foreign-number",
        "month-without-migraine",
        (EFFICACY, WORDING, f"{WORDING} for 30 days"),
    ),
    "a banned word": (
        "banned-word",
        "month-without-migraine",
        (EFFICACY, WORDING, "were harmless"),
    ),
}


@pytest.mark.parametrize(("rule", "who", "change"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_with_a_clearance_is_named_at_its_fact(
    pack: Copy, rule: str, who: str, change: tuple[str, str, str]
) -> None:
    pack.change(*change)

    (problem,) = pack.problems()

    line = problem.path.read_text("utf-8").splitlines()[problem.line - 1]
    assert (problem.rule, f"id: {who}" in line) == (rule, True)


def test_every_rule_of_clearing_has_a_pack_that_breaks_it() -> None:
    own = {rule.__name__.replace("_", "-") for rule in CLEARING}

    assert own <= {rule for rule, _, _ in BROKEN.values()}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            (SAFETY, CLEARED, CLEARED.replace("-23", "-22")), id="on the same day"
        ),
        pytest.param(
            (EFFICACY, WORDING, "were “harmless” in weeks 1 to 4"),
            id="a number of the time, a word in quotation marks",
        ),
        pytest.param(
            (SAFETY, CHECKED, f"{CHECKED}\n    drafted_by: somebody else"),
            id="written by somebody else",
        ),
    ],
)
def test_a_clearance_that_keeps_the_rules_is_left_in_peace(
    pack: Copy, change: tuple[str, str, str]
) -> None:
    pack.change(*change)

    assert pack.problems() == []


def test_a_draft_of_the_harms_does_not_end_a_clearance_before_it_is_verified(
    pack: Copy,
) -> None:
    pack.add("drafts/safety.yaml", DRAFT)

    assert pack.problems() == []
