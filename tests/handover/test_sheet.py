from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.handover.sheet.paper import Card, Chapter, Line, Row, Sheet, Table, words
from bot.handover.sheet.whole import sheet_of
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Trial
from tests.handover.pictures import make_picture
from tests.make import make_conflict, make_fact, make_gap, make_source, with_entries


COUNT = {"kind": "count", "k": 7, "n": 11, "of": "people"}
PUBLISHED = {"kind": "percentage", "percent": 42, "n": 20, "interval": [18.8, 65.8]}


def chapter(sheet: Sheet, anchor: str) -> Chapter:
    (found,) = [one for one in sheet.chapters if one.anchor == anchor]
    return found


def cards(sheet: Sheet) -> dict[str, Card]:
    return {card.anchor: card for one in sheet.chapters for card in one.cards}


def said(rows: tuple[Row, ...]) -> dict[str, list[str]]:
    return {
        row.term: [f"{line.text}{line.after}" for line in row.lines] for row in rows
    }


def fact_rows(knowledge: Knowledge, **changes: Any) -> Mapping[str, list[str]]:
    sheet = sheet_of(with_entries(knowledge, make_fact(**changes)))
    return said(cards(sheet)["entry-walks"].rows)


def fact_table(knowledge: Knowledge, *items: dict[str, Any]) -> Table:
    value = {"kind": "list", "items": list(items)}
    sheet = sheet_of(with_entries(knowledge, make_fact(value=value)))
    table = cards(sheet)["entry-walks"].table
    assert table is not None
    return table


def texts(table: Table) -> list[list[str]]:
    return [["".join(line.text for line in cell) for cell in row] for row in table.rows]


def test_chapters_stand_in_the_order_of_a_review(tiny: Knowledge) -> None:
    assert [one.title for one in sheet_of(tiny).chapters] == [
        *("About this sheet", "The trial", "Efficacy", "Safety", "Design"),
        *("Where sources differ", "What is not reported"),
        *("What is not answered", "Sources"),
    ]


def test_every_entry_and_every_work_of_the_real_pack_has_a_card(
    real: Knowledge,
) -> None:
    anchors = cards(sheet_of(real)).keys()

    assert {f"entry-{entry.id}" for entry in real.entries()} <= anchors
    assert {f"source-{name}" for name in real.sources} <= anchors


@pytest.mark.parametrize("pack", ["tiny", "real"])
def test_every_line_leads_to_a_place_of_the_sheet_or_out_of_it(
    pack: str, request: pytest.FixtureRequest
) -> None:
    sheet = sheet_of(request.getfixturevalue(pack))
    places = {*cards(sheet), *(one.anchor for one in sheet.chapters)}

    targets = {line.target for line in lines_of(sheet)} - {""}
    assert targets
    assert {t[1:] for t in targets if t.startswith("#")} <= places
    assert all(t.startswith(("#", "http://", "https://")) for t in targets)


def test_a_benefit_stands_with_interval_population_time_harms_and_conflicts(
    tiny: Knowledge,
) -> None:
    rows = said(cards(sheet_of(tiny))["entry-month-without-migraine"].rows)

    assert rows["Value"] == ["12 of 20 people (60%)"]
    assert rows["95% interval"] == [
        "36.1 to 80.9% (Clopper\N{EN DASH}Pearson, computed, not in the source)"
    ]
    assert rows["Population"] == ["the 20 adults who used the lamp"]
    assert rows["Time point"] == ["weeks 1 to 4"]
    assert rows["Harms to tell with it"] == [
        "Eye strain: 3 of 20 people had eye strain with the lamp."
    ]
    assert rows["Caveats"] == ["There was no other arm to compare with."]
    assert rows["Sources differ"] == ["Twelve or fourteen?"]
    assert rows["Verified"] == [
        "22 November 2026, by test curator; review by 22 November 2027"
    ]
    assert rows["Certainty"] == ["Quoted from the source; read at the level of: paper"]
    assert rows["Id"] == ["month-without-migraine (dossier: F001)"]


