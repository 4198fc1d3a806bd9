"""A picture as lines of text, for a terminal and for whoever wants no pixels."""

from __future__ import annotations

import textwrap

from bot.figures.plate import Plate


COLUMNS = 80


def plain(plate: Plate, columns: int = COLUMNS) -> str:
    """The sketch, then the notes; no line longer than the columns."""
    notes = _wrapped(tuple(note.text for note in plate.content.notes), columns)
    paragraphs = ("\n".join(sketch(plate, columns)), "\n".join(notes))
    return "\n\n".join(part for part in paragraphs if part) + "\n"


def sketch(plate: Plate, columns: int = COLUMNS) -> tuple[str, ...]:
    """Title and caption, and below an empty line the body in signs."""
    head = _wrapped((plate.title, plate.caption), columns)
    return (*head, "", *_wrapped(plate.content.sketch, columns))


def _wrapped(lines: tuple[str, ...], columns: int) -> list[str]:
    return [part for line in lines for part in textwrap.wrap(line, columns)]
