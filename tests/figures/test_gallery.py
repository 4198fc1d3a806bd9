from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from bot.errors import UnknownFigureError
from bot.figures.gallery import MOST_BESIDE, Form, Galleries, Gallery
from bot.figures.prints import Prints
from bot.knowledge.load import Knowledge


def test_the_pictures_are_those_that_the_pack_declares(
    gallery: Gallery, tiny: Knowledge
) -> None:
    assert gallery.names == tuple(tiny.figures)
    assert gallery.titles["clear-month"] == "A month without migraine"


def test_the_best_picture_shows_what_was_told_and_little_beside(
    gallery: Gallery,
) -> None:
    assert gallery.showing(["month-without-migraine"])[0] == "clear-month"
    assert gallery.showing(["eye-strain"])[0] == "both-counts"


def test_what_was_told_first_decides(real_gallery: Gallery) -> None:
    told = ["ongoing-remission", "harms-in-the-11"]

    assert real_gallery.showing(told)[0] == "still-in-remission"
    assert real_gallery.showing(["remission-three-steps"])[0] == "three-points"
    assert real_gallery.showing(["dose"])[0] == "patient-journey"


def test_a_told_conflict_shows_its_card(gallery: Gallery) -> None:
    assert gallery.showing(["twelve-or-fourteen"]) == ("twelve-or-fourteen-card",)


def test_nothing_told_shows_nothing(gallery: Gallery) -> None:
    assert gallery.showing([]) == ()
    assert gallery.showing(["sleep"]) == ()


def test_a_page_of_everything_is_shown_only_where_it_says_so(gallery: Gallery) -> None:
    assert "one-page" not in gallery.showing(["month-without-migraine"])
    assert "one-page" in gallery.showing(["recruitment-dates"])


def test_a_reply_carries_few_pictures_each_with_its_alternative_text(
    real_gallery: Gallery,
) -> None:
    shown = real_gallery.of(["ongoing-remission"])

    assert len(shown) == MOST_BESIDE
    assert [one.alt for one in shown] == [real_gallery.plate(o.id).alt for o in shown]


def test_an_unknown_picture_suggests_names_that_are_near(gallery: Gallery) -> None:
    with pytest.raises(UnknownFigureError, match="did you mean clear-month") as caught:
        gallery.plate("clear-mnth")

    assert caught.value.near[0] == "clear-month"


def test_a_name_near_to_none_leads_to_the_list(gallery: Gallery) -> None:
    with pytest.raises(UnknownFigureError, match="see becar7 figure"):
        gallery.rendered("qqqqqq", "light", "png")


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("svg", b"<svg "),
        ("png", b"\x89PNG"),
        ("pdf", b"%PDF-1.7"),
        ("csv", b"label,says,fact,k,n"),
        ("txt", b"A month without migraine\n"),
    ],
)
def test_every_form_is_what_it_says(
    gallery: Gallery, form: Form, begins: bytes
) -> None:
    assert gallery.rendered("clear-month", "light", form).startswith(begins)


def test_every_form_is_tested() -> None:
    assert set(get_args(Form)) == {"svg", "png", "pdf", "csv", "txt"}


def test_a_file_brings_its_letters_and_a_part_of_a_page_does_not(
    gallery: Gallery,
) -> None:
    assert b"@font-face" in gallery.rendered("clear-month", "light", "svg")
    assert "@font-face" not in gallery.inline("clear-month", "light")


def test_a_digest_changes_with_the_facts_and_the_theme_alone(
    gallery: Gallery, tiny: Knowledge, tmp_path: Path
) -> None:
    again = Gallery(tiny, Prints(tmp_path))
    fact = tiny.facts["eye-strain"]
    fewer = fact.model_copy(
        update={"value": fact.value.model_copy(update={"k": 2}), "statement": "Two."}
    )
    changed = Knowledge(**{**vars(tiny), "facts": {**tiny.facts, fact.id: fewer}})
    other = Gallery(changed, Prints(tmp_path))

    assert again.digest("both-counts", "light") == gallery.digest(
        "both-counts", "light"
    )
    assert other.digest("both-counts", "light") != gallery.digest(
        "both-counts", "light"
    )
    assert gallery.digest("both-counts", "dark") != gallery.digest(
        "both-counts", "light"
    )
    assert other.digest("way-through", "dark") == gallery.digest("way-through", "dark")


def test_a_finished_picture_is_kept_and_not_made_again(tmp_path: Path) -> None:
    prints = Prints(tmp_path / "pictures")
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"picture"

    assert prints.made("a.png", make) == prints.made("a.png", make) == b"picture"
    assert made == [1]
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == ["a.png"]


def test_where_nothing_can_be_kept_pictures_are_made_all_the_same(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")

    assert Prints(tmp_path / "file").made("a.png", lambda: b"picture") == b"picture"


def test_another_pack_has_another_gallery(
    tiny: Knowledge, real: Knowledge, tmp_path: Path
) -> None:
    galleries = Galleries(tmp_path)
    first = galleries.of(tiny)

    assert galleries.of(tiny) is first
    assert galleries.of(real).names == tuple(real.figures)
    assert galleries.of(tiny).names == first.names