def test_what_a_fact_does_not_have_has_no_row(tiny: Knowledge) -> None:
    rows = fact_rows(tiny, value={"kind": "text", "text": "long"})

    assert list(rows) == [
        *("Value", "In an answer", "Population", "Sources"),
        *("Certainty", "Verified", "Id"),
    ]
    assert rows["Id"] == ["walks"]


@pytest.mark.parametrize(
    ("grading", "scale"),
    [
        ({"scale": "WALK", "version": "2"}, "WALK 2"),
        ("not-stated", "The source names no grading scale"),
    ],
)
def test_a_grade_says_its_scale(tiny: Knowledge, grading: object, scale: str) -> None:
    assert fact_rows(tiny, grading=grading)["Scale"] == [scale]


def test_a_part_leads_to_its_whole_and_a_locator_says_how_it_was_read(
    tiny: Knowledge,
) -> None:
    citation = {"source": "nowhere-report-2020", "locator": "p. 1", "read_as": "photo"}
    rows = fact_rows(tiny, subset_of="eye-strain", sources=[citation])

    assert rows["Part of"] == ["Eye strain"]
    assert rows["Sources"] == [
        "Amber evening light in migraine, an invented report; p. 1 (read as: photo)"
    ]


def test_too_few_people_have_neither_share_nor_interval(tiny: Knowledge) -> None:
    rows = fact_rows(tiny, value={"kind": "count", "k": 1, "n": 2, "of": "people"})

    assert rows["Value"] == ["1 of 2 people"]
    assert "95% interval" not in rows


def test_a_list_is_a_table_whose_head_says_who_computed_the_intervals(
    tiny: Knowledge,
) -> None:
    table = fact_table(tiny, {"name": "by day", "value": COUNT}, {"name": "by night"})

    assert table.head == (
        *("Item", "Value"),
        "95% interval (Clopper\N{EN DASH}Pearson, computed, not in the source)",
    )
    assert texts(table) == [
        ["by day", "7 of 11 people (63.6%)", "30.8 to 89.1%"],
        ["by night", "", ""],
    ]


def test_intervals_of_two_origins_each_say_theirs(tiny: Knowledge) -> None:
    table = fact_table(
        tiny, {"name": "by day", "value": COUNT}, {"name": "ever", "value": PUBLISHED}
    )

    assert table.head[2] == "95% interval"
    assert [row[2].partition(" (")[2] for row in texts(table)] == [
        "Clopper\N{EN DASH}Pearson, computed, not in the source)",
        "as published)",
    ]


def test_a_column_in_which_nothing_stands_is_left_out(tiny: Knowledge) -> None:
    table = fact_table(tiny, {"name": "by day"}, {"name": "by night"})

    assert table.head == ("Item",)
    assert texts(table) == [["by day"], ["by night"]]


def test_a_percentage_is_rounded_once(tiny: Knowledge) -> None:
    rows = fact_rows(tiny, value={**COUNT, "k": 103, "n": 689})

    assert rows["Value"] == ["103 of 689 people (14.9%)"]


def test_a_conflict_says_who_says_what_and_how_it_is_put(tiny: Knowledge) -> None:
    card = cards(sheet_of(tiny))["entry-twelve-or-fourteen"]

    assert card.lead == tiny.conflicts["twelve-or-fourteen"].phrase
    assert card.table is not None
    assert [row[:2] for row in texts(card.table)] == [
        ["the report", "12 of 20 people"],
        ["the newsletter", "14 of 20 people"],
    ]
    assert said(card.rows)["Facts"] == ["A month without migraine"]


def test_a_claim_without_a_work_has_an_empty_cell(tiny: Knowledge) -> None:
    both = with_entries(tiny, make_fact(), make_conflict())
    table = cards(sheet_of(both))["entry-long-or-short"].table

    assert table is not None
    assert texts(table)[1] == ["the newsletter", "short", ""]


def test_gaps_stand_by_number_with_what_is_nearest(tiny: Knowledge) -> None:
    gaps = chapter(sheet_of(with_entries(tiny, make_gap(number=9))), "gaps").cards

    assert [card.title for card in gaps] == [
        *("1. Sleep", "2. The months afterwards", "9. Naps")
    ]
    assert said(gaps[0].rows)["Nearest"] == ["Eye strain"]
    assert gaps[0].lead == "No source reports how people slept with the lamp."


