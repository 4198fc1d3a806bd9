"""Prints the evidence sheet as one HTML page that needs nothing else.

No script, nothing loaded from elsewhere: the policy in its head forbids both.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from importlib.resources import files

from bot.handover.sheet.markup import Html, element, joined
from bot.handover.sheet.paper import (
    FAMILY,
    Card,
    Chapter,
    Letters,
    Line,
    Lines,
    Picture,
    Row,
    Sheet,
    Table,
)


_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:;"
    " base-uri 'none'; form-action 'none'"
)


def html_of(sheet: Sheet, letters: Letters | None = None) -> str:
    """The sheet as HTML; with letters of its own where there are some."""
    body = element(
        "body",
        element("a", "Skip to the evidence", href="#evidence", class_="skip"),
        _header(sheet),
        element("div", _contents(sheet), _main(sheet), class_="columns"),
        element("footer", sheet.footer, role="contentinfo"),
    )
    return (
        f"<!doctype html>\n{element('html', _head(sheet, letters), body, lang='en')}\n"
    )


def _head(sheet: Sheet, letters: Letters | None) -> Html:
    style = (files(__package__) / "page.css").read_text("utf-8")
    faces = "" if letters is None else _faces(letters)
    return element(
        "head",
        Html('<meta charset="utf-8">'),
        _meta("Content-Security-Policy", _POLICY, "http-equiv"),
        _meta("viewport", "width=device-width, initial-scale=1"),
        _meta("color-scheme", "light dark"),
        _meta("description", f"{sheet.subtitle}. {sheet.footer}."),
        element("title", f"{sheet.title}, knowledge {sheet.version}"),
        element("style", Html(faces + style)),
    )


def _meta(name: str, content: str, kind: str = "name") -> Html:
    opened = element("meta", **{kind: name, "content": content})
    return Html(opened.removesuffix("</meta>"))


def _faces(letters: Letters) -> str:
    return "".join(
        f"@font-face{{font-family:{FAMILY};font-weight:{weights};"
        f"src:url(data:font/ttf;base64,{base64.b64encode(data).decode('ascii')})}}\n"
        for weights, data in (("400", letters.regular), ("600 700", letters.bold))
    )


def _header(sheet: Sheet) -> Html:
    badges = (element("li", badge) for badge in sheet.badges)
    return element(
        "header",
        element("h1", sheet.title),
        element("p", sheet.subtitle, class_="subtitle"),
        element("ul", *badges, class_="badges"),
        role="banner",
    )


def _contents(sheet: Sheet) -> Html:
    entries = (element("li", *_content(chapter)) for chapter in sheet.chapters)
    return element(
        "nav",
        element("h2", "Contents", id="contents"),
        element("ol", *entries),
        aria_labelledby="contents",
    )


def _content(chapter: Chapter) -> Iterator[Html]:
    """A chapter in the table of contents; its entries open without a script."""
    link = element("a", chapter.title, href=f"#{chapter.anchor}")
    if not chapter.cards:
        yield link
        return
    cards = (
        element("li", element("a", card.title, href=f"#{card.anchor}"))
        for card in chapter.cards
    )
    count = element("span", f"{len(chapter.cards)}", class_="count")
    summary = element("summary", link, " ", count)
    yield element("details", summary, element("ul", *cards))


def _main(sheet: Sheet) -> Html:
    return element("main", *map(_chapter, sheet.chapters), id="evidence")


def _chapter(chapter: Chapter) -> Html:
    heading = f"{chapter.anchor}-title"
    inside = (
        element("h2", chapter.title, id=heading),
        element("p", chapter.says, class_="says"),
        _rows(chapter.rows),
        *map(_picture, chapter.pictures),
        _table(chapter.table),
        *map(_card, chapter.cards),
    )
    return element("section", *inside, id=chapter.anchor, aria_labelledby=heading)


def _card(card: Card) -> Html:
    heading = f"{card.anchor}-title"
    inside = (
        element("h3", card.title, id=heading),
        element("p", card.lead, class_="lead"),
        _table(card.table),
        _rows(card.rows),
    )
    return element("article", *inside, id=card.anchor, aria_labelledby=heading)


def _rows(rows: tuple[Row, ...]) -> Html:
    pairs = (
        element("div", element("dt", row.term), *_descriptions(row.lines))
        for row in rows
    )
    return element("dl", *pairs) if rows else Html()


def _descriptions(lines: Lines) -> Iterator[Html]:
    return (element("dd", _line(line)) for line in lines)


def _line(line: Line) -> Html:
    linked = element("a", line.text, href=line.target) if line.target else line.text
    return joined([linked, line.after])


def _table(table: Table | None) -> Html:
    if table is None:
        return Html()
    head = (element("th", name, scope="col") for name in table.head)
    rows = (_table_row(row) for row in table.rows)
    return element(
        "div",
        element(
            "table",
            element("caption", table.caption),
            element("thead", element("tr", *head)),
            element("tbody", *rows),
        ),
        class_="scroll",
        tabindex="0",  # a keyboard can scroll it on a narrow screen
        role="region",
        aria_label=table.caption,
    )


def _table_row(row: tuple[Lines, ...]) -> Html:
    first, *others = (joined(map(_line, cell), "<br>") for cell in row)
    cells = (element("td", cell) for cell in others)
    return element("tr", element("th", first, scope="row"), *cells)


def _picture(picture: Picture) -> Html:
    """A picture in the theme that the reader has, and the same in words."""
    heading = element("h3", picture.title)
    words = element(
        "details", element("summary", "The picture in words"), element("p", picture.alt)
    )
    return element(
        "figure",
        heading,
        element("div", Html(picture.light), class_="light"),
        element("div", Html(picture.dark), class_="dark"),
        element("figcaption", words),
        id=picture.anchor,
    )
