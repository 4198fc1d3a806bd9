"""Every rule against a copy of the tiny pack that breaks it, and one that does not."""

from __future__ import annotations

import pytest

from bot.knowledge.clearing import CLEARING
from bot.knowledge.figure_rules import FIGURE_RULES
from bot.knowledge.load import read_pack
from bot.knowledge.objections import Objection
from bot.knowledge.rules import RULES, dangling_name
from tests.spoiling import Change, Copy


ELSEWHERE = (*FIGURE_RULES, *CLEARING)  # each has a file of tests of its own
OWN = [rule for rule in RULES if rule not in ELSEWHERE]
EFFICACY, SAFETY, DESIGN = (
    f"facts/{topic}.yaml" for topic in ("efficacy", "safety", "design")
)
BRIEF = 'brief: "{value} had eye strain with the lamp; nobody graded how bad it was."'
LONG = " ".join(["word"] * 61)
TWELVE = "value: {kind: count, k: 12, n: 20, of: people, percent: 60}"
THREE = "value: {kind: count, k: 3, n: 20, of: people}"
CHECKED = "verified: {by: test curator, on: 2026-11-22}"
BEFORE = (
    "{value: {kind: count, k: 2, n: 20, of: people}, statement: 2 of 20 people had it.,"
    " until: 2026-11-22, why: The table was corrected., by: test curator}"
)
SAME = (
    "{value: {kind: count, k: 3, n: 20, of: people},"
    " statement: 3 of 20 people had eye strain with the lamp.,"
    " until: 2026-11-20, why: None., by: test curator}"
)
LATER = BEFORE.replace("2026-11-22", "2026-11-23")
EARLIEST = BEFORE.replace("-22", "-20").replace("2 of 20", "1 of 20")
GONE = "withdrawn:\n  - {id: eye-strain, label: Eyes, statement: They hurt., "

