from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answering.citing import Citations, source_line, vancouver
from bot.knowledge.load import Knowledge
from tests.make import make_citation, make_conflict, make_fact, make_gap, make_source


REPORT, NEWSLETTER = "nowhere-report-2020", "nowhere-newsletter-2020"


def cited(source: str, **changes: str) -> dict[str, str]:
    return {"source": source, "locator": "page 1", **changes}


def test_works_are_numbered_in_the_order_of_their_first_use(tiny: Knowledge) -> None:
    citations = Citations(tiny)

    first = citations.marks(make_fact(sources=[cited(NEWSLETTER)]))
    both = citations.marks(make_fact(sources=[cited(REPORT), cited(NEWSLETTER)]))

    assert (first, both) == ("[1]", "[2][1]")
    assert [(c.number, c.source) for c in citations.listed()] == [
        (1, NEWSLETTER),
        (2, REPORT),
    ]


def test_a_work_cited_twice_by_a_fact_has_one_mark(tiny: Knowledge) -> None:
    fact = make_fact(sources=[cited(REPORT), cited(REPORT, locator="page 2")])

    assert Citations(tiny).marks(fact) == "[1]"


def test_a_conflict_cites_the_works_of_its_claims(tiny: Knowledge) -> None:
    citations = Citations(tiny)

    assert citations.marks(make_conflict()) == "[1]"
    assert citations.listed()[0].locator == "Long or short?"


def test_a_gap_cites_nothing(tiny: Knowledge) -> None:
    assert Citations(tiny).marks(make_gap()) == ""


@pytest.mark.parametrize(
    ("own", "read_as"), [({}, "full text"), ({"read_as": "abstract"}, "abstract")]
)
def test_a_citation_says_through_what_the_work_was_read(
    tiny: Knowledge, own: dict[str, str], read_as: str
) -> None:
    citations = Citations(tiny)
    citations.marks(make_fact(sources=[cited(REPORT, **own)]))

    (listed,) = citations.listed()

    assert listed.read_as == read_as
    assert (listed.locator, listed.url) == ("page 1", "https://journal.invalid/lantern")


def test_a_line_of_the_list_says_where_and_through_what() -> None:
    line = "[1] Tides of the inner harbour; table 2 (read as: abstract)."

    assert source_line(make_citation(url=None)) == line
    assert source_line(make_citation(url="https://a.example")) == (
        f"{line} https://a.example"
    )


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({}, "2024;3:14. 1 May 2024. doi:10.0000/tides"),
        ({"doi": None}, "2024;3:14. 1 May 2024. HARBOUR-1"),
        (
            {"doi": None, "registry_id": None, "date": None},
            "2024;3:14. date not stated.",
        ),
    ],
)
def test_a_reference_holds_what_is_known_of_the_work(
    changes: dict[str, None], end: str
) -> None:
    start = "Okafor A, Lind B. Tides of the inner harbour. Harbour Letters. "

    assert vancouver(make_source(**changes)) == start + end


def test_a_reference_has_the_date_of_its_issue_and_says_when_it_was_online() -> None:
    work = make_source(
        authors="Okafor A, et al.",
        publisher="Harbour Letters, January 2024;3(2):14",
        date="2023-12",
    )

    assert vancouver(work) == (
        "Okafor A, et al. Tides of the inner harbour. Harbour Letters."
        " 2024 Jan;3(2):14. Published online December 2023. doi:10.0000/tides"
    )


def test_a_reference_says_a_year_once() -> None:
    work = make_source(publisher="Harbour Letters 2024;3:14", date="2024", doi=None)

    assert vancouver(work).endswith("Harbour Letters. 2024;3:14. HARBOUR-1")


def test_a_work_nobody_can_open_has_no_link(tiny: Knowledge) -> None:
    book = make_source(doi=None, url=None)
    knowledge = replace(tiny, sources={book.id: book})
    citations = Citations(knowledge)

    citations.marks(make_fact(sources=[cited(book.id)]))

    assert citations.listed()[0].url is None
