from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from bot.handover.sheet.markup import Html, element, joined
from bot.handover.sheet.page import html_of
from bot.handover.sheet.whole import sheet_of
from bot.knowledge.load import Knowledge
from tests.handover.letters import boxes
from tests.handover.pictures import make_picture
from tests.make import make_fact, with_entries


VOID = {"meta", "br"}


@dataclass
class Page(HTMLParser):
    """A page as a browser reads it: elements, attributes, headings, text."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, written: str) -> Page:
        page = cls()
        HTMLParser.__init__(page)
        page.feed(written)
        page.close()
        assert page.open == [], "every element is closed"
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)

    def all(self, name: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag == name]

    def values(self, attribute: str) -> list[str]:
        return [one[attribute] for _, one in self.elements if attribute in one]


@pytest.fixture(scope="module")
def page(real: Knowledge) -> Page:
    return Page.of(html_of(sheet_of(real, [make_picture()]), boxes()))


def test_the_page_needs_nothing_else_and_runs_nothing(page: Page) -> None:
    (policy,) = [m["content"] for m in page.all("meta") if "http-equiv" in m]
    names = {name for name, _ in page.elements}

    assert "default-src 'none'" in policy
    assert names.isdisjoint({"script", "link", "img", "iframe", "object", "base"})
    assert page.values("src") == []
    said = {name for _, attributes in page.elements for name in attributes}
    assert [name for name in said if name.startswith("on")] == []


def test_no_style_loads_anything_from_elsewhere(real: Knowledge) -> None:
    written = html_of(sheet_of(real), boxes())
    style = written[written.index("<style>") : written.index("</style>")]

    assert all(one.startswith("data:") for one in re.findall(r"url\(([^)]*)", style))
    assert "@import" not in style


def test_each_place_has_one_name_and_every_link_leads_to_one(page: Page) -> None:
    ids = page.values("id")
    targets = [one["href"] for one in page.all("a")]

    assert len(ids) == len(set(ids))
    assert {t[1:] for t in targets if t.startswith("#")} <= set(ids)
    assert set(page.values("aria-labelledby")) <= set(ids)


def test_a_screen_reader_finds_landmarks_and_a_way_past_the_contents(
    page: Page,
) -> None:
    names = [name for name, _ in page.elements]

    assert [names.count(one) for one in ("header", "nav", "main", "footer", "h1")] == [
        *(1, 1, 1, 1, 1)
    ]
    assert page.all("a")[0] == {"href": "#evidence", "class": "skip"}
    assert page.all("main") == [{"id": "evidence"}]
    assert page.all("html") == [{"lang": "en"}]


def test_no_level_of_headings_is_skipped(page: Page) -> None:
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch("h[1-6]", name)]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_head_of_a_table_says_what_it_is_the_head_of(page: Page) -> None:
    scopes = Counter(one.get("scope") for one in page.all("th"))

    assert scopes.keys() == {"col", "row"}
    assert len(page.all("caption")) == len(page.all("table"))


def test_the_contents_name_every_chapter_and_every_entry(
    page: Page, real: Knowledge
) -> None:
    first = page.elements.index(("main", {"id": "evidence"}))
    linked = {a["href"][1:] for name, a in page.elements[:first] if name == "a"}

    assert {f"entry-{entry.id}" for entry in real.entries()} <= linked
    assert {f"source-{name}" for name in real.sources} <= linked


def test_every_statement_of_the_pack_stands_on_the_page(
    page: Page, real: Knowledge
) -> None:
    text = "".join(page.text)

    assert [f.id for f in real.facts.values() if f.statement not in text] == []
    assert [g.id for g in real.gaps.values() if g.wording not in text] == []
    assert [c.id for c in real.conflicts.values() if c.phrase not in text] == []
    assert real.version in text


def test_signs_of_a_pack_are_never_read_as_html(tiny: Knowledge) -> None:
    said = '<script>alert("1")</script> & <b>'
    fact = make_fact(label=said, statement=said, caveats=[said], population=said)
    page = Page.of(html_of(sheet_of(with_entries(tiny, fact))))

    assert "".join(page.text).count(said) >= 4
    assert page.all("script") == page.all("b") == []


def test_a_picture_is_there_in_both_themes_and_in_words(tiny: Knowledge) -> None:
    written = html_of(sheet_of(tiny, [make_picture("strain")]))
    page = Page.of(written)

    assert page.all("figure") == [{"id": "picture-strain"}]
    assert "<desc>strain light</desc>" in written
    assert "<desc>strain dark</desc>" in written
    assert "7 of 11 & more, in a row." in page.text


def test_the_page_brings_its_letters_along_or_takes_those_that_are_there(
    tiny: Knowledge,
) -> None:
    sheet = sheet_of(tiny)

    assert html_of(sheet, boxes()).count("@font-face") == 2
    assert "@font-face" not in html_of(sheet)


def test_words_stand_out_from_the_paper_in_both_themes(tiny: Knowledge) -> None:
    written = html_of(sheet_of(tiny))
    themes = re.findall(r":root \{([^}]*--paper[^}]*)\}", written)
    inks = [dict(re.findall(r"--(\w+): (#\w{6})", theme)) for theme in themes]

    assert len(inks) == 3  # light, dark, print
    for ink in inks:
        for paper in (ink["paper"], ink["panel"]):
            assert min(contrast(ink[n], paper) for n in ("ink", "quiet", "mark")) >= 4.5


def test_only_what_is_not_html_yet_is_escaped() -> None:
    assert element("p", "a < b", Html("<i>c</i>"), class_="x", id="") == (
        '<p class="x">a &lt; b<i>c</i></p>'
    )
    assert joined(["<", Html("<br>")], " ") == "&lt; <br>"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
