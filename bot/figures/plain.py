"""A picture as lines of text, for a terminal and for whoever wants no pixels."""

from __future__ import annotations

import textwrap

from bot.figures.plate import Plate


COLUMNS = 80


def plain(plate: Plate, columns: int = COLUMNS) -> str:
    """Title, caption, the body in signs, the notes; no line longer than the columns."""
    content = plate.content
    paragraphs = (
        "\n".join(_wrapped((plate.title, plate.caption), columns)),
        "\n".join(_wrapped(content.sketch, columns)),
        "\n".join(_wrapped(tuple(note.text for note in content.notes), columns)),
    )
    return "\n\n".join(part for part in paragraphs if part) + "\n"


def _wrapped(lines: tuple[str, ...], columns: int) -> list[str]:
    return [part for line in lines for part in textwrap.wrap(line, columns)]