BROKEN: dict[str, tuple[str, str, list[Change]]] = {  # rule, who, spoiled lines
    "a concept nobody wrote": (
        "dangling-name",
        "sleep",
        [("gaps.yaml", "[sleep-quality]", "[sleep-quality, dreams]")],
    ),
    "a fact nobody wrote": (
        "dangling-name",
        "months-after",
        [("gaps.yaml", "[month-without-migraine]", "[month-without-pain]")],
    ),
    "a broader concept nobody wrote": (
        "dangling-name",
        "migraine-free",
        [("vocabulary.yaml", "broader: [migraine]", "broader: [migraine, pain]")],
    ),
    "a percentage that the count does not round to": (
        "wrong-percentage",
        "month-without-migraine",
        [(EFFICACY, "percent: 60", "percent: 61")],
    ),
    "a percentage with a wrong decimal": (
        "wrong-percentage",
        "month-without-migraine",
        [(EFFICACY, "percent: 60", "percent: 60.4")],
    ),
    "a wrong percentage within a list": (
        "wrong-percentage",
        "eye-strain",
        [
            (
                SAFETY,
                THREE,
                (
                    "value: {kind: list, items: [{name: any}, {name: eyes, value:"
                    " {kind: count, k: 3, n: 20, of: people, percent: 16}}]}"
                ),
            )
        ],
    ),
    "a derived count that is not the only one": (
        "ambiguous-count",
        "eye-strain",
        [
            (SAFETY, "k: 3, n: 20, of: people", "k: 3, n: 300, of: people, percent: 1"),
            (SAFETY, "got: quoted", "got: derived"),
        ],
    ),
    "a grade without a scale": (
        "grade-without-scale",
        "eye-strain",
        [(SAFETY, "3 of 20 people had eye", "3 of 20 people had grade 3 eye")],
    ),
    "a benefit without its harms": (
        "benefit-without-harm",
        "month-without-migraine",
        [
            ("vocabulary.yaml", "[migraine]\n", "[migraine]\n    benefit: true\n"),
            (EFFICACY, "    pair_with: eye-strain\n", ""),
        ],
    ),
    "a source nobody cites": (
        "uncited-source",
        "nowhere-newsletter-2020",
        [("conflicts.yaml", "sources: [nowhere-newsletter-2020]", "sources: []")],
    ),
    "a concept nobody uses": (
        "unused-concept",
        "how-long",
        [
            (
                "vocabulary.yaml",
                "concepts:\n",
                "concepts:\n  - {id: how-long, kind: time, name: duration}\n",
            )
        ],
    ),
    "a number that the value lacks, in the brief": (
        "foreign-number",
        "eye-strain",
        [(SAFETY, "graded how bad it was", "graded the 5 worst")],
    ),
    "a number that the value lacks, in the statement": (
        "foreign-number",
        "eye-strain",
        [(SAFETY, "statement: 3 of 20", "statement: 3 of 21")],
    ),
    "a banned word of a fact": (
        "banned-word",
        "eye-strain",
        [(SAFETY, "nobody graded how bad it was", "otherwise it was Safe")],
    ),
    "a banned word of a caveat": (
        "banned-word",
        "month-without-migraine",
        [(EFFICACY, "There was no other arm", "It is no cure. There was no other arm")],
    ),
    "a banned word of a gap": (
        "banned-word",
        "sleep",
        [("gaps.yaml", "how people slept", "harmless sleep")],
    ),
    "a banned word of a conflict": (
        "banned-word",
        "twelve-or-fourteen",
        [("conflicts.yaml", "The newsletter says 14, without", "No cure: 14, without")],
    ),
    "a brief of sixty-one words": (
        "long-brief",
        "eye-strain",
        [(SAFETY, BRIEF, f"brief: {LONG}")],
    ),
    "two entries that the same question asks for": (
        "twin-entries",
        "months-after",
        [
            ("gaps.yaml", "[afterwards]", "[sleep-quality]"),
            ("gaps.yaml", "adults, migraine, migraine-free,", "adults, migraine,"),
            (
                "vocabulary.yaml",
                "id: afterwards\n",
                "id: afterwards\n    material: true\n",
            ),
        ],
    ),
    "two gaps with one number": (
        "repeated-gap-number",
        "months-after",
        [("gaps.yaml", "number: 2", "number: 1")],
    ),
    "a gap that is near to gaps alone": (
        "misplaced-name",
        "sleep",
        [("gaps.yaml", "nearest: [eye-strain]", "nearest: [months-after]")],
    ),
    "a review that is due before the check": (
        "review-before-check",
        "eye-strain",
        [(SAFETY, "review_by: 2027-11-22", "review_by: 2026-11-22")],
    ),
    "a fact verified by who wrote it": (
        "verified-by-author",
        "eye-strain",
        [(SAFETY, CHECKED, f"drafted_by: Test  CURATOR\n    {CHECKED}")],
    ),
    "a history in which nothing changed": (
        "idle-history",
        "eye-strain",
        [(SAFETY, CHECKED, f"{CHECKED}\n    history: [{SAME}]")],
    ),
    "a change after the last check": (
        "history-out-of-order",
        "eye-strain",
        [(SAFETY, CHECKED, f"{CHECKED}\n    history: [{LATER}]")],
    ),
    "the older change first": (
        "history-out-of-order",
        "eye-strain",
        [
            (
                SAFETY,
                CHECKED,
                f"{CHECKED}\n    history: [{EARLIEST}, {BEFORE}]",
            )
        ],
    ),
}


