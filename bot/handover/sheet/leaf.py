"""An A4 page that knows its hands of lettering, its margins and its foot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from bot.handover.sheet.paper import FAMILY, Letters, Line, Sheet


MARGIN = 18.0  # mm, as all lengths here
FOOT = 22.0
LINE = 1.38  # height of a line to the size of its letters
_POINT = 25.4 / 72  # mm


@dataclass(frozen=True, slots=True)
class Hand:
    """How letters look: their size in points, their weight, and their ink."""

    size: float
    ink: tuple[int, int, int]  # red, green, blue: 0 to 255
    style: str = ""  # B for bold, as fpdf has it

    @property
    def height(self) -> float:
        """How high a line is, in mm."""
        return self.size * _POINT * LINE


INK, QUIET, MARK, HAIRLINE = (29, 28, 29), (86, 90, 99), (0, 103, 163), (217, 220, 226)
TITLE = Hand(24, INK, "B")
SUBTITLE = Hand(12, QUIET)
HEADING = Hand(16, INK, "B")
NAME = Hand(11.5, INK, "B")
BODY = Hand(9.5, INK)
SMALL = Hand(8.5, INK)
TERM = Hand(8.5, QUIET)
LINK = Hand(8.5, MARK)


class Leaf(FPDF):
    """The paper of one sheet: it breaks pages itself, and numbers them."""

    def __init__(self, sheet: Sheet, letters: Letters, folder: Path) -> None:
        super().__init__(format="A4")
        self._sheet = sheet
        for style, data in (("", letters.regular), ("B", letters.bold)):
            file = folder / f"letters{style}.ttf"  # fpdf reads fonts by path
            file.write_bytes(data)
            self.add_font(FAMILY, style, file)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, FOOT)
        self.c_margin = 0
        self.set_title(f"{sheet.title}, knowledge {sheet.version}")
        self.set_subject(sheet.subtitle)
        self.set_lang("en")
        self.set_creation_date(datetime.fromisoformat(sheet.as_of).replace(tzinfo=UTC))

    def footer(self) -> None:
        """Name the sheet and number the page."""
        self.set_y(12 - FOOT)
        self.take(TERM)
        self.cell(0, TERM.height, self._sheet.footer)
        self.set_x(MARGIN)
        self.cell(0, TERM.height, f"{self.page_no()} / {{nb}}", align="R")

    def take(self, hand: Hand) -> None:
        """Write in this hand from here on."""
        self.set_font(FAMILY, hand.style, hand.size)
        self.set_text_color(*hand.ink)

    def paragraph(self, text: str, hand: Hand) -> None:
        """Some lines over the whole width."""
        self.take(hand)
        self.multi_cell(
            0, hand.height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def line_of(self, line: Line, hand: Hand = SMALL) -> None:
        """A line from the left margin on, its linked words leading where they lead."""
        self.set_x(self.l_margin)
        self.take(LINK if line.target else hand)
        self.write(hand.height, line.text, line.target)
        self.take(hand)
        self.write(hand.height, line.after)
        self.ln(hand.height)

    def rule(self) -> None:
        """A hairline over the whole width."""
        self.set_draw_color(*HAIRLINE)
        self.line(MARGIN, self.y, self.w - MARGIN, self.y)

    def keep(self, height: float) -> None:
        """Begin a new page unless this much fits on the one at hand; in mm."""
        if self.will_page_break(height):
            self.add_page()

    @property
    def unknown_letters(self) -> str:
        """The signs that were to be written and that the font does not have."""
        fonts = (font for font in self.fonts.values() if isinstance(font, TTFFont))
        missing = {sign for font in fonts for sign in font.missing_glyphs}
        return "".join(map(chr, sorted(missing)))
