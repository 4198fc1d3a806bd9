from __future__ import annotations

import struct
from collections.abc import Iterable
from importlib.resources import files
from io import BytesIO
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from bot.errors import MissingLetterError, TextOverflowError
from bot.figures.lettering import Hand, Typeface, Weight, typeface


WEIGHTS: tuple[Weight, ...] = (400, 600)
BODY = Hand(400, 18, 25)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_letter_is_as_wide_as_fonttools_reads_it(weight: Weight) -> None:
    face = typeface(weight)
    font = TTFont(BytesIO(face.data))
    names, advances = font.getBestCmap(), font["hmtx"]

    assert face.glyphs.keys() == names.keys()
    assert all(
        face.width(chr(code), face.units) == advances[name][0]
        for code, name in names.items()
    )


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_letter_is_the_glyph_that_fonttools_reads(weight: Weight) -> None:
    face = typeface(weight)
    font = TTFont(BytesIO(face.data))
    order = font.getGlyphOrder()

    assert {c: order[g] for c, g in face.glyphs.items()} == font.getBestCmap()


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_letters_have_no_kerning_that_would_change_a_width(weight: Weight) -> None:
    assert {"GPOS", "GSUB", "kern"}.isdisjoint(tables_of(weight))


def test_the_letters_come_with_their_licence() -> None:
    licence = files("bot.figures.fonts").joinpath("OFL.txt").read_text("utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


@pytest.mark.parametrize("said", ["10⁶ cells/kg", "≥ 38 °C", "95 %", "µL", "CD3ζ"])
def test_signs_of_the_field_are_there_or_named(said: str) -> None:
    missing = {sign for sign in said if ord(sign) not in typeface(400).glyphs}

    assert missing <= {"ζ"}


def test_a_sign_without_a_letter_is_named_with_the_next_step() -> None:
    with pytest.raises(MissingLetterError, match=r"U\+1F600.*bot/curation/font.py"):
        BODY.width("\N{GRINNING FACE}")


def test_a_text_that_fits_is_given_back_and_one_too_wide_is_named() -> None:
    assert BODY.fitted("short", 60) == "short"

    with pytest.raises(
        TextOverflowError, match=r"'far too long'.*shorten it"
    ) as caught:
        BODY.fitted("far too long", 60)

    assert caught.value.room == 60
    assert caught.value.width > 60


def test_lines_are_as_full_as_their_room_allows() -> None:
    said = "one two three four five six seven"
    lines = BODY.lines(said, 120)

    assert " ".join(lines) == said
    assert all(BODY.width(line) <= 120 for line in lines)
    assert all(
        BODY.width(f"{line} {after.split()[0]}") > 120
        for line, after in pairwise(lines)
    )


def test_a_number_stays_with_what_it_counts() -> None:
    lines = BODY.lines("given on 8 December 2025 at 120 mg in all", 110)

    assert not any(line.endswith(("8", "120")) for line in lines)


def test_a_word_without_room_is_an_error_not_a_broken_word() -> None:
    with pytest.raises(TextOverflowError, match="'immunophenotype'"):
        BODY.lines("an immunophenotype", 80)


def test_no_text_has_no_line() -> None:
    assert BODY.lines("", 80) == ()


def test_what_is_no_font_is_refused() -> None:
    with pytest.raises(ValueError, match="the table cmap is missing"):
        Typeface.parse(struct.pack(">4sHHHH", b"\0\1\0\0", 0, 0, 0, 0))


def test_a_font_without_the_common_table_of_characters_is_refused() -> None:
    font = TTFont(BytesIO(typeface(400).data))
    for table in font["cmap"].tables:
        table.format = 12
        table.language = table.reserved = table.length = table.nGroups = 0
    written = BytesIO()
    font.save(written)

    with pytest.raises(ValueError, match="no table of characters in format 4"):
        Typeface.parse(written.getvalue())


def test_letters_after_the_last_measured_one_are_as_wide_as_it() -> None:
    font = TTFont(BytesIO(typeface(400).data))
    for name in font.getGlyphOrder():
        font["hmtx"][name] = (1000, font["hmtx"][name][1])
    written = BytesIO()
    font.save(written)

    face = Typeface.parse(written.getvalue())

    assert {face.width(sign, face.units) for sign in "Aaz9"} == {1000}


def tables_of(weight: Weight) -> Iterable[str]:
    tables: Iterable[str] = TTFont(BytesIO(typeface(weight).data)).keys()
    return tables
