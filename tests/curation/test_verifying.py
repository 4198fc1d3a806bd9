"""Four eyes: the one who wrote a draft never makes it a fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.curation.drafting import Refused
from bot.curation.verifying import Accepted, verified
from bot.knowledge.load import Knowledge
from tests.make import make_draft


TODAY = date(2026, 11, 22)


@pytest.fixture
def waiting(tiny: Knowledge) -> Knowledge:
    return replace(tiny, drafts={"walks": make_draft("walks", by="Ann Author")})


@pytest.mark.parametrize(
    ("name", "by", "said"),
    [
        ("walks", "ann  AUTHOR", "Ann Author wrote walks: somebody else verifies it"),
        ("walk", "B. Reader", "there is no draft 'walk': the nearest is walks"),
        ("walks", " ", "the name of whoever verifies is missing: --by NAME"),
    ],
)
def test_a_draft_is_not_accepted_by_anybody_in_any_way(
    waiting: Knowledge, name: str, by: str, said: str
) -> None:
    outcome = verified(name, by, waiting, TODAY)

    assert isinstance(outcome, Refused)
    assert outcome.reasons == (said,)


def test_somebody_else_makes_it_a_fact_of_today(waiting: Knowledge) -> None:
    outcome = verified("walks", " B. Reader ", waiting, TODAY)

    assert isinstance(outcome, Accepted)
    assert (outcome.fact.verified.by, outcome.fact.verified.on) == ("B. Reader", TODAY)
    assert outcome.fact.review_by == waiting.drafts["walks"].review_by


def test_a_draft_that_waited_past_its_review_gets_a_new_day(waiting: Knowledge) -> None:
    late = date(2028, 1, 1)

    outcome = verified("walks", "B. Reader", waiting, late)

    assert isinstance(outcome, Accepted)
    assert outcome.fact.review_by > late
