"""What changed between two states of a pack, and whether somebody said why."""

from __future__ import annotations

import pytest

from bot.knowledge.difference import Difference, Turned, differences
from bot.knowledge.load import load
from tests.conftest import TINY
from tests.spoiling import Change, Copy


SAFETY = "facts/safety.yaml"
CHECKED = "verified: {by: test curator, on: 2026-11-22}"
HISTORY = """
    history:
      - value: {kind: count, k: 3, n: 20, of: people}
        statement: 3 of 20 people had eye strain with the lamp.
        until: 2026-11-22
        why: The table was corrected.
        by: A. Author"""
FOUR: list[Change] = [
    (SAFETY, "k: 3, n: 20", "k: 4, n: 20"),
    (SAFETY, "statement: 3 of 20", "statement: 4 of 20"),
]


def since(pack: Copy) -> tuple[Difference, ...]:
    return differences(load(TINY), load(pack.directory))


def test_a_pack_does_not_differ_from_itself(pack: Copy) -> None:
    assert since(pack) == ()


def test_a_rewritten_fact_says_what_it_said_and_says_now(pack: Copy) -> None:
    for change in FOUR:
        pack.change(*change)

    (found,) = since(pack)

    assert (found.kind, found.id, found.what) == ("facts", "eye-strain", "changed")
    assert found.turned == (
        Turned(
            "statement",
            "3 of 20 people had eye strain with the lamp.",
            "4 of 20 people had eye strain with the lamp.",
        ),
        Turned("value", "3 of 20 people", "4 of 20 people"),
    )
    assert found.verified == "test curator, 2026-11-22"
    assert found.silent


def test_a_superseded_fact_says_why_and_by_whom(pack: Copy) -> None:
    for change in (*FOUR, (SAFETY, CHECKED, CHECKED + HISTORY)):
        pack.change(*change)

    (found,) = since(pack)

    assert found.reason is not None
    assert (found.reason.why, found.reason.by) == (
        "The table was corrected.",
        "A. Author",
    )
    assert not found.silent


def test_two_values_that_read_alike_are_shown_as_they_are_written(pack: Copy) -> None:
    pack.change("facts/efficacy.yaml", ", percent: 60}", "}")

    (found,) = since(pack)

    (turned,) = found.turned
    assert (turned.field, turned.was) == (
        "value",
        "kind: count; k: 12; n: 20; of: people; percent: 60",
    )
    assert found.silent


@pytest.mark.parametrize(
    ("change", "turned"),
    [
        pytest.param(
            (SAFETY, "related: [month-without-migraine]", "related: []"),
            Turned("related", "month-without-migraine", ""),
            id="what is asked next",
        ),
        pytest.param(
            (SAFETY, "locator: table 3", "locator: table 4"),
            Turned(
                "sources",
                "source: nowhere-report-2020; locator: table 3",
                "source: nowhere-report-2020; locator: table 4",
            ),
            id="where it stands",
        ),
        pytest.param(
            ("gaps.yaml", "No source reports how", "No source read reports how"),
            Turned(
                "wording",
                "No source reports how people slept with the lamp.",
                "No source read reports how people slept with the lamp.",
            ),
            id="the words of a gap",
        ),
        pytest.param(
            ("sources.yaml", 'date: "2020-02"', 'date: "2020-03"'),
            Turned("date", "2020-02", "2020-03"),
            id="the date of a work",
        ),
    ],
)
def test_what_a_statement_does_not_say_may_change_without_a_history(
    pack: Copy, change: Change, turned: Turned
) -> None:
    pack.change(*change)

    (found,) = since(pack)

    assert found.turned == (turned,)
    assert not found.silent


def test_a_new_check_of_the_same_words_is_no_difference(pack: Copy) -> None:
    pack.change(SAFETY, "on: 2026-11-22}", "on: 2026-11-23}")

    assert since(pack) == ()


def test_what_came_is_shown_with_who_verified_it(pack: Copy) -> None:
    gap = (
        "\n  - id: dreams\n    number: 3\n    label: Dreams\n    wording: No source.\n"
    )
    gap += "    nearest: [eye-strain]\n    measure: [sleep-quality]\n"
    fact = (pack.directory / SAFETY).read_text().replace("eye-strain", "other")
    pack.add("gaps.yaml", gap)
    pack.add("facts/background.yaml", fact)

    came, asked = since(pack)

    assert (came.what, came.verified) == ("added", "test curator, 2026-11-22")
    assert (asked.kind, asked.label, asked.turned) == (
        "gaps",
        "Dreams",
        (Turned("says", "", "No source."),),
    )


@pytest.mark.parametrize("told", [True, False])
def test_a_fact_that_was_taken_out_needs_a_word_on_it(
    pack: Copy, *, told: bool
) -> None:
    facts = pack.directory / SAFETY
    pack.add("facts/background.yaml", facts.read_text().replace("eye-strain", "other"))
    knowledge = load(pack.directory)
    (pack.directory / "facts" / "background.yaml").unlink()
    note = "withdrawn:\n  - {id: other, label: O, statement: S., on: 2026-11-23,"
    if told:
        pack.add("withdrawn.yaml", f"{note} why: Wrong., by: B. Reader}}\n")

    (gone,) = differences(knowledge, load(pack.directory))

    assert gone.what == "withdrawn"
    assert gone.silent != told
    assert (gone.reason and gone.reason.why) == ("Wrong." if told else None)


def test_a_gap_that_was_closed_is_not_silent(pack: Copy) -> None:
    pack.change("figures.yaml", "[sleep, months-after]", "[sleep]")
    text = (pack.directory / "gaps.yaml").read_text()
    (pack.directory / "gaps.yaml").write_text(text[: text.index("  - id: months")])

    (gone,) = since(pack)

    assert (gone.kind, gone.what, gone.silent) == ("gaps", "withdrawn", False)
