"""Records in the shapes that the registries document, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from bot.curation.registries import REGISTRIES, LiveRecord, read_study, read_trial
from bot.errors import CurationError
from tests.curation.web_peer import STUDY, TRIAL, make_study, make_trial


TODAY = date(2026, 11, 22)


def test_a_study_says_how_it_stands() -> None:
    live = read_study(make_study().encode(), STUDY, TODAY)

    assert live == LiveRecord("2026-01-09", "recruiting", 10, "6 months", "16 years")


def test_a_study_may_leave_out_what_it_does_not_set() -> None:
    body = make_study(
        count=None, minimum=None, maximum=None, status="NOT_YET_RECRUITING"
    )

    live = read_study(body.encode(), STUDY, TODAY)

    assert (live.status, live.enrolment) == ("not yet recruiting", None)
    assert (live.minimum_age, live.maximum_age) == (None, None)


def test_a_trial_says_how_it_stands() -> None:
    live = read_trial(make_trial().encode(), TRIAL, TODAY)

    assert live == LiveRecord("2026-01-09", "recruiting", 10, "6 months", None)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"start": "2026-11-23T00:00:00.000Z"}, "not yet recruiting"),
        ({"start": "2026-11-22T00:00:00.000Z"}, "recruiting"),
        ({"end": "2026-11-22T00:00:00.000Z"}, "recruiting"),
        ({"end": "2026-11-21T00:00:00.000Z"}, "no longer recruiting"),
        ({"start": "", "end": ""}, "recruiting"),
        ({"override": "Suspended"}, "suspended"),
    ],
)
def test_whether_a_trial_recruits_is_worked_out_as_its_page_does(
    changes: dict[str, str], status: str
) -> None:
    assert read_trial(make_trial(**changes).encode(), TRIAL, TODAY).status == status


@pytest.mark.parametrize(
    ("final", "target", "people"), [("11", "10", 11), ("0", "10", 10), ("", "x", None)]
)
def test_the_people_who_took_part_count_more_than_those_planned(
    final: str, target: str, people: int | None
) -> None:
    body = make_trial(final=final, target=target).encode()

    assert read_trial(body, TRIAL, TODAY).enrolment == people


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "<html><body>Sorry</body></html>",
            "no study record: the answer: Invalid JSON",
        ),
        ("{}", "no study record: protocolSection: Field required"),
        ("[1]", "no study record: "),
        (make_study(updated="yesterday"), "lastUpdatePostDateStruct.date"),
        (make_study("NCT00000002"), "the record of NCT00000002, not of NCT00000001"),
    ],
)
def test_what_is_no_study_is_told_apart(body: str, said: str) -> None:
    with pytest.raises(CurationError) as refused:
        read_study(body.encode(), STUDY, TODAY)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<!DOCTYPE html><html></html>", "a page, or XML with a document type"),
        ("{}", "no trial record: not XML"),
        ("<html/>", "no trial record: there is no trial in <html>"),
        (make_trial(updated=""), "lastUpdated is missing"),
        (make_trial("ISRCTN00000002"), "the record of ISRCTN00000002, not of"),
        (make_trial(""), "the record of ISRCTN, not of"),
        (
            '<!DOCTYPE a [<!ENTITY b "c">]>' + make_trial().partition("?>")[2],
            "a page, or XML with a document type",
        ),
    ],
)
def test_what_is_no_trial_is_told_apart(body: str, said: str) -> None:
    with pytest.raises(CurationError) as refused:
        read_trial(body.encode(), TRIAL, TODAY)

    assert said in str(refused.value)


def test_each_registry_is_asked_where_it_documents() -> None:
    addresses = [
        registry.address(number)
        for registry, number in zip(REGISTRIES.values(), (STUDY, TRIAL), strict=True)
    ]

    assert addresses == [
        f"https://clinicaltrials.gov/api/v2/studies/{STUDY}",
        f"https://www.isrctn.com/api/trial/{TRIAL}/format/default",
    ]
