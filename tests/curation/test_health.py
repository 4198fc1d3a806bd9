"""Age made visible: reviews, links, and records that say something else today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.curation import fetching
from bot.curation.health import Finding, aged, online
from bot.curation.registries import REGISTRIES
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Source
from tests.curation.web_peer import (
    STUDY,
    STUDY_PATH,
    TRIAL,
    TRIAL_PATH,
    Web,
    make_study,
    make_trial,
    serving,
)
from tests.make import make_draft, make_source


TODAY = date(2026, 11, 22)
READ: dict[str, Any] = {
    "status": "Recruiting",
    "enrolment": 10,
    "minimum_age": "6 months",
    "maximum_age": "16 years",
}


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as peer:
        yield peer


def make_record(number: str, **changes: Any) -> Source:
    plain = {"doi": None, "url": None, "date": "2026-01-09", "kind": "registry"}
    return make_source("record", registry_id=number, **plain | changes)


async def found(knowledge: Knowledge, web: Web, *works: Source) -> list[Finding]:
    registries = {
        name: replace(registry, base=f"{web.url}/")
        for name, registry in REGISTRIES.items()
    }
    alone = replace(knowledge, sources={work.id: work for work in works})
    return await online(alone, registries, TODAY)


def test_nothing_is_overdue_until_the_day_after_its_review(tiny: Knowledge) -> None:
    due = tiny.facts["eye-strain"].review_by

    assert list(aged(tiny, due)) == []
    assert len(list(aged(tiny, due.replace(day=23)))) == len(tiny.facts)


def test_an_overdue_review_says_since_when_and_a_draft_whose_it_is(
    tiny: Knowledge,
) -> None:
    knowledge = replace(tiny, drafts={"walks": make_draft(by="A. Author")})

    *_, first, draft = aged(knowledge, date(2027, 12, 2))

    assert str(first).startswith("overdue  ")
    assert "since 2027-11-22, 10 days: read it again" in first.advice
    assert (draft.concern, draft.what) == ("draft", "walks")
    assert "drafted by A. Author on 2026-11-22" in draft.advice


@pytest.mark.parametrize("number", [STUDY, TRIAL])
async def test_a_record_that_says_what_was_read_is_left_in_peace(
    tiny: Knowledge, web: Web, number: str
) -> None:
    web.put(STUDY_PATH, make_study())
    web.put(TRIAL_PATH, make_trial(upper="16 Years"))

    assert await found(tiny, web, make_record(number, record=READ)) == []
    assert web.asked == [STUDY_PATH if number == STUDY else TRIAL_PATH]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"status": "COMPLETED"},
            "status was recruiting when it was read, and is compl",
        ),
        ({"count": 11}, "enrolment was 10 when it was read, and is 11 at"),
        (
            {"minimum": "12 Months"},
            "minimum age was 6 months when it was read, and is 12",
        ),
        ({"maximum": None}, "maximum age was 16 years when it was read, and is none"),
        (
            {"updated": "2026-03-01"},
            "last update was 2026-01-09 when it was read, and is",
        ),
    ],
)
async def test_a_record_that_drifted_says_what_it_was_and_is(
    tiny: Knowledge, web: Web, changes: dict[str, Any], said: str
) -> None:
    web.put(STUDY_PATH, make_study(**changes))

    (finding,) = await found(tiny, web, make_record(STUDY, record=READ))

    assert finding.concern == "drift"
    assert finding.advice.startswith(said)
    assert finding.advice.endswith("today: read the record again")


async def test_what_nobody_read_is_not_compared(tiny: Knowledge, web: Web) -> None:
    web.put(STUDY_PATH, make_study(status="COMPLETED", count=99))

    assert await found(tiny, web, make_record(STUDY)) == []
    assert await found(tiny, web, make_record(STUDY, date=None, record={})) == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(
            {"body": "<html>Sorry</html>"},
            "ClinicalTrials.gov answered no study record: ",
            id="a page",
        ),
        pytest.param(
            {"body": '{"studies": []}'},
            "ClinicalTrials.gov answered no study record: ",
            id="nonsense",
        ),
        pytest.param(
            {"status": 500},
            "ClinicalTrials.gov answered 500: try again later",
            id="broken",
        ),
        pytest.param(
            {"body": " \n"},
            "ClinicalTrials.gov answered nothing: try again later",
            id="nothing",
        ),
        pytest.param(
            {"status": 301, "Location": "https://elsewhere.invalid/api"},
            "ClinicalTrials.gov redirects to https://elsewhere.invalid/api: give its new",
            id="a redirect",
        ),
        pytest.param(
            {"status": 307},
            "ClinicalTrials.gov redirects to nowhere: give its new address",
            id="a redirect to nowhere",
        ),
        pytest.param(
            {"status": 404},
            f"ClinicalTrials.gov has no record {STUDY}: check the number",
            id="no record",
        ),
        pytest.param(
            {"body": make_study("NCT00000002")},
            f"ClinicalTrials.gov answered the record of NCT00000002, not of {STUDY}",
            id="another record",
        ),
        pytest.param(
            {"body": b"\xff\xfe\x00"},
            "ClinicalTrials.gov answered no study record: ",
            id="bytes",
        ),
    ],
)
async def test_a_registry_that_gives_no_record_is_one_clear_sentence(
    tiny: Knowledge, web: Web, answer: dict[str, Any], said: str
) -> None:
    web.put(STUDY_PATH, **answer)

    (finding,) = await found(tiny, web, make_record(STUDY, record=READ))

    assert finding.concern == "registry"
    assert finding.advice.startswith(said)
    assert "\n" not in str(finding)


async def test_a_registry_that_cannot_be_reached_is_one_clear_sentence(
    tiny: Knowledge,
) -> None:
    with serving() as gone:
        pass

    (finding,) = await found(tiny, gone, make_record(STUDY))

    assert "ClinicalTrials.gov cannot be reached (" in finding.advice
    assert finding.advice.endswith(": try again later")


async def test_a_record_without_end_is_not_read_to_its_end(
    tiny: Knowledge, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 100)
    web.put(STUDY_PATH, make_study())

    (finding,) = await found(tiny, web, make_record(STUDY))

    assert "answered more than 100 bytes" in finding.advice


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, None),
        (403, None),  # turns programs away, and opens for people
        (404, "is gone (404): find its new place"),
        (410, "is gone (410): find its new place"),
        (500, "answered 500: try it by hand"),
    ],
)
async def test_a_link_that_no_longer_opens_is_found(
    tiny: Knowledge, web: Web, status: int, said: str | None
) -> None:
    web.put("/page", "words", status)
    work = make_record("X-1", url=f"{web.url}/page")

    findings = await found(tiny, web, work)

    assert [f.advice for f in findings] == (
        [] if said is None else [f"{web.url}/page {said}"]
    )


async def test_a_link_is_followed_to_where_it_leads(tiny: Knowledge, web: Web) -> None:
    web.put("/old", status=302, Location="/new")
    web.put("/new", "words")
    web.put("/circle", status=302, Location="/circle")
    good = make_record("X-1", url=f"{web.url}/old")
    circle = make_source("circle", doi=None, registry_id=None, url=f"{web.url}/circle")

    (finding,) = await found(tiny, web, good, circle)

    assert finding.what == "circle"
    assert "redirects in a circle: try it by hand" in finding.advice


async def test_a_link_that_is_none_is_one_sentence(tiny: Knowledge, web: Web) -> None:
    (finding,) = await found(tiny, web, make_record("X-1", url="http://"))

    assert "cannot be reached (" in finding.advice
