from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.picturing import FORMS
from tests.cli.commands import Commands
from tests.conftest import TINY
from tests.spoiling import Copy


BEGINS = {
    ".svg": b"<svg ",
    ".png": b"\x89PNG",
    ".pdf": b"%PDF",
    ".csv": b"label,",
    ".txt": b"A month",
}


@pytest.fixture(autouse=True)
def _kept_apart(becar7: Commands, tmp_path: Path) -> None:
    becar7.set(CACHE_DIR=tmp_path / "cache")


def test_without_a_name_the_pictures_are_listed(becar7: Commands) -> None:
    ran = becar7("figure")

    assert ran.code == 0
    assert ran.out.splitlines()[0].split(maxsplit=1) == [
        "clear-month",
        "A month without migraine",
    ]
    assert len(ran.out.splitlines()) == 5


def test_a_name_shows_the_picture_in_signs_and_its_alternative_text(
    becar7: Commands,
) -> None:
    ran = becar7("figure", "clear-month")

    assert ran.code == 0
    assert "●●●●●●●●●●●●○○○○○○○○  12 of 20" in ran.out
    assert "Alternative text: A month without migraine." in ran.out
    picture = ran.out.partition("Alternative text")[0]
    assert max(map(len, picture.splitlines())) <= 80


@pytest.mark.parametrize("suffix", FORMS)
def test_the_ending_of_a_file_says_its_form(
    becar7: Commands, tmp_path: Path, suffix: str
) -> None:
    ran = becar7("figure", "clear-month", "-o", f"new/folder/picture{suffix.upper()}")

    written = (tmp_path / "new" / "folder" / f"picture{suffix.upper()}").read_bytes()
    assert ran.code == 0
    assert written.startswith(BEGINS[suffix])


def test_the_theme_is_chosen(becar7: Commands, tmp_path: Path) -> None:
    becar7("figure", "clear-month", "-o", "light.svg")
    becar7("figure", "clear-month", "-o", "dark.svg", "--theme", "dark")

    assert "#56B4E9" in (tmp_path / "dark.svg").read_text("utf-8")
    assert "#56B4E9" not in (tmp_path / "light.svg").read_text("utf-8")


def test_all_pictures_are_written_in_every_form_and_theme(
    becar7: Commands, tmp_path: Path
) -> None:
    ran = becar7("figure", "--all", "pictures")

    names = {path.name for path in (tmp_path / "pictures").iterdir()}
    assert ran.code == 0
    assert ran.out == "40 files in pictures\n"
    assert len(names) == 40
    assert {"clear-month-dark.png", "clear-month-light.pdf", "one-page.csv"} <= names


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("clear-mont",), "did you mean clear-month"),
        (("qqqq",), "see becar7 figure"),
        (("clear-month", "-o", "picture.gif"), "end its name with one of .svg, .png"),
        (
            ("clear-month", "-o", "/dev/null/picture.svg"),
            "cannot be written: File exists",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    becar7: Commands, words: tuple[str, ...], said: str
) -> None:
    ran = becar7("figure", *words)

    assert ran.code == 2
    assert ran.is_one_sentence
    assert said in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("-o", "picture.png"),
        ("clear-month", "--all", "pictures"),
        ("clear-month", "--theme", "sepia"),
    ],
)
def test_wrong_usage_is_refused(becar7: Commands, words: tuple[str, ...]) -> None:
    ran = becar7("figure", *words)

    assert ran.code == 2
    assert not ran.out


def test_an_answer_in_full_opens_its_picture(becar7: Commands) -> None:
    folded = becar7("ask", "how many people had a month without migraine?")
    full = becar7("ask", "how many people had a month without migraine?", "--full")

    assert "●●●" not in folded.out
    assert "▾ Picture" in full.out
    assert "●●●●●●●●●●●●○○○○○○○○" in full.out
    assert max(map(len, full.out.splitlines())) <= 80


def test_an_answer_without_a_picture_opens_none(becar7: Commands) -> None:
    ran = becar7("ask", "how did people sleep?", "--full")

    assert "▾ Picture" not in ran.out


def test_the_reply_as_json_names_its_pictures_with_alternative_texts(
    becar7: Commands,
) -> None:
    ran = becar7("ask", "how many people had a month without migraine?", "--json")

    figures = json.loads(ran.out)["figures"]
    assert figures[0]["id"] == "clear-month"
    assert "12 of 20 people" in figures[0]["alt"]
    assert not any("●" in line for line in json.loads(ran.out)["text"].splitlines())


def test_the_check_draws_every_picture(becar7: Commands, tmp_path: Path) -> None:
    pack = Copy.of(TINY, tmp_path)
    pack.change("figures.yaml", "label: The lamp", f"label: {'W' * 60}")

    ran = becar7("check", str(pack.directory))

    assert ran.code == 1
    assert "undrawable-figure: way-through" in ran.out
    assert "shorten it" in ran.out
