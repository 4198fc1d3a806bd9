from __future__ import annotations

import csv
import io

from bot.figures.gallery import Gallery
from bot.figures.plain import plain


def test_the_alternative_text_says_all_in_sentences(gallery: Gallery) -> None:
    alt = gallery.plate("clear-month").alt

    assert alt.startswith("A month without migraine. Each figure is one person;")
    assert "12 of 20 people, 60%, 95% CI 36 to 81%." in alt
    assert "12 filled and 8 hollow figures." in alt
    assert "marked at 0, 25, 50, 75 and 100%" in alt
    assert alt.endswith("(full text).")


def test_the_description_adds_the_facts_in_full_and_their_places(
    gallery: Gallery,
) -> None:
    plate = gallery.plate("clear-month")

    assert "There was no other arm to compare with." in plate.description
    assert "table 2, row 1" in plate.description
    assert "exact 95% CI" in plate.description
    assert len(plate.description) > len(plate.alt)


def test_the_table_holds_what_is_plotted(gallery: Gallery) -> None:
    rows = list(csv.DictReader(io.StringIO(gallery.plate("both-counts").csv)))

    assert [(row["fact"], row["k"], row["n"]) for row in rows] == [
        ("month-without-migraine", "12", "20"),
        ("eye-strain", "3", "20"),
    ]
    assert [(row["percent"], row["low"], row["high"]) for row in rows] == [
        ("60.0", "36.1", "80.9"),
        ("15.0", "3.2", "37.9"),
    ]


def test_a_table_of_rows_of_several_kinds_keeps_every_column(gallery: Gallery) -> None:
    rows = list(csv.DictReader(io.StringIO(gallery.plate("one-page").csv)))

    assert rows[0]["label"] == "Who"
    assert rows[0]["k"] == ""
    assert {row["k"] for row in rows} == {"", "12"}


def test_in_plain_text_people_and_interval_are_signs(gallery: Gallery) -> None:
    told = plain(gallery.plate("clear-month"))

    assert "●●●●●●●●●●●●○○○○○○○○  12 of 20 (60%; 95% CI 36 to 81%)" in told
    assert "0% ··············├─────────●───────┤········ 100%" in told


def test_no_line_of_plain_text_is_wider_than_asked(
    gallery: Gallery, real_gallery: Gallery
) -> None:
    for one in (gallery, real_gallery):
        for name in one.names:
            assert max(map(len, plain(one.plate(name), 60).splitlines())) <= 60, name
