from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.bibliography import bibtex, csl, link_of, ris
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Source
from tests.make import make_source


BARE: dict[str, Any] = {"date": None, "doi": None, "registry_id": None, "url": None}
TITLES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1
)
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
 <info><title>Tides</title><id>tides</id><updated>2024-05-01T00:00:00Z</updated></info>
 <citation><layout><text variable="title"/></layout></citation>
 <bibliography><layout><group delimiter=". ">
  <names variable="author">
   <name name-as-sort-order="all" sort-separator=" " delimiter=", "/>
  </names>
  <text variable="title"/>
  <group>
   <text variable="container-title" suffix=" "/>
   <date variable="issued"><date-part name="year"/></date>
   <text variable="volume" prefix=";"/><text variable="issue" prefix="(" suffix=")"/>
   <text variable="page" prefix=":"/>
  </group>
 </group></layout></bibliography>
</style>
"""
CSL_TYPES = {  # the ones we use, as the CSL 1.0.2 specification lists them
    *("article-journal", "paper-conference", "article-newspaper", "webpage"),
    *("report", "dataset", "software", "document"),
}
CSL_NAMES = {  # variables of the same specification that we use
    *("id", "type", "title", "author", "container-title", "volume", "issue", "page"),
    *("publisher", "issued", "DOI", "PMID", "number", "URL", "note"),
}


@pytest.mark.parametrize(
    ("changes", "link"),
    [
        ({}, "https://doi.org/10.0000/tides"),
        ({"doi": None}, "https://harbour.example/okafor"),
        ({"doi": None, "url": None}, None),
    ],
)
def test_a_work_is_opened_by_its_doi_first(
    changes: dict[str, None], link: str | None
) -> None:
    assert link_of(make_source(**changes)) == link


def test_ris_is_read_back_by_a_reference_program() -> None:
    source = make_source(
        authors="Okafor A, Lind B, et al.", publisher="Harbour Letters 2024;3(2):14-21"
    )
    (entry,) = rispy.loads(ris(source))

    assert entry["type_of_reference"] == "JOUR"
    assert entry["title"] == "Tides of the inner harbour"
    assert entry["authors"] == ["Okafor, A", "Lind, B", "et al."]
    assert entry["secondary_title"] == "Harbour Letters"
    assert (entry["volume"], entry["number"]) == ("3", "2")
    assert (entry["start_page"], entry["end_page"]) == ("14", "21")
    assert (entry["year"], entry["date"]) == ("2024", "2024/05/01/")
    assert entry["doi"] == "10.0000/tides"
    assert entry["urls"] == ["https://doi.org/10.0000/tides"]
    assert entry["notes"] == ["Read as: full text."]


def test_every_format_has_the_date_of_the_issue_beside_its_volume() -> None:
    work = make_source(
        publisher="Harbour Letters, January 2024;3:14", date="2023-12-08"
    )
    (entry,) = rispy.loads(ris(work))
    fields = parse_string(bibtex(work)).entries[0].fields_dict
    (item,) = json.loads(csl([work]))

    assert (entry["volume"], entry["year"], entry["date"]) == ("3", "2024", "2024/01//")
    assert (fields["year"].value, fields["month"].value) == ("2024", "1")
    assert item["issued"] == {"date-parts": [[2024, 1]]}
    for note in (entry["notes"][0], fields["note"].value, item["note"]):
        assert note == "Published online 8 December 2023. Read as: full text."


def test_ris_says_nothing_that_is_not_known() -> None:
    bare = ris(make_source(kind="notes", **BARE))

    tags = [line[:2] for line in bare.splitlines()]
    assert tags == ["TY", "ID", "TI", "AU", "PB", "N1", "ER"]


def test_a_line_break_in_a_title_does_not_break_the_record() -> None:
    broken = ris(make_source(title="Tides\nER  - \nTY  - JOUR"))

    assert len(rispy.loads(broken)) == 1


@pytest.mark.parametrize(
    ("date", "day"),
    [("2024", "2024///"), ("2024-05", "2024/05//"), ("2024-05-01", "2024/05/01/")],
)
def test_ris_keeps_a_slash_for_each_part_of_a_day_not_known(
    date: str, day: str
) -> None:
    assert f"DA  - {day}" in ris(make_source(date=date)).splitlines()


def test_bibtex_is_read_back_with_its_fields() -> None:
    source = make_source(
        authors="Okafor A, et al., for the Harbour Group",
        publisher="Quay & Harbour 2024;3(Suppl 1):14-21, 7th Meeting",
        registry_id="PMID 123",
    )
    fields = read_bibtex(source)

    assert fields["ENTRYTYPE"] == "article"
    assert fields["author"] == "Okafor, A and {Harbour Group} and others"
    assert fields["title"] == "{Tides of the inner harbour}"
    assert fields["journal"] == r"Quay \& Harbour"
    assert (fields["volume"], fields["number"]) == ("3", "Suppl 1")
    assert fields["pages"] == "14--21"
    assert (fields["year"], fields["month"]) == ("2024", "5")
    assert (fields["eprint"], fields["eprinttype"]) == ("123", "pubmed")
    assert fields["note"] == "7th Meeting. Read as: full text."


def test_what_is_no_article_keeps_its_number_and_publisher() -> None:
    fields = read_bibtex(make_source(kind="registry", publisher="Register of tides"))

    assert fields["ENTRYTYPE"] == "misc"
    assert fields["number"] == "HARBOUR-1"
    assert fields["howpublished"] == "Register of tides"
    assert read_bibtex(make_source())["addendum"] == "HARBOUR-1"


def test_bibtex_says_nothing_that_is_not_known() -> None:
    fields = read_bibtex(make_source(kind="notes", **BARE))

    assert fields.keys() == {
        *("ENTRYTYPE", "ID", "author", "title", "howpublished", "note")
    }


@given(title=TITLES)
def test_any_title_is_one_bibtex_field_and_reads_back(title: str) -> None:
    source = make_source(title=f"a {title} b")
    library = parse_string(bibtex(source))

    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == ["okafor-2024"]
    assert library.entries[0]["title"].count("{") == library.entries[0]["title"].count(
        "}"
    )


def test_signs_that_latex_reads_are_escaped_and_come_back() -> None:
    title = r"100% of #1 & 2_3 for $5 ~ or C:\tides"
    library = parse_string(
        bibtex(make_source(title=title)), append_middleware=[LatexDecodingMiddleware()]
    )

    assert library.entries[0]["title"] == title


def test_braces_and_carets_are_written_by_name() -> None:
    title = read_bibtex(make_source(title="{in} 10^2"))["title"]

    assert title == r"{{\textbraceleft}in{\textbraceright} 10{\textasciicircum}2}"


def test_an_address_stays_as_it_is_but_for_braces() -> None:
    fields = read_bibtex(make_source(doi=None, url="https://a.example/%20_{x}?a=1&b"))

    assert fields["url"] == "https://a.example/%20_%7Bx%7D?a=1&b"


def test_csl_json_has_names_a_date_and_a_place() -> None:
    source = make_source(
        authors="Okafor A, et al.",
        publisher="Harbour Letters 2024;3(2):14-21",
        registry_id="PMID 123",
    )
    (item,) = json.loads(csl([source]))

    assert item["type"] == "article-journal"
    assert item["author"] == [{"family": "Okafor", "given": "A"}, {"literal": "et al."}]
    assert item["issued"] == {"date-parts": [[2024, 5, 1]]}
    assert item["container-title"] == "Harbour Letters"
    assert (item["volume"], item["issue"], item["page"]) == ("3", "2", "14-21")
    assert (item["DOI"], item["PMID"]) == ("10.0000/tides", "123")


def test_csl_json_says_nothing_that_is_not_known() -> None:
    (item,) = json.loads(csl([make_source(kind="notes", **BARE)]))

    assert item.keys() == {"id", "type", "title", "author", "publisher", "note"}


def test_a_citation_program_prints_a_reference_from_our_csl_json(
    tmp_path: Path,
) -> None:
    items = json.loads(csl([make_source(publisher="Harbour Letters 2024;3(2):14-21")]))

    printed = print_reference(items, tmp_path)

    assert printed == (
        "Okafor A, Lind B. Tides of the inner harbour. Harbour Letters 2024;3(2):14\u201321"
    )


def test_every_work_of_the_real_pack_is_read_by_all_three_peers(
    real: Knowledge,
) -> None:
    works = list(real.sources.values())
    items = json.loads(csl(works))
    read = rispy.loads("\n".join(map(ris, works)))
    library = parse_string("\n".join(map(bibtex, works)))

    assert [entry["id"] for entry in read] == [work.id for work in works]
    assert [entry.key for entry in library.entries] == [work.id for work in works]
    assert library.failed_blocks == []
    assert {item["type"] for item in items} <= CSL_TYPES
    assert {name for item in items for name in item} <= CSL_NAMES
    assert CiteProcJSON(items).keys() == real.sources.keys()


def read_bibtex(source: Source) -> dict[str, str]:
    (entry,) = parse_string(bibtex(source)).entries
    return {
        "ID": entry.key,
        "ENTRYTYPE": entry.entry_type,
        **{field.key: field.value for field in entry.fields},
    }


def print_reference(items: list[dict[str, Any]], folder: Path) -> str:
    (folder / "style.csl").write_text(STYLE, "utf-8")
    style = CitationStylesStyle(str(folder / "style.csl"), validate=False)
    printed = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    printed.register(Citation([CitationItem(items[0]["id"])]))
    return str(printed.bibliography()[0])
