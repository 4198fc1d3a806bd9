"""Renders an SVG as PNG with our letters alone, twice as large as its units."""

from __future__ import annotations

from importlib.resources import as_file, files

import resvg_py


ZOOM = 2.0  # pixels for each unit: sharp on the screens of today


def png(svg: str) -> bytes:
    """The picture as PNG: the same on every machine, for no system font is read."""
    with as_file(files("bot.figures.fonts")) as folder:
        fonts = [str(path) for path in sorted(folder.glob("*.ttf"))]
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                zoom=ZOOM,
                skip_system_fonts=True,
                font_files=fonts,
            )
        )
