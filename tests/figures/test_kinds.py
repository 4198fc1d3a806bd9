from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import UndrawableError
from bot.figures.gallery import Gallery
from bot.figures.plates import plate_of
from bot.figures.shapes import Box, Disc, Line
from bot.knowledge.figures import Figure
from bot.knowledge.load import Knowledge
from tests.figures.pictured import dots_of, looks_of, words_of
from tests.make import make_fact, with_entries


def test_as_many_people_are_filled_as_the_fact_counts(gallery: Gallery) -> None:
    rows = looks_of(gallery, "clear-month")

    assert [look for row in rows for look in row] == ["filled"] * 12 + ["hollow"] * 8
    assert [len(row) for row in rows] == [10, 10]


def test_the_count_stands_beside_the_people_with_share_and_interval(
    gallery: Gallery,
) -> None:
    words = words_of(gallery.plate("clear-month"))

    assert "12 of 20" in words
    assert "60% (95% CI 36 to 81%)" in words


def test_every_share_is_a_dot_on_a_full_axis(gallery: Gallery) -> None:
    plate = gallery.plate("both-counts")

    assert dots_of(plate) == [60.0, 15.0]
    assert {"0%", "25%", "50%", "75%", "100%"} <= set(words_of(plate))


def test_a_narrow_interval_is_not_hidden_by_its_dot(real_gallery: Gallery) -> None:
    shapes = real_gallery.plate("share-of-t-all").drawing().shapes
    (dot,) = [shape for shape in shapes if isinstance(shape, Disc)]
    caps = [
        s.start[0]
        for s in shapes
        if isinstance(s, Line) and s.start[0] == s.end[0] and s.stroke.ink == "mark"
    ]

    assert min(caps) < dot.x - dot.radius
    assert dot.x + dot.radius < max(caps)


def test_a_benefit_is_drawn_with_its_harms(gallery: Gallery) -> None:
    harm = "had eye strain with the lamp"

    assert harm in " ".join(words_of(gallery.plate("clear-month")))
    assert harm in gallery.plate("clear-month").alt


def test_each_column_of_the_points_is_one_person(real_gallery: Gallery) -> None:
    rows = looks_of(real_gallery, "three-points")[:3]

    assert rows == [
        ["filled"] * 11,
        ["filled"] * 9 + ["hollow"] * 2,
        ["filled"] * 7 + ["broken"] * 2 + ["hollow"] * 2,
    ]


def test_who_is_missing_at_a_point_is_told_from_a_fact(real_gallery: Gallery) -> None:
    plate = real_gallery.plate("three-points")

    assert "2 of 11: residual disease in the marrow" in "\n".join(plate.content.sketch)
    assert plate.alt.count("Missing at the next point: 2 of 11") == 2


def test_the_steps_of_a_journey_stand_in_their_order(gallery: Gallery) -> None:
    plate = gallery.plate("way-through")
    words = words_of(plate)

    assert words.index("Joining") < words.index("The lamp")
    assert "5 to 50 lux at the eye" in words
    assert "Spacing is schematic: the distances between steps mean nothing." in words


def test_a_ladder_says_that_it_counts_nobody(real_gallery: Gallery) -> None:
    plate = real_gallery.plate("crs-ladder")
    widths = [
        s.width
        for s in plate.drawing().shapes
        if isinstance(s, Box) and s.fill == "mark"
    ]

    assert len(widths) == 4
    assert widths == sorted(widths)
    assert "Definitions, not frequencies" in plate.alt
    assert "ASTCT 2019." in plate.alt
    assert " of 11" not in plate.alt


def test_a_ladder_may_say_what_else_a_scale_counts(real_gallery: Gallery) -> None:
    assert "seizures" in real_gallery.plate("icans-ladder").alt


def test_a_conflict_says_who_says_what_when_and_how_we_put_it(gallery: Gallery) -> None:
    words = words_of(gallery.plate("twelve-or-fourteen-card"))

    assert words.index("the report") < words.index("12 of 20 people")
    assert words.index("the newsletter") < words.index("14 of 20 people")
    assert "Nowhere Newsletter, 1 March 2020" in words
    assert "How we put it" in words


def test_the_evidence_stands_on_one_page_with_its_gaps(gallery: Gallery) -> None:
    plate = gallery.plate("one-page")
    words = words_of(plate)

    for field in (
        "Who",
        "What",
        "Design",
        "Results",
        "Harms",
        "Status",
        "Not reported",
    ):
        assert field in words
    assert "Sleep; The months afterwards" in words
    assert "No source reports how people slept with the lamp." in plate.description


def test_the_badge_of_the_trial_stands_only_where_facts_are_of_the_trial(
    real_gallery: Gallery, real: Knowledge
) -> None:
    assert real.trial.badge in real_gallery.plate("still-in-remission").alt
    assert real.trial.badge not in real_gallery.plate("share-of-t-all").alt


@pytest.mark.parametrize(
    "shows",
    [
        {"kind": "people", "rows": [{"fact": "lamp-brightness"}]},
        {"kind": "journey", "rows": [{"fact": "eye-strain", "item": 1}] * 2},
    ],
)
def test_a_row_with_nothing_to_draw_is_an_error(
    tiny: Knowledge, shows: dict[str, object]
) -> None:
    words = {"id": "odd", "title": "Odd", "caption": "Odd."}
    figure = Figure.model_validate({**words, "shows": shows})

    with pytest.raises(UndrawableError, match="run becar7 check"):
        plate_of(figure, tiny)


def test_a_long_label_leaves_its_explanation_to_the_next_line(tiny: Knowledge) -> None:
    label = "People who went for a walk on most evenings of the month"
    rows = [{"fact": "walks", "label": label, "says": "as they said themselves"}]
    figure = Figure.model_validate(
        {
            "id": "walks-people",
            "title": "Walks",
            "caption": "Each figure is one person.",
            "shows": {"kind": "people", "rows": rows},
        }
    )

    words = words_of(plate_of(figure, with_entries(tiny, make_fact())))

    assert label in words
    assert "as they said themselves [1]" in words


def test_a_work_without_a_date_is_named_without_one(tiny: Knowledge) -> None:
    undated = {
        name: source.model_copy(update={"date": None})
        for name, source in tiny.sources.items()
    }
    knowledge = replace(tiny, sources=undated)

    words = words_of(plate_of(tiny.figures["twelve-or-fourteen-card"], knowledge))

    assert "Nowhere Newsletter" in words
