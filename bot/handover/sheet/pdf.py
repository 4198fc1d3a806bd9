"""Prints the evidence sheet as a PDF, with bookmarks, links and numbered pages."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace
from fpdf.outline import OutlineSection

from bot.errors import SettingsError
from bot.handover.sheet.leaf import (
    BODY,
    HEADING,
    MARGIN,
    NAME,
    QUIET,
    SMALL,
    SUBTITLE,
    TERM,
    TITLE,
    Leaf,
)
from bot.handover.sheet.paper import (
    Card,
    Chapter,
    Letters,
    Lines,
    Picture,
    Row,
    Sheet,
    Table,
)


_PICTURES = 132.0  # mm; their words are then as large as ours, and two fit on a page
_TERMS = 38.0  # mm; how wide the terms stand beside their lines
_NUMBER = 12.0  # mm; how wide the numbers of pages stand in the contents
_GAP = 4.0  # mm between one thing and the next
_BEGUN = 30.0  # mm; a card is not begun where less than this is left


def pdf_of(sheet: Sheet, letters: Letters) -> bytes:
    """The sheet as a PDF; a SettingsError names the signs that the font does not have."""
    with tempfile.TemporaryDirectory() as folder:
        leaf = Leaf(sheet, letters, Path(folder))
        _front(leaf, sheet)
        for chapter in sheet.chapters:
            _chapter(leaf, chapter)
        _require_all(leaf.unknown_letters)
        return bytes(leaf.output())


def _require_all(unknown: str) -> None:
    if unknown:
        raise SettingsError(
            f"the font has no {' '.join(unknown)}:"
            " choose one that has, or write the entry without"
        )


def _front(leaf: Leaf, sheet: Sheet) -> None:
    leaf.add_page()
    leaf.paragraph(sheet.title, TITLE)
    leaf.ln(_GAP / 2)
    leaf.paragraph(sheet.subtitle, SUBTITLE)
    leaf.ln(_GAP / 2)
    leaf.paragraph(" · ".join(sheet.badges), BODY)
    leaf.ln(2 * _GAP)
    leaf.paragraph("Contents", NAME)
    leaf.ln(_GAP / 2)
    leaf.insert_toc_placeholder(lambda _, outline: _contents(leaf, outline))


def _contents(leaf: Leaf, outline: Iterable[OutlineSection]) -> None:
    """The chapters with their pages; entries are bookmarks only."""
    leaf.take(BODY)
    height = 1.15 * BODY.height
    for section in outline:
        if section.level == 0:
            target = leaf.add_link(page=section.page_number)
            leaf.set_x(MARGIN)
            leaf.cell(leaf.epw - _NUMBER, height, section.name, link=target)
            leaf.cell(_NUMBER, height, f"{section.page_number}", align="R")
            leaf.ln(height)


def _chapter(leaf: Leaf, chapter: Chapter) -> None:
    leaf.keep(leaf.h / 3)
    leaf.ln(2 * _GAP)
    leaf.set_link(name=chapter.anchor, y=leaf.y)
    leaf.start_section(chapter.title)
    leaf.paragraph(chapter.title, HEADING)
    leaf.ln(_GAP / 2)
    leaf.paragraph(chapter.says, TERM)
    leaf.ln(_GAP / 2)
    _rows(leaf, chapter.rows)
    _table(leaf, chapter.table)
    for picture in chapter.pictures:
        _picture(leaf, picture)
    for card in chapter.cards:
        _card(leaf, card)


def _card(leaf: Leaf, card: Card) -> None:
    leaf.ln(_GAP)
    leaf.keep(_BEGUN)
    leaf.set_link(name=card.anchor, y=leaf.y)
    leaf.start_section(card.title, level=1)
    leaf.paragraph(card.title, NAME)
    leaf.paragraph(card.lead, BODY)
    leaf.ln(_GAP / 4)
    _table(leaf, card.table)
    _rows(leaf, card.rows)


def _rows(leaf: Leaf, rows: Iterable[Row]) -> None:
    for row in rows:
        leaf.keep(3 * SMALL.height)
        leaf.ln(_GAP / 8)
        leaf.rule()
        leaf.ln(_GAP / 8)
        leaf.take(TERM)
        leaf.cell(_TERMS, TERM.height, row.term, new_x=XPos.RIGHT, new_y=YPos.TOP)
        leaf.set_left_margin(MARGIN + _TERMS)
        for line in row.lines:
            leaf.line_of(line)
        leaf.set_left_margin(MARGIN)
        leaf.set_x(MARGIN)


def _table(leaf: Leaf, table: Table | None) -> None:
    if table is None:
        return
    leaf.take(SMALL)
    with leaf.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        first_row_as_headings=True,
        headings_style=FontFace(emphasis="BOLD", color=QUIET),
        line_height=SMALL.height,
        padding=(0.8, 2, 0.8, 0),
        text_align="LEFT",
        v_align="TOP",
    ) as drawn:
        drawn.row(table.head)
        for cells in table.rows:
            drawn.row([_cell(lines) for lines in cells])
    leaf.ln(_GAP / 2)


def _cell(lines: Lines) -> str:
    return "\n".join(f"{line.text}{line.after}" for line in lines)


def _picture(leaf: Leaf, picture: Picture) -> None:
    """The light picture, whole on one page, its words as the alternative text."""
    width, height = picture.size
    high = _PICTURES * height / width
    leaf.ln(_GAP)
    leaf.keep(high)
    leaf.set_link(name=picture.anchor, y=leaf.y)
    leaf.start_section(picture.title, level=1)
    leaf.image(BytesIO(picture.png), w=_PICTURES, h=high, alt_text=picture.alt)
