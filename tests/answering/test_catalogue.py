from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.catalogue import Catalogue
from bot.knowledge.load import Knowledge, load
from bot.knowledge.model import Withdrawn
from bot.settings import ROOT
from tests.make import make_earlier, make_fact, make_source, with_entries


PASTED = st.one_of(
    st.text(),
    st.builds(
        "{}://{}{}".format,
        st.sampled_from(["http", "HTTPS", "//", ""]),
        st.text(alphabet="a[]%:@/?#.℀\\\t"),
        st.text(alphabet="1[]%:/?#&=;"),
    ),
)


@pytest.fixture
def catalogue(tiny: Knowledge) -> Catalogue:
    return Catalogue(tiny)


def with_source(
    knowledge: Knowledge, name: str = "okafor", **changes: object
) -> Catalogue:
    source = make_source(name, **changes)
    sources = {**knowledge.sources, source.id: source}
    return Catalogue(replace(knowledge, sources=sources))


def test_every_fact_belongs_to_one_topic(catalogue: Catalogue) -> None:
    topics = catalogue.topics()

    assert sum(topic.count for topic in topics) == len(catalogue.knowledge.facts)
    assert all(len(catalogue.about(t.name)) == t.count for t in topics)
    counts = [topic.count for topic in topics]
    assert counts == sorted(counts, reverse=True)


def test_gaps_stand_by_number_and_can_be_searched(catalogue: Catalogue) -> None:
    assert [gap.number for gap in catalogue.gaps()] == [1, 2]
    assert [gap.id for gap in catalogue.gaps("SLEEP")] == ["sleep"]
    assert catalogue.gaps("sleep unicorns") == ()


def test_an_entry_is_found_by_its_id_or_is_none(catalogue: Catalogue) -> None:
    assert catalogue.entry("sleep") == catalogue.knowledge.gaps["sleep"]
    assert catalogue.entry("nobody-knows") is None
    assert catalogue.trial.id == "lantern"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("1", "nowhere-report-2020"),
        ("2", "nowhere-newsletter-2020"),
        ("nowhere-report-2020", "nowhere-report-2020"),
        ("0", None),
        ("3", None),
        ("²", None),
        ("nobody-knows", None),
    ],
)
def test_a_work_is_found_by_number_or_id(
    catalogue: Catalogue, name: str, found: str | None
) -> None:
    work = catalogue.work(name)

    assert (work and work.id) == found


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://doi.org/10.0000/tides", True),
        ("https://dx.doi.org/10.0000/TIDES", True),
        ("https://publisher.example/doi/full/10.0000/tides", True),
        ("https://doi.org/10.0000/tides-of-another", False),
        ("https://doi.org/10.0000%2Ftides", True),
        ("https://www.harbour.example/okafor/", True),
        ("https://harbour.example/okafor?page=2", False),
        ("https://register.example/study/HARBOUR-1", True),
        ("https://register.example/?id=harbour-1&tab=2", True),
        ("https://register.example/HARBOUR-11", False),
        ("not an address", False),
    ],
)
def test_a_work_is_found_at_its_addresses(
    tiny: Knowledge, url: str, *, found: bool
) -> None:
    assert (with_source(tiny).work_at(url) is not None) == found


@pytest.mark.parametrize(
    "url", ["http://[", "http://[::1", "https://a]b/", "http://\u2100/", "//[", "["]
)
def test_an_address_that_is_none_leads_to_no_work(tiny: Knowledge, url: str) -> None:
    assert with_source(tiny).work_at(url) is None


@given(PASTED)
def test_whatever_is_pasted_leads_to_a_work_or_to_none(
    tiny: Knowledge, url: str
) -> None:
    catalogue = with_source(tiny)

    found = catalogue.work_at(url)

    assert found is None or found.id in catalogue.knowledge.sources


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/12345/", True),
        ("https://elsewhere.example/12345", False),
    ],
)
def test_digits_alone_are_a_number_only_where_they_are_counted(
    tiny: Knowledge, url: str, *, found: bool
) -> None:
    catalogue = with_source(tiny, registry_id="PMID 12345", doi=None, url=None)

    assert (catalogue.work_at(url) is not None) == found


def test_the_latest_checked_come_first_and_the_overdue_are_named(
    tiny: Knowledge,
) -> None:
    fresh = make_fact("fresh", verified={"by": "x", "on": "2099-01-01"})
    late = make_fact("late", review_by="2000-01-01")
    catalogue = Catalogue(with_entries(tiny, fresh, late))

    assert catalogue.latest(1) == (fresh,)
    assert catalogue.overdue(date(2000, 1, 2)) == (late,)
    assert catalogue.overdue(date(2000, 1, 1)) == ()


def test_what_the_bot_says_of_itself_was_held_against_nothing() -> None:
    catalogue = Catalogue(load(ROOT / "knowledge" / "be-car7"))
    knowledge = catalogue.knowledge

    checked = {
        knowledge.topic(one.id) for one in catalogue.latest(len(knowledge.facts))
    }

    assert checked == {topic.name for topic in catalogue.topics()} - {"about"}


def test_every_work_of_the_real_pack_is_found_at_its_own_address() -> None:
    catalogue = Catalogue(load(ROOT / "knowledge" / "be-car7"))
    works = catalogue.knowledge.sources.values()

    lost = [w.id for w in works if w.url and catalogue.work_at(w.url) is None]

    assert lost == []


def test_changes_come_from_the_pack_s_own_history_the_newest_first(
    tiny: Knowledge,
) -> None:
    first = make_earlier("5 of 11", until="2026-11-01", why="Counted again.")
    second = make_earlier("6 of 11", until="2026-11-20", why="A misprint.")
    fact = make_fact(history=[second, first])
    gone = Withdrawn.model_validate(
        {"id": "old", "label": "Old", "statement": "It was old.", "on": "2026-11-10"}
        | {"why": "Taken back.", "by": "a curator"}
    )
    knowledge = replace(with_entries(tiny, fact), withdrawn={"old": gone})

    changes = Catalogue(knowledge).changes(9)

    assert [(c.target, c.was, c.now, c.why) for c in changes] == [
        ("walks", second["statement"], fact.statement, "A misprint."),
        ("old", "It was old.", "", "Taken back."),
        ("walks", first["statement"], second["statement"], "Counted again."),
    ]
    assert Catalogue(knowledge).changes(1) == changes[:1]


def test_no_history_is_invented(catalogue: Catalogue) -> None:
    assert catalogue.changes(9) == ()
