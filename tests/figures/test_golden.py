"""Pictures look as when somebody last looked; see tests/figures/goldens.py."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree as ET  # our own writing  # nosec B405

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from bot.figures.gallery import Gallery
from bot.figures.png import ZOOM, png
from bot.figures.shapes import Dome
from bot.figures.svg import svg
from bot.figures.themes import Theme
from bot.settings import ROOT
from tests.figures.goldens import FOLDER, OF_REAL, OF_TINY, small


AGAIN = "look at the picture, then run: python -m tests.figures.goldens"
NEAR = 0.1  # of 255, on average: versions of resvg may smooth an edge differently
NEAR_PDF = 6.0  # another renderer, other smoothing of every letter
SVG = "{http://www.w3.org/2000/svg}"
MANY = """
from pathlib import Path
from bot.figures.plates import plate_of
from bot.figures.svg import svg
from bot.knowledge.load import load
pack = load(Path("tests/packs/tiny"))
for figure in pack.figures.values():
    print(svg(plate_of(figure, pack).drawing(), "dark"))
"""


@pytest.fixture
def galleries(gallery: Gallery, real_gallery: Gallery) -> dict[str, Gallery]:
    """Which gallery holds which golden picture."""
    tiny = {name: gallery for name, _ in OF_TINY}
    return {**tiny, **{name: real_gallery for name, _ in OF_REAL}}


@pytest.mark.parametrize(("name", "theme"), [*OF_TINY, *OF_REAL])
def test_the_svg_is_the_one_that_was_looked_at(
    galleries: dict[str, Gallery], name: str, theme: Theme
) -> None:
    kept = (FOLDER / f"{name}-{theme}.svg").read_text("utf-8")

    assert galleries[name].inline(name, theme) == kept, AGAIN


@pytest.mark.parametrize(("name", "theme"), [*OF_TINY, *OF_REAL])
def test_the_png_looks_like_the_one_that_was_looked_at(
    galleries: dict[str, Gallery], name: str, theme: Theme
) -> None:
    kept = Image.open(FOLDER / f"{name}-{theme}.png").convert("RGB")
    made = small(galleries[name].rendered(name, theme, "png")).convert("RGB")

    assert made.size == kept.size
    assert apart(made, kept) < NEAR, AGAIN


def test_one_person_more_would_be_seen(gallery: Gallery) -> None:
    drawing = gallery.plate("clear-month").drawing()
    hollow = [s for s in drawing.shapes if isinstance(s, Dome) and s.fill is None]
    filled = replace(hollow[0], fill="mark", stroke=None)
    shapes = tuple(filled if shape is hollow[0] else shape for shape in drawing.shapes)

    more = small(png(svg(replace(drawing, shapes=shapes), "light"))).convert("RGB")
    kept = Image.open(FOLDER / "clear-month-light.png").convert("RGB")

    assert apart(more, kept) > NEAR


def test_a_png_has_two_pixels_for_each_unit(gallery: Gallery) -> None:
    drawing = gallery.plate("clear-month").drawing()
    made = opened(gallery.rendered("clear-month", "light", "png"))

    assert made.width == ZOOM * drawing.width
    assert abs(made.height - ZOOM * drawing.height) <= 1


def test_the_pdf_looks_like_the_png(gallery: Gallery, real_gallery: Gallery) -> None:
    for one, name in ((gallery, "clear-month"), (real_gallery, "three-points")):
        picture = opened(one.rendered(name, "light", "png"))
        page = pypdfium2.PdfDocument(one.rendered(name, "light", "pdf"))[0]
        scale = picture.width / page.get_width()
        made = page.render(scale=scale).to_pil().convert("RGB").resize(picture.size)

        assert apart(made, picture) < NEAR_PDF, name


def test_the_words_of_a_pdf_can_be_copied_and_heard(gallery: Gallery) -> None:
    file = gallery.rendered("clear-month", "light", "pdf")
    document = pypdfium2.PdfDocument(file)
    text = document[0].get_textpage().get_text_range()
    spoken = gallery.plate("clear-month").alt.encode("utf-16-be").hex().upper()

    assert "12 of 20" in text
    assert "60% (95% CI 36 to 81%)" in text
    assert document.get_metadata_dict()["Title"] == "A month without migraine"
    assert spoken.encode() in file
    assert b"/Lang(en-GB)" in file


def test_a_page_is_printed_as_a4(gallery: Gallery) -> None:
    page = pypdfium2.PdfDocument(gallery.rendered("one-page", "light", "pdf"))[0]

    assert page.get_width() == pytest.approx(595.3, abs=0.1)
    assert page.get_height() == pytest.approx(841.9, abs=0.5)


def test_the_same_pack_gives_the_same_bytes_in_every_process() -> None:
    seeds = ("0", "1", "4242")

    written = {seed: drawn_by_a_process(seed) for seed in seeds}

    assert len(set(written.values())) == 1
    assert written["0"].count("<svg ") == 5


def test_an_svg_is_well_formed_says_what_it_is_and_loads_nothing(
    real_gallery: Gallery,
) -> None:
    for name in real_gallery.names:
        text = real_gallery.inline(name, "light")
        root = ET.fromstring(text)  # noqa: S314  our own writing  # nosec B314

        assert root.findtext(f"{SVG}title") == real_gallery.titles[name]
        assert root.findtext(f"{SVG}desc") == real_gallery.plate(name).alt
        assert "href" not in text
        assert "<script" not in text


def test_signs_of_markup_are_words_in_a_picture(real_gallery: Gallery) -> None:
    words = real_gallery.inline("conflict-mild-side-effects", "dark")

    assert "“Mild”" in words
    assert ET.fromstring(words) is not None  # noqa: S314  our own writing  # nosec B314


def drawn_by_a_process(seed: str) -> str:
    ran = subprocess.run(  # noqa: S603  our own code
        [sys.executable, "-c", MANY],
        cwd=ROOT,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return ran.stdout


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far the pixels lie apart on average, of 255."""
    bands = ImageStat.Stat(ImageChops.difference(one, other)).mean
    return sum(bands) / len(bands)
