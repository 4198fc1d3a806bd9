from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from bot.errors import SettingsError
from bot.handover.sheet.pdf import pdf_of
from bot.handover.sheet.whole import sheet_of
from bot.knowledge.load import Knowledge
from tests.handover.letters import boxes
from tests.handover.pictures import make_picture
from tests.make import make_fact, with_entries


FOOT = r"\S+: evidence sheet, knowledge \w{12} \d+ / \d+"


@pytest.fixture(scope="module")
def whole(real: Knowledge) -> PdfReader:
    return PdfReader(BytesIO(pdf_of(sheet_of(real), boxes())))


@pytest.fixture(scope="module")
def small(tiny: Knowledge) -> PdfReader:
    sheet = sheet_of(tiny, [make_picture("strain", "eye-strain")])
    return PdfReader(BytesIO(pdf_of(sheet, boxes())))


def text_of(reader: PdfReader) -> str:
    """The text of all pages without their feet, spaces and line ends made one."""
    pages = (" ".join(page.extract_text().split()) for page in reader.pages)
    return " ".join(re.sub(FOOT, "", page).strip() for page in pages)


def titles(outline: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    for place, one in enumerate(outline):
        if not isinstance(one, list):
            below = outline[place + 1 : place + 2]
            yield one.title, below[0] if below and isinstance(below[0], list) else []


def test_bookmarks_lead_to_every_chapter_and_entry(
    whole: PdfReader, real: Knowledge
) -> None:
    found = dict(titles(whole.outline))

    assert list(found) == [chapter.title for chapter in sheet_of(real).chapters]
    assert len(found["Where sources differ"]) == len(real.conflicts)
    assert len(found["What is not reported"]) == len(real.gaps)
    assert len(found["Sources"]) == len(real.sources)


def test_the_contents_name_the_page_of_each_chapter(small: PdfReader) -> None:
    contents = " ".join(small.pages[0].extract_text().split())
    marks = {one.title: one for one in small.outline if not isinstance(one, list)}

    assert len(marks) == 10
    for title, mark in marks.items():
        page = small.get_destination_page_number(mark)
        assert page is not None
        assert f"{title} {page + 1}" in contents


def test_every_page_says_its_number_and_the_version(
    whole: PdfReader, real: Knowledge
) -> None:
    pages = len(whole.pages)

    for number, page in enumerate(whole.pages, start=1):
        foot = " ".join(page.extract_text().split())
        assert f"{number} / {pages}" in foot
        assert f"BE-CAR7: evidence sheet, knowledge {real.version}" in foot


def test_every_statement_of_the_pack_is_printed(
    whole: PdfReader, real: Knowledge
) -> None:
    text = text_of(whole)

    assert [f.id for f in real.facts.values() if f.statement not in text] == []
    assert [g.id for g in real.gaps.values() if g.wording not in text] == []
    assert [c.id for c in real.conflicts.values() if c.phrase not in text] == []
    assert "30.8 to 89.1%" in text


def test_words_of_an_entry_stay_words(tiny: Knowledge) -> None:
    said = "**7** of 11 ≥ 3 µg \N{EN DASH} <b>far</b>"
    fact = make_fact(statement=said, caveats=[said])
    printed = pdf_of(sheet_of(with_entries(tiny, fact)), boxes())

    assert text_of(PdfReader(BytesIO(printed))).count(said) == 2


def test_links_lead_to_entries_and_to_works_outside(small: PdfReader) -> None:
    links = [
        annotation.get_object()
        for page in small.pages
        for annotation in page.get("/Annots", [])
    ]
    inside = {
        str(link["/Dest"]) for link in links if isinstance(link.get("/Dest"), str)
    }
    outside = {link["/A"]["/URI"] for link in links if "/A" in link}

    assert "entry-eye-strain" in inside
    assert inside <= set(small.named_destinations)
    assert "https://journal.invalid/lantern" in outside


def test_a_picture_carries_its_words(small: PdfReader) -> None:
    assert "7 of 11 & more, in a row." in alternative_texts(small)


def test_the_document_says_what_it_is(small: PdfReader, tiny: Knowledge) -> None:
    about = small.metadata

    assert about is not None
    assert about.title == f"LANTERN: evidence sheet, knowledge {tiny.version}"
    assert about.creation_date is not None
    assert about.creation_date.date().isoformat() == "2026-11-22"
    assert str(small.root_object["/Lang"]) == "en"


def test_the_same_pack_prints_the_same_bytes(tiny: Knowledge) -> None:
    assert pdf_of(sheet_of(tiny), boxes()) == pdf_of(sheet_of(tiny), boxes())


def test_a_sign_that_the_font_does_not_have_is_named(tiny: Knowledge) -> None:
    fact = make_fact(statement="At least ≥ 3 and not ≠ 4.")

    with pytest.raises(SettingsError, match="the font has no ≠ ≥: choose"):
        pdf_of(sheet_of(with_entries(tiny, fact)), boxes(without="≥≠"))


def alternative_texts(reader: PdfReader) -> list[str]:
    """The alternative texts of the elements right below the root of the structure."""
    root: Any = reader.root_object["/StructTreeRoot"]
    (document,) = [one.get_object() for one in root["/K"]]
    below = (one.get_object() for one in document["/K"])
    return [str(one["/Alt"]) for one in below if "/Alt" in one]
