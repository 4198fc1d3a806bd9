"""Fields in, a draft out, or every reason why there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.curation.drafting import Refused, Written, drafted
from bot.curation.fields import ASKED, OPTIONAL, Fields
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Draft, Withdrawn


TODAY = date(2026, 11, 22)
GLARE = Fields(
    label="Glare",
    value="4 of 20 people",
    population="the 20 adults who used the lamp",
    source="nowhere-report-2020",
    locator="table 4",
    statement="4 of 20 people were troubled by glare.",
    topic="safety",
    measure="sore eyes",
    covers="lamp, grown-ups",
    by="A. Author",
)
CHANGED = Fields(
    id="eye-strain",
    value="4 of 20 people",
    statement="4 of 20 people had eye strain with the lamp.",
    why="A misprint.",
    by="A. Author",
)


def draft_of(fields: Fields, knowledge: Knowledge) -> Draft:
    outcome = drafted(fields, knowledge, TODAY)
    assert isinstance(outcome, Written), outcome
    return outcome.draft


def blamed(fields: Fields, knowledge: Knowledge) -> set[str]:
    outcome = drafted(fields, knowledge, TODAY)
    assert isinstance(outcome, Refused), outcome
    return {fault.field for fault in outcome.faults}


def reasons(fields: Fields, knowledge: Knowledge) -> tuple[str, ...]:
    outcome = drafted(fields, knowledge, TODAY)
    assert isinstance(outcome, Refused), outcome
    return outcome.reasons


def test_the_fields_make_a_draft_with_everything_that_a_fact_needs(
    tiny: Knowledge,
) -> None:
    draft = draft_of(GLARE, tiny)

    assert (draft.id, draft.value.text()) == ("glare", "4 of 20 people")
    assert draft.brief == "{value} were troubled by glare."
    assert (draft.got, draft.certainty) == ("quoted", "paper")
    assert (draft.measure, draft.covers) == (("sore-eyes",), ("lamp", "adults"))
    assert (draft.draft.by, draft.draft.on) == ("A. Author", TODAY)
    assert draft.review_by == date(2027, 5, 23)


@pytest.mark.parametrize("name", sorted(ASKED.keys() - OPTIONAL))
def test_what_is_missing_is_named_with_what_it_is(tiny: Knowledge, name: str) -> None:
    found = reasons(replace(GLARE, **{name: " "}), tiny)

    assert any(one.startswith(f"{name} is missing: ") for one in found)


def test_everything_that_is_missing_is_named_at_once(tiny: Knowledge) -> None:
    assert len(reasons(Fields(), tiny)) == len(ASKED.keys() - OPTIONAL)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"value": "a few"}, "value 'a few' is no value", id="value"),
        pytest.param(
            {"measure": "sore eys"},
            "there is no concept 'sore eys': the nearest is sore-eyes",
            id="concept",
        ),
        pytest.param(
            {"source": "nowhere-report"},
            "there is no source 'nowhere-report': the nearest is nowhere-report-2020",
            id="source",
        ),
        pytest.param({"topic": "safty"}, "topic 'safty' is none of: ", id="topic"),
        pytest.param({"gap": "88"}, "there is no gap 88", id="gap"),
        pytest.param({"got": "guessed"}, "got: Input should be 'quoted'", id="got"),
        pytest.param(
            {"id": "eye-strain"}, "eye-strain is a fact already: say in why", id="taken"
        ),
        pytest.param({"id": "sleep"}, "sleep is another entry", id="a gap's id"),
        pytest.param({"id": "gone"}, "gone was withdrawn", id="withdrawn"),
        pytest.param(
            {"statement": "5 of 20 people were troubled by glare."},
            "foreign-number: 5 is not in the value",
            id="another number",
        ),
        pytest.param(
            {"statement": "4 of 20 people were safe."},
            "banned-word: say it otherwise",
            id="banned word",
        ),
        pytest.param(
            {"pair_with": "no-such-fact"},
            "dangling-name: write no-such-fact",
            id="harms that nobody wrote",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(
    tiny: Knowledge, changes: dict[str, str], said: str
) -> None:
    note = {"label": "G", "statement": "S.", "on": TODAY, "why": "W.", "by": "B"}
    gone = Withdrawn.model_validate({"id": "gone", **note})

    found = reasons(replace(GLARE, **changes), replace(tiny, withdrawn={"gone": gone}))

    assert any(one.startswith(said) for one in found), found


def test_a_changed_fact_keeps_what_nobody_changed(tiny: Knowledge) -> None:
    before = tiny.facts["eye-strain"]

    draft = draft_of(CHANGED, tiny)

    kept = {"label", "population", "time", "sources", "measure", "covers", "related"}
    assert {n: getattr(draft, n) for n in kept} == {n: getattr(before, n) for n in kept}
    assert draft.value.text() == "4 of 20 people"
    assert draft.brief == before.brief, "its number is filled in from the value"
    assert draft.draft.why == "A misprint."


def test_a_changed_fact_still_needs_its_sentence(tiny: Knowledge) -> None:
    (reason,) = reasons(replace(CHANGED, statement=""), tiny)

    assert reason.startswith("statement is missing: ")


@pytest.mark.parametrize(
    ("given", "missing"), [("source", "locator"), ("locator", "source")]
)
def test_a_work_goes_with_its_place(tiny: Knowledge, given: str, missing: str) -> None:
    fields = replace(CHANGED, **{given: getattr(GLARE, given)})

    (reason,) = reasons(fields, tiny)

    assert reason.startswith(f"{missing} is missing: ")


def test_another_line_above_the_fold_may_be_given(tiny: Knowledge) -> None:
    given = "{value} said that their eyes hurt."

    assert draft_of(replace(GLARE, brief=given), tiny).brief == given
    assert draft_of(replace(CHANGED, brief=given), tiny).brief == given


def test_a_draft_from_a_gap_is_about_what_the_gap_is_about(tiny: Knowledge) -> None:
    fields = replace(GLARE, gap="1", label="", measure="", covers="", id="slept-well")

    draft = draft_of(fields, tiny)

    gap = tiny.gaps["sleep"]
    assert (draft.label, draft.closes_gap) == (gap.label, 1)
    assert set(draft.measure) == set(gap.measure)
    assert set(draft.covers) == set(gap.covers)


def test_a_work_is_known_by_its_title_and_its_kind_decides_how_sure_it_is(
    tiny: Knowledge,
) -> None:
    title = tiny.sources["nowhere-newsletter-2020"].title.upper()

    draft = draft_of(replace(GLARE, source=title), tiny)

    assert draft.sources[0].source == "nowhere-newsletter-2020"
    assert draft.certainty == "secondary"


def test_without_any_concept_none_is_nearest(tiny: Knowledge) -> None:
    found = reasons(replace(GLARE, covers=""), replace(tiny, concepts={}))

    assert "there is no concept 'sore eyes': the nearest is none" in found


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"value": "a few"}, "value", id="value"),
        pytest.param({"measure": "sore eys"}, "measure", id="measure"),
        pytest.param({"covers": "sore eys"}, "covers", id="covers"),
        pytest.param({"source": "nowhere"}, "source", id="source"),
        pytest.param({"locator": " "}, "locator", id="locator"),
        pytest.param({"population": ""}, "population", id="population"),
        pytest.param({"topic": "safty"}, "topic", id="topic"),
        pytest.param({"id": "eye-strain"}, "id", id="a fact's id"),
        pytest.param({"pair_with": "nobody"}, "pair_with", id="harms"),
        pytest.param({"statement": "5 of 20 had it."}, "statement", id="a number"),
        pytest.param({"got": "guessed"}, "got", id="no such way"),
    ],
)
def test_what_is_wrong_is_said_of_the_field_to_put_right(
    tiny: Knowledge, changes: dict[str, str], field: str
) -> None:
    assert field in blamed(replace(GLARE, **changes), tiny)
