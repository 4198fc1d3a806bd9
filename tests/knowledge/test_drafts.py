"""Drafts: seen by the check as if they were facts, and never told."""

from __future__ import annotations

import pytest

from bot.errors import UnreadableFileError
from bot.knowledge.check import check
from bot.knowledge.drafts import as_if_verified, is_same_person, notes, promoted
from bot.knowledge.load import load, read_pack
from bot.knowledge.model import Draft
from bot.knowledge.provenance import Verified
from tests.make import make_draft, make_fact
from tests.spoiling import Copy


DRAFT = """\
drafts:
  - id: glare
    label: Glare
    value: {kind: count, k: 4, n: 20, of: people}
    population: the 20 adults who used the lamp
    statement: 4 of 20 people were troubled by glare.
    brief: "{value} were troubled by glare."
    sources: [{source: nowhere-report-2020, locator: table 4}]
    got: quoted
    certainty: paper
    measure: [sore-eyes]
    covers: [lamp]
    draft: {by: A. Author, on: 2026-11-22}
    review_by: 2027-11-22
"""


def test_a_draft_is_held_apart_from_the_facts(pack: Copy) -> None:
    before = load(pack.directory)
    pack.add("drafts/safety.yaml", DRAFT)

    knowledge = load(pack.directory)

    assert knowledge.facts == before.facts
    assert list(knowledge.drafts) == ["glare"]
    assert knowledge.version == before.version, "a draft decides no reply"


def test_the_check_says_whose_draft_waits_and_what_to_do(pack: Copy) -> None:
    pack.add("drafts/safety.yaml", DRAFT)

    (note,) = notes(load(pack.directory))

    assert check(pack.directory) == []
    assert note.endswith(
        "safety.yaml:2: draft: glare by A. Author is not answered until somebody else"
        " runs becar7 verify glare --by NAME"
    )


def test_a_fact_that_nobody_verified_is_refused_with_what_to_do(pack: Copy) -> None:
    pack.change(
        "facts/safety.yaml", "    verified: {by: test curator, on: 2026-11-22}\n", ""
    )

    with pytest.raises(UnreadableFileError) as refused:
        load(pack.directory)

    assert "nobody has verified this: move it to drafts/" in refused.value.reason


@pytest.mark.parametrize(
    ("was", "becomes", "rule"),
    [
        ("[lamp]", "[lamps]", "dangling-name"),
        ("source: nowhere-report-2020", "source: nowhere", "dangling-name"),
        ("statement: 4 of 20", "statement: 5 of 20", "foreign-number"),
        ("statement: 4 of 20 people", "statement: 4 of 20 safe people", "banned-word"),
    ],
)
def test_a_draft_is_held_against_every_rule_where_it_stands(
    pack: Copy, was: str, becomes: str, rule: str
) -> None:
    pack.add("drafts/safety.yaml", DRAFT.replace(was, becomes))

    (problem,) = check(pack.directory)

    assert (problem.rule, problem.path.parent.name, problem.line) == (rule, "drafts", 2)


@pytest.mark.parametrize("missing", ["sources", "population", "draft", "statement"])
def test_a_draft_lacks_nothing_that_a_fact_needs(pack: Copy, missing: str) -> None:
    lines = [
        line for line in DRAFT.splitlines() if not line.startswith(f"    {missing}:")
    ]
    pack.add("drafts/safety.yaml", "\n".join(lines))

    (problem,) = check(pack.directory)

    assert (problem.rule, problem.advice) == ("unfit", f"{missing}: Field required")


@pytest.mark.parametrize(
    ("why", "broken"), [("", {"change-without-reason"}), (", why: A misprint.", set())]
)
def test_a_draft_that_takes_the_place_of_a_fact_says_why(
    pack: Copy, why: str, broken: set[str]
) -> None:
    text = DRAFT.replace("id: glare", "id: eye-strain").replace("-22}", f"-22{why}}}")
    pack.add("drafts/safety.yaml", text)

    assert pack.broken() == broken


def test_a_draft_that_is_verified_remembers_its_author_and_what_it_replaces() -> None:
    before = make_fact(history=())
    draft: Draft = make_draft(by="A. Author", why="A misprint.", label="Walked")

    fact = promoted(draft, Verified(by="B. Reader", on=draft.draft.on), before)

    assert fact.drafted_by == "A. Author"
    assert fact.verified.by == "B. Reader"
    assert [(one.value, one.statement, one.why) for one in fact.history] == [
        (before.value, before.statement, "A misprint.")
    ]


def test_a_fact_that_is_superseded_has_to_be_cleared_again() -> None:
    cleared = make_fact(cleared={"by": "A. Speaker", "on": "2026-11-23"})
    draft = make_draft(by="A. Author", why="A misprint.", label="Walked")

    fact = promoted(draft, Verified(by="B. Reader", on=draft.draft.on), cleared)

    assert (cleared.cleared is None, fact.cleared) == (False, None)


def test_a_pack_with_its_drafts_among_the_facts_is_for_the_rules_alone(
    pack: Copy,
) -> None:
    pack.add("drafts/safety.yaml", DRAFT)

    both = as_if_verified(read_pack(pack.directory))

    assert both.facts["glare"].verified.by == "nobody yet"
    assert both.topic("glare") == "safety"


@pytest.mark.parametrize(
    ("number", "broken"),
    [
        pytest.param(1, set(), id="the gap that it closes"),
        pytest.param(2, {"twin-entries"}, id="another gap"),
    ],
)
def test_a_draft_may_ask_for_the_same_as_the_gap_that_it_closes(
    pack: Copy, number: int, broken: set[str]
) -> None:
    asked = "measure: [sleep-quality]\n    covers: [the-trial, lamp, adults, migraine, how-often]"
    same = DRAFT.replace("measure: [sore-eyes]\n    covers: [lamp]", asked)
    pack.add("drafts/safety.yaml", f"{same}    closes_gap: {number}\n")

    assert pack.broken() == broken


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ann Author", " ann  AUTHOR ", True),
        ("Ann Author", "Ann Authors", False),
    ],
)
def test_a_person_is_known_however_the_name_is_typed(
    one: str, other: str, *, same: bool
) -> None:
    assert is_same_person(one, other) == same
