from __future__ import annotations

import subprocess
import sys
from html import escape
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.errors import SettingsError
from bot.figures.gallery import Galleries
from bot.handover.formats import FORMATS
from bot.knowledge.load import Knowledge
from bot.settings import ROOT
from bot.wiring import handover
from tests.cli.commands import Commands
from tests.conftest import TINY
from tests.handover.letters import boxes


@pytest.fixture
def font(tmp_path: Path) -> Path:
    path = tmp_path / "boxes.ttf"
    path.write_bytes(boxes().regular)
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_goes_to_standard_output_or_into_a_file_byte_for_byte(
    becar7: Commands, tmp_path: Path, name: str
) -> None:
    printed = becar7("export", name)
    saved = becar7("export", name, "-o", "out")

    assert printed.code == saved.code == 0
    assert (tmp_path / "out").read_bytes() == printed.out.encode()
    assert saved.out.startswith("out: ")


def test_every_format_goes_into_a_folder_that_is_made(
    becar7: Commands, tmp_path: Path
) -> None:
    ran = becar7("export", "--all", "hand/over")

    assert ran.code == 0
    written = sorted(path.name for path in (tmp_path / "hand" / "over").iterdir())
    assert written == sorted(one.file for one in FORMATS.values())
    assert len(ran.out.splitlines()) == len(FORMATS)


@pytest.mark.parametrize(
    ("said", "meant"), [("rsi", "did you mean ris?"), ("CSV", "did you mean csv?")]
)
def test_an_unknown_format_is_told_the_nearest_and_all(
    becar7: Commands, said: str, meant: str
) -> None:
    ran = becar7("export", said)

    assert ran.code == 2
    assert ran.is_one_sentence
    assert meant in ran.err
    assert "csv, ris, bibtex, csl-json, fhir" in ran.err


def test_a_format_like_none_is_told_all(becar7: Commands) -> None:
    ran = becar7("export", "papyrus")

    assert "did you mean" not in ran.err
    assert "csv, ris, bibtex, csl-json, fhir" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["export"], id="nothing"),
        pytest.param(["export", "csv", "--all", "x"], id="one-and-all"),
        pytest.param(["export", "--all", "x", "-o", "y"], id="folder-and-file"),
        pytest.param(["sheet", "--font", "x.ttf"], id="half-a-font"),
    ],
)
def test_words_that_do_not_go_together_are_a_matter_of_usage(
    becar7: Commands, words: list[str]
) -> None:
    ran = becar7(*words)

    assert ran.code == 2
    assert "Usage:" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ["export", "csv", "-o", "nowhere/facts.csv"],
        ["sheet", "-o", "nowhere/sheet.html"],
        ["export", "csv", "-o", "folder"],
        ["export", "--all", "file"],
    ],
)
def test_a_place_that_cannot_be_written_is_one_sentence(
    becar7: Commands, tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()

    ran = becar7(*words)

    assert ran.code == 2
    assert ran.is_one_sentence
    assert words[-1] in ran.err
    assert "name another" in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_the_sheet_is_a_page_and_a_document(
    becar7: Commands, tmp_path: Path, font: Path
) -> None:
    fonts = ("--font", str(font), "--bold", str(font))
    printed = becar7("sheet", *fonts)
    page = becar7("sheet", "-o", "sheet.html", *fonts)
    document = becar7("sheet", "-o", "sheet.PDF", *fonts)

    assert printed.code == page.code == document.code == 0
    assert (tmp_path / "sheet.html").read_text("utf-8") == printed.out
    assert printed.out.startswith("<!doctype html>")
    assert (tmp_path / "sheet.PDF").read_bytes().startswith(b"%PDF-")


def test_the_sheet_shows_every_picture_in_both_themes_and_in_words(
    becar7: Commands, tiny: Knowledge, tmp_path: Path
) -> None:
    page = becar7("sheet").out
    gallery = Galleries(tmp_path).of(tiny)

    for name in gallery.names:
        assert page.count(f'id="picture-{name}"') == 1
        assert gallery.inline(name, "light") in page
        assert gallery.inline(name, "dark") in page
        assert page.count(escape(gallery.plate(name).alt, quote=False)) >= 3
    assert page.count("@font-face") == 2  # for the page and its pictures, once


def test_the_document_brings_every_picture_with_its_alternative_text(
    becar7: Commands, tiny: Knowledge, tmp_path: Path
) -> None:
    becar7.set(CACHE_DIR=tmp_path / "cache")
    ran = becar7("sheet", "-o", "sheet.pdf")
    document = PdfReader(tmp_path / "sheet.pdf")

    assert ran.code == 0
    assert sum(len(page.images) for page in document.pages) == len(tiny.figures)
    kept = (tmp_path / "cache" / "pictures").iterdir()
    assert {path.suffix for path in kept} == {".png"}


def test_an_unknown_kind_of_sheet_is_told_the_nearest(becar7: Commands) -> None:
    ran = becar7("sheet", "-o", "sheet.pfd")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert "sheet.pfd" in ran.err
    assert "did you mean .pdf?" in ran.err


@pytest.mark.parametrize(
    ("name", "reason"),
    [("nowhere.ttf", "no such file"), ("words.ttf", "no TrueType font")],
)
def test_a_font_that_is_none_is_one_sentence(
    becar7: Commands, tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "words.ttf").write_text("not a font")

    ran = becar7("sheet", "-o", "sheet.pdf", "--font", name, "--bold", name)

    assert ran.code == 2
    assert ran.is_one_sentence
    assert reason in ran.err
    assert not (tmp_path / "sheet.pdf").exists()


def test_a_document_without_a_font_says_what_is_missing(
    becar7: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "letters", lambda: None)

    ran = becar7("sheet", "-o", "sheet.pdf")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert "--font" in ran.err
    assert becar7("sheet").out.startswith("<!doctype html>")


def test_the_letters_of_the_pictures_are_taken_where_they_are(tmp_path: Path) -> None:
    assert handover.letters(tmp_path) is None

    for name in ("inter-400.ttf", "inter-600.ttf"):
        (tmp_path / name).write_bytes(boxes().regular)

    assert handover.letters(tmp_path) == boxes()


def test_half_of_the_letters_is_a_fault_of_the_package(tmp_path: Path) -> None:
    (tmp_path / "inter-400.ttf").write_bytes(boxes().regular)

    with pytest.raises(SettingsError, match=r"inter-600\.ttf: no such file"):
        handover.letters(tmp_path)


def test_what_goes_out_is_the_same_on_every_run(tmp_path: Path, font: Path) -> None:
    runs = [_everything(tmp_path / seed, font) for seed in ("0", "4242")]

    assert runs[0].keys() == {one.file for one in FORMATS.values()} | {
        *("sheet.html", "sheet.pdf")
    }
    assert runs[0] == runs[1]


def _everything(place: Path, font: Path) -> dict[str, bytes]:
    """All that goes out, from processes whose sets are ordered by the place's name."""
    fonts = ["--font", str(font), "--bold", str(font)]
    _run(place, "export", "--all", str(place))
    _run(place, "sheet", "-o", str(place / "sheet.html"), *fonts)
    _run(place, "sheet", "-o", str(place / "sheet.pdf"), *fonts)
    return {path.name: path.read_bytes() for path in place.iterdir()}


def _run(place: Path, *words: str) -> None:
    subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "bot", *words],
        env={
            "PYTHONPATH": str(ROOT),
            "PYTHONHASHSEED": place.name,
            "BECAR7_KNOWLEDGE_DIR": str(TINY),
            "BECAR7_CACHE_DIR": f"{place}-cache",
        },
        capture_output=True,
        check=True,
    )
