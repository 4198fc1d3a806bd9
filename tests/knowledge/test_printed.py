from __future__ import annotations

import pytest

from bot.knowledge.printed import (
    Authors,
    Person,
    Printed,
    ahead_of_print,
    authors_of,
    dated,
    printed_in,
)
from tests.make import make_source


OKAFOR, LIND = Person("Okafor", "A"), Person("Lind", "BC")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Okafor A, Lind BC", Authors((OKAFOR, LIND))),
        ("Okafor A, Lind BC, et al.", Authors((OKAFOR, LIND), and_others=True)),
        (
            "Okafor A, et al., for the Harbour Group",
            Authors((OKAFOR,), ("Harbour Group",), and_others=True),
        ),
        ("van Dyk M", Authors((Person("van Dyk", "M"),))),
        ("O'Neil-Åse P", Authors((Person("O'Neil-Åse", "P"),))),
    ],
)
def test_people_are_told_apart_where_the_line_is_a_list_of_people(
    written: str, read: Authors
) -> None:
    assert authors_of(make_source(authors=written)) == read


@pytest.mark.parametrize(
    "written",
    [
        "Okafor and colleagues",
        "Okafor A, who measured",
        "Okafor A and colleagues, Lind BC",
        "et al.",
        "Harbour board (authors not shown)",
    ],
)
def test_any_other_line_stays_whole(written: str) -> None:
    assert authors_of(make_source(authors=written)) == Authors(bodies=(written,))


def test_a_newspaper_is_not_read_as_a_person_with_initials() -> None:
    source = make_source(authors="Blood UK", kind="news")

    assert authors_of(source) == Authors(bodies=("Blood UK",))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Harbour Letters 2024;3:14", Printed("Harbour Letters", "3", "", "14")),
        (
            "Harbour Letters 2024;3(Suppl 1):14-21, 7th Meeting",
            Printed("Harbour Letters", "3", "Suppl 1", "14-21", "7th Meeting"),
        ),
        (
            "Harbour Letters, January 2024;3:e142-e154; H9",
            Printed("Harbour Letters", "3", "", "e142-e154", "H9"),
        ),
        ("Harbour & Quay 2024", Printed("Harbour & Quay")),
        ("Harbour Letters", Printed("Harbour Letters")),
        ("PMC9, Table 2", Printed("PMC9, Table 2")),
    ],
)
def test_journal_volume_issue_and_pages_are_told_apart(
    written: str, read: Printed
) -> None:
    assert printed_in(make_source(publisher=written)) == read


def test_only_an_article_is_printed_in_a_journal() -> None:
    assert printed_in(make_source(kind="news")) is None


@pytest.mark.parametrize(
    ("pages", "ends"), [("14-21", ("14", "21")), ("14", ("14", "")), ("", ("", ""))]
)
def test_a_last_page_is_only_named_where_it_is_known(
    pages: str, ends: tuple[str, str]
) -> None:
    assert Printed("Harbour Letters", pages=pages).ends == ends


@pytest.mark.parametrize(
    ("printed", "own", "cited", "online"),
    [
        ("Harbour Letters, January 2024;3:14", "2023-12", "2024-01", "2023-12"),
        ("Harbour Letters, January 2024;3:14", "2024-01-09", "2024-01-09", None),
        ("Harbour Letters, January 2024;3:14", "2024", "2024-01", None),
        ("Harbour Letters 2024;3:14", "2024-05-01", "2024-05-01", None),
        ("Harbour Letters 2024;3:14", "2023-12-08", "2024", "2023-12-08"),
        ("Harbour Letters 2024", "2023-12", "2023-12", None),
        ("Harbour Letters, January 2024;3:14", None, None, None),
    ],
)
def test_the_date_to_cite_is_that_of_the_issue_where_the_work_s_own_is_another(
    printed: str, own: str | None, cited: str | None, online: str | None
) -> None:
    work = make_source(publisher=printed, date=own)

    assert (dated(work), ahead_of_print(work)) == (cited, online)
