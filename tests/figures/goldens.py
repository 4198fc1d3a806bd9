"""Pictures as they looked when somebody last looked at them.

    python -m tests.figures.goldens

writes them anew; look at each before it is committed.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image

from bot.figures.gallery import Gallery
from bot.figures.prints import Prints
from bot.figures.themes import Theme
from bot.knowledge.load import load
from tests.conftest import REAL, TINY


FOLDER = Path(__file__).parent / "golden"
COLOURS = 32  # papers, inks, and the steps of their smooth edges
OF_TINY: tuple[tuple[str, Theme], ...] = (
    ("clear-month", "light"),
    ("both-counts", "dark"),
    ("way-through", "light"),
    ("twelve-or-fourteen-card", "dark"),
    ("one-page", "light"),
)
OF_REAL: tuple[tuple[str, Theme], ...] = (
    ("three-points", "light"),
    ("crs-ladder", "dark"),
)


def main() -> None:
    """Write every golden picture, as SVG and as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        prints = Prints(Path(folder))
        tiny, real = Gallery(load(TINY), prints), Gallery(load(REAL), prints)
        for gallery, named in ((tiny, OF_TINY), (real, OF_REAL)):
            for name, theme in named:
                place = FOLDER / f"{name}-{theme}"
                svg, png = (
                    gallery.inline(name, theme),
                    gallery.rendered(name, theme, "png"),
                )
                place.with_suffix(".svg").write_text(svg, "utf-8")
                small(png).save(place.with_suffix(".png"), optimize=True)


def small(png: bytes) -> Image.Image:
    """A picture at one pixel for each unit, in few colours: a few kilobytes."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    half = image.resize((image.width // 2, image.height // 2), Image.Resampling.BOX)
    return half.quantize(COLOURS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