@pytest.mark.parametrize(("rule", "who", "changes"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_named_at_the_entry_that_breaks_it(
    pack: Copy, rule: str, who: str, changes: list[Change]
) -> None:
    for change in changes:
        pack.change(*change)

    (problem,) = pack.problems(OWN)

    line = problem.path.read_text("utf-8").splitlines()[problem.line - 1]
    assert problem.rule == rule
    assert problem.advice.startswith(f"{who}: ")
    assert f"id: {who}" in line


def test_a_file_of_facts_must_be_named_after_a_topic(pack: Copy) -> None:
    facts = pack.directory / "facts"
    (facts / "safety.yaml").rename(facts / "furniture.yaml")

    (problem,) = pack.problems(OWN)

    assert problem.rule == "unknown-topic"
    assert "efficacy, safety" in problem.advice


def test_the_id_of_a_withdrawn_fact_is_not_used_again(pack: Copy) -> None:
    line = pack.add("withdrawn.yaml", f"{GONE}on: 2026-01-01, why: Wrong., by: me}}\n")

    (problem,) = pack.problems()

    assert (problem.rule, problem.line) == ("withdrawn-in-use", line + 1)


def test_every_rule_has_a_pack_that_breaks_it() -> None:
    elsewhere = {"unknown-topic", "change-without-reason", "withdrawn-in-use"}
    broken = {rule for rule, _, _ in BROKEN.values()} | elsewhere

    assert broken == {rule.__name__.replace("_", "-") for rule in OWN}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            [(EFFICACY, "percent: 60", "percent: 60.0")],
            id="a percentage with a nought",
        ),
        pytest.param(
            [(EFFICACY, "got: quoted", "got: derived")], id="a count that alone fits"
        ),
        pytest.param(
            [(SAFETY, "got: quoted", "got: derived")],
            id="a derived count without a percentage",
        ),
        pytest.param(
            [
                (SAFETY, "people had eye strain", "people had grade 3 eye strain"),
                (SAFETY, "    got: quoted", "    grading: not-stated\n    got: quoted"),
            ],
            id="a grade of which no scale is stated",
        ),
        pytest.param(
            [("vocabulary.yaml", "[migraine]\n", "[migraine]\n    benefit: true\n")],
            id="a benefit with its harms",
        ),
        pytest.param(
            [
                ("conflicts.yaml", "sources: [nowhere-newsletter-2020]", "sources: []"),
                (
                    "trial.yaml",
                    "source: nowhere-report-2020",
                    "source: nowhere-newsletter-2020",
                ),
            ],
            id="a source of the status alone",
        ),
        pytest.param(
            [
                (
                    "vocabulary.yaml",
                    "broader: [migraine]",
                    (
                        "broader: [migraine, head]\n"
                        "  - {id: head, kind: measure, name: head}"
                    ),
                )
            ],
            id="a concept that is only broader",
        ),
        pytest.param(
            [
                (
                    "vocabulary.yaml",
                    "concepts:\n",
                    (
                        "concepts:\n  - {id: help, kind: sign, name: help}\n"
                        "  - {id: advice, kind: stance, name: advise me}\n"
                    ),
                )
            ],
            id="signs and stances, which no entry is about",
        ),
        pytest.param(
            [(SAFETY, "graded how bad", "in weeks 1 to 4 graded how bad")],
            id="a number of the time",
        ),
        pytest.param(
            [
                (SAFETY, "the lamp; nobody", "the lamp 9000, an L33 model; nobody"),
                ("trial.yaml", "banned:", "names: [Lamp 9000]\nbanned:"),
            ],
            id="the digits of a name",
        ),
        pytest.param(
            [(SAFETY, "nobody graded", "“safe”, it was said, and nobody graded")],
            id="a banned word in quotation marks",
        ),
        pytest.param(
            [
                (SAFETY, "nobody graded how bad it was", "it was safe"),
                ("trial.yaml", "banned: [cure, safe, harmless]", "banned: []"),
            ],
            id="no word is banned",
        ),
        pytest.param(
            [(SAFETY, CHECKED, f"{CHECKED}\n    history: [{BEFORE}]")],
            id="a change with its reason",
        ),
        pytest.param(
            [(SAFETY, CHECKED, f"drafted_by: somebody else\n    {CHECKED}")],
            id="a fact verified by somebody else",
        ),
        pytest.param(
            [(SAFETY, BRIEF, f"brief: {LONG.removesuffix(' word')}")],
            id="a brief of sixty words",
        ),
    ],
)
def test_what_keeps_the_rules_is_left_in_peace(
    pack: Copy, changes: list[Change]
) -> None:
    for change in changes:
        pack.change(*change)

    assert pack.problems(OWN) == []


def test_a_rule_can_be_held_against_a_pack_alone(pack: Copy) -> None:
    pack.change("gaps.yaml", "number: 2", "number: 1")

    assert pack.broken([dangling_name]) == set()


def test_the_same_objection_is_made_once(pack: Copy) -> None:
    pack.change(SAFETY, "statement: 3 of 20", "statement: 3 of 21")
    pack.change(SAFETY, BRIEF, "brief: 3 of 21 people had eye strain with the lamp.")

    assert len(pack.problems(OWN)) == 1


def test_an_objection_says_what_it_is_listed_as(pack: Copy) -> None:
    pack.change("gaps.yaml", "[sleep-quality]", "[dreams]")

    found = list(dangling_name(read_pack(pack.directory)))

    assert found == [
        Objection("gaps", "sleep", "dangling-name", "write dreams, or correct the name")
    ]
