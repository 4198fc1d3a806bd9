"""Every rule of the pictures against a copy of the tiny pack that breaks it."""

from __future__ import annotations

import pytest

from bot.knowledge.figure_rules import FIGURE_RULES
from tests.spoiling import Change, Copy


FIGURES, SAFETY = "figures.yaml", "facts/safety.yaml"
PEOPLE = "rows: [{fact: month-without-migraine}]"
VALUE = "value: {kind: count, k: 3, n: 20, of: people}"
CARD = "shows: {kind: conflict, conflict: twelve-or-fourteen}"
POINTS = """shows:
      kind: points
      rows: [{fact: month-without-migraine}, {fact: eye-strain}]
      left: [{fact: eye-strain}]
    answers: []"""
LADDER = """shows:
      kind: ladder
      rows: [{fact: month-without-migraine}, {fact: eye-strain}]"""

BROKEN: dict[str, tuple[str, str, str, list[Change]]] = {  # rule, who, advice, changes
    "people drawn from words": (
        "figure-without-number",
        "clear-month",
        "lamp-brightness is no count: show it in words, or leave it out",
        [(FIGURES, PEOPLE, "rows: [{fact: lamp-brightness}]")],
    ),
    "an item that does not exist": (
        "figure-without-number",
        "way-through",
        "there is no item 2 of lamp-brightness: choose another item",
        [
            (
                FIGURES,
                "{fact: lamp-brightness, label: The lamp}",
                "{fact: lamp-brightness, item: 2}",
            )
        ],
    ),
    "a percentage whose count nobody saw": (
        "figure-without-denominator",
        "both-counts",
        "write k and n in the fact, or leave the row out",
        [
            (SAFETY, VALUE, "value: {kind: percentage, percent: 15, n: not-stated}"),
            (SAFETY, "statement: 3 of 20 people had", "statement: 15% had"),
        ],
    ),
    "a side of a conflict without a source": (
        "figure-without-source",
        "twelve-or-fourteen-card",
        "name the sources of 'the newsletter' in twelve-or-fourteen",
        [("conflicts.yaml", "        sources: [nowhere-newsletter-2020]\n", "")],
    ),
    "a picture of two people": (
        "figure-of-too-few",
        "both-counts",
        "eye-strain is of 2: draw at least 3 people",
        [
            (SAFETY, VALUE, "value: {kind: count, k: 1, n: 2, of: people}"),
            (SAFETY, "statement: 3 of 20", "statement: 1 of 2"),
        ],
    ),
    "more people than a look can count": (
        "figure-of-too-many",
        "clear-month",
        "eye-strain is of 200: use kind intervals",
        [
            (FIGURES, PEOPLE, "rows: [{fact: eye-strain}]"),
            (SAFETY, VALUE, "value: {kind: count, k: 3, n: 200, of: people}"),
            (SAFETY, "statement: 3 of 20", "statement: 3 of 200"),
        ],
    ),
    "points that no source relates": (
        "unrelated-points",
        "twelve-or-fourteen-card",
        "eye-strain is not said to be a subset of month-without-migraine",
        [
            (FIGURES, CARD, POINTS),
            (
                "conflicts.yaml",
                "14 of 20 people\n        sources: [nowhere-newsletter-2020]",
                "14 of 20 people",
            ),
        ],
    ),
    "a loss that no fact counts": (
        "unexplained-loss",
        "twelve-or-fourteen-card",
        "give in left, for each step, the fact that counts who is missing",
        [
            (FIGURES, CARD, POINTS),
            (
                SAFETY,
                "    related: [month",
                "    subset_of: month-without-migraine\n    related: [month",
            ),
        ],
    ),
    "a ladder without a scale": (
        "ungraded-ladder",
        "twelve-or-fourteen-card",
        "draw facts of one grading scale and version, stated in each",
        [(FIGURES, CARD, LADDER)],
    ),
    "a number of its own in a caption": (
        "foreign-number-in-figure",
        "way-through",
        "7 is in no fact of it: Spacing is schematic, in 7 parts.",
        [(FIGURES, "Spacing is schematic.", "Spacing is schematic, in 7 parts.")],
    ),
    "a banned word in a title": (
        "banned-word-in-figure",
        "clear-month",
        "say it otherwise, or quote it: cure",
        [(FIGURES, "title: A month without migraine", "title: A cure")],
    ),
    "a conflict without a card": (
        "undrawn-conflict",
        "twelve-or-fourteen",
        "declare a figure of kind conflict for it: conflict: twelve-or-fourteen",
        [
            (
                FIGURES,
                CARD,
                "shows: {kind: journey, rows: [{fact: eye-strain}, {fact: eye-strain}]}",
            ),
            (FIGURES, "title: Twelve or fourteen?", "title: Two steps"),
        ],
    ),
    "a name that an entry has": (
        "taken-name",
        "eye-strain",
        "an entry is called eye-strain too: rename the figure",
        [(FIGURES, "id: clear-month", "id: eye-strain")],
    ),
    "a fact nobody wrote": (
        "dangling-name",
        "clear-month",
        "write year-without-migraine, or correct the name",
        [(FIGURES, PEOPLE, "rows: [{fact: year-without-migraine}]")],
    ),
    "a gap nobody wrote": (
        "dangling-name",
        "one-page",
        "write dreams, or correct the name",
        [(FIGURES, "missing: [sleep,", "missing: [dreams,")],
    ),
    "an entry nobody wrote": (
        "dangling-name",
        "one-page",
        "write joining-dates, or correct the name",
        [(FIGURES, "answers: [recruitment-dates]", "answers: [joining-dates]")],
    ),
    "a conflict nobody wrote": (
        "dangling-name",
        "twelve-or-fourteen-card",
        "write two-or-three, or correct the name",
        [(FIGURES, CARD, "shows: {kind: conflict, conflict: two-or-three}")],
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_named_with_line_reason_and_next_step(
    pack: Copy, broken: tuple[str, str, str, list[Change]]
) -> None:
    rule, who, advice, changes = broken
    for change in changes:
        pack.change(*change)

    problems = {problem.rule: problem for problem in pack.problems()}

    line = problems[rule].path.read_text("utf-8").splitlines()[problems[rule].line - 1]
    assert problems[rule].advice.startswith(f"{who}: ")
    assert advice in problems[rule].advice
    assert f"id: {who}" in line


def test_every_rule_of_the_pictures_has_a_pack_that_breaks_it() -> None:
    rules = {rule.__name__.replace("_", "-") for rule in FIGURE_RULES}

    assert rules <= {rule for rule, _, _, _ in BROKEN.values()}


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        pytest.param(
            "kind: people", "kind: pie", "Input tag 'pie'", id="a kind nobody draws"
        ),
        pytest.param(
            "    caption: Spacing is schematic.\n",
            "",
            "caption: Field required",
            id="no caption",
        ),
        pytest.param(
            "id: clear-month",
            "id: both-counts",
            "is also written at",
            id="a name twice",
        ),
        pytest.param(PEOPLE, "rows: []", "at least 1 item", id="no row"),
    ],
)
def test_a_figure_that_does_not_fit_the_model_is_named_with_its_line(
    pack: Copy, was: str, becomes: str, reason: str
) -> None:
    pack.change(FIGURES, was, becomes)

    (problem,) = pack.problems()

    assert problem.path.name == FIGURES
    assert problem.line > 1
    assert reason in problem.advice


def test_a_fact_without_a_source_can_stand_in_no_picture(pack: Copy) -> None:
    sources = (
        "    sources:\n      - source: nowhere-report-2020\n        locator: table 3\n"
    )
    pack.change(SAFETY, sources, "    sources: []\n")

    (problem,) = pack.problems()

    assert problem.rule == "unfit"
    assert "sources" in problem.advice


def test_a_pack_without_pictures_keeps_every_rule(pack: Copy) -> None:
    (pack.directory / FIGURES).unlink()

    assert pack.problems() == []