def test_what_is_not_answered_stands_with_what_is_said(tiny: Knowledge) -> None:
    table = chapter(sheet_of(tiny), "boundaries").table

    assert table is not None
    assert [row[0] for row in texts(table)] == ["emergency", "patient advice", "report"]


def test_a_work_says_how_it_was_read_and_what_rests_on_it(tiny: Knowledge) -> None:
    rows = said(cards(sheet_of(tiny))["source-nowhere-newsletter-2020"].rows)

    assert rows["Read as"] == ["newsletter, full text"]
    assert rows["Kind"] == ["news, not peer reviewed, tier C"]
    assert rows["Address"] == ["https://newsletter.invalid/lantern"]
    assert rows["Entries that rest on it"] == ["Twelve or fourteen?"]


def test_a_work_without_an_address_has_no_row_for_it(tiny: Knowledge) -> None:
    bare = make_source(doi=None, url=None)
    sheet = sheet_of(replace(tiny, sources={**tiny.sources, bare.id: bare}))
    rows = said(cards(sheet)[f"source-{bare.id}"].rows)

    assert "Address" not in rows
    assert rows["Kind"] == ["paper, peer reviewed, tier A"]


def test_the_first_chapter_counts_what_is_held_and_when_it_falls_due(
    tiny: Knowledge,
) -> None:
    late = make_fact(verified={"by": "x", "on": "2026-12-01"}, review_by="2027-01-02")
    rows = said(chapter(sheet_of(with_entries(tiny, late)), "about").rows)

    assert rows["Holds"] == ["5 facts, 1 conflict, 2 gaps, 2 sources"]
    assert rows["Knowledge"] == [f"lantern, {tiny.version}"]
    assert rows["Verified"] == ["22 November 2026 to 1 December 2026"]
    assert rows["Reviews due"] == ["2 January 2027 (1), 22 November 2027 (4)"]


def test_the_day_of_the_sheet_is_that_of_the_last_check(tiny: Knowledge) -> None:
    assert sheet_of(tiny).as_of == "2026-11-22"


def test_the_trial_says_how_it_stood_on_which_day(tiny: Knowledge) -> None:
    rows = said(chapter(sheet_of(tiny), "trial").rows)

    assert rows["Status"] == [
        "As of 1 February 2020: The invented record shows the study finished."
    ]
    assert rows["First and last dosed"] == ["4 March 2019 to 29 November 2019"]
    assert "Also called" not in rows


def test_a_trial_of_which_no_dose_is_known_says_nothing_of_it(tiny: Knowledge) -> None:
    fields = tiny.trial.model_dump() | {"first_dosed": None, "last_dosed": None}
    trial = Trial.model_validate(fields)
    rows = said(chapter(sheet_of(replace(tiny, trial=trial)), "trial").rows)

    assert "First and last dosed" not in rows


def test_pictures_have_a_chapter_and_facts_lead_to_theirs(tiny: Knowledge) -> None:
    picture = make_picture("strain", "eye-strain")
    sheet = sheet_of(tiny, [picture])

    assert chapter(sheet, "pictures").pictures == (picture,)
    (row,) = [r for r in cards(sheet)["entry-eye-strain"].rows if r.term == "Pictures"]
    assert row.lines == (Line("People in a row", "#picture-strain"),)


def test_a_picture_knows_its_size() -> None:
    assert make_picture().size == (72, 40)


def test_words_that_are_empty_are_no_line() -> None:
    assert words("a", "", "b") == (Line("a"), Line("b"))


def lines_of(sheet: Sheet) -> list[Line]:
    every = [card for one in sheet.chapters for card in one.cards]
    held: list[Chapter | Card] = [*sheet.chapters, *every]
    rows = [row for one in held for row in one.rows]
    tables = [one.table for one in held if one.table is not None]
    return [
        *(line for row in rows for line in row.lines),
        *(
            line
            for table in tables
            for row in table.rows
            for cell in row
            for line in cell
        ),
    ]
