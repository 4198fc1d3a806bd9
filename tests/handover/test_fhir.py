from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from fhir.resources import get_fhir_model_class
from fhir.resources.bundle import Bundle

from bot.handover.fhir.bundle import bundle, bundle_as_json
from bot.handover.fhir.elements import Json, narrative, resource_id
from bot.handover.parts import COMPUTED, PUBLISHED
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Source, Trial
from tests.make import make_fact, make_source, with_entries


SHARES = ("count", "percentage")


def resource(knowledge: Knowledge, name: str) -> Json:
    entries: list[Json] = bundle(knowledge)["entry"]
    found = [one["resource"] for one in entries if one["resource"]["id"] == name]
    assert len(found) == 1
    return accepted(found[0])


def accepted(said: Json) -> Json:
    """The resource as the peer reads it and writes it again."""
    model = get_fhir_model_class(said["resourceType"])
    return json.loads(model.model_validate(said).model_dump_json())  # type: ignore[no-any-return]


def evidence(knowledge: Knowledge, **changes: Any) -> Json:
    return resource(with_entries(knowledge, make_fact(**changes)), "walks")


def citation(knowledge: Knowledge, source: Source) -> Json:
    works = {**knowledge.sources, source.id: source}
    return resource(replace(knowledge, sources=works), source.id)


def study(knowledge: Knowledge, **changes: Any) -> Json:
    trial = Trial.model_validate(knowledge.trial.model_dump() | changes)
    return resource(replace(knowledge, trial=trial), trial.id)


@pytest.mark.parametrize("pack", ["tiny", "real"])
def test_the_whole_bundle_is_fhir_r5_and_nothing_is_lost_in_the_peer(
    pack: str, request: pytest.FixtureRequest
) -> None:
    knowledge: Knowledge = request.getfixturevalue(pack)
    said = bundle_as_json(knowledge)

    read = Bundle.model_validate_json(said)
    assert json.loads(read.model_dump_json()) == json.loads(said)


@pytest.mark.parametrize("pack", ["tiny", "real"])
def test_every_reference_leads_to_a_resource_of_the_bundle(
    pack: str, request: pytest.FixtureRequest
) -> None:
    knowledge: Knowledge = request.getfixturevalue(pack)
    said = bundle_as_json(knowledge)
    held = [entry["fullUrl"] for entry in json.loads(said)["entry"]]
    named = set(re.findall(r'"reference": "([^"]+)"', said))

    assert len(held) == len(set(held))
    assert named
    assert named <= set(held)


def test_every_count_and_percentage_of_the_real_pack_is_an_evidence(
    real: Knowledge,
) -> None:
    resources = [entry["resource"] for entry in bundle(real)["entry"]]
    kinds = [one["resourceType"] for one in resources]
    written = [fact.value.model_dump() for fact in real.facts.values()]
    single = [item["value"] or {} for one in written for item in one.get("items", ())]
    shares = [one for one in (*written, *single) if one.get("kind") in SHARES]

    assert kinds.count("ResearchStudy") == 1
    assert kinds.count("Citation") == len(real.sources)
    assert kinds.count("Evidence") == len(shares) > len(SHARES)


def test_a_proportion_has_its_count_sample_share_and_exact_interval(
    tiny: Knowledge,
) -> None:
    (statistic,) = evidence(tiny)["statistic"]

    assert statistic["description"] == "7 of 11 people"
    assert statistic["statisticType"]["coding"] == [
        {
            "system": "http://terminology.hl7.org/CodeSystem/statistic-type",
            "code": "C44256",
            "display": "Proportion",
        }
    ]
    assert (statistic["quantity"]["value"], statistic["quantity"]["code"]) == (
        63.64,
        "%",
    )
    assert statistic["numberOfEvents"] == 7
    assert statistic["sampleSize"] == {
        "description": "11 people",
        "numberOfParticipants": 11,
    }
    (estimate,) = statistic["attributeEstimate"]
    assert estimate["description"] == COMPUTED
    assert estimate["level"] == 0.95
    assert estimate["type"]["coding"][0]["code"] == "C53324"
    assert estimate["range"]["low"]["value"] == 30.79
    assert estimate["range"]["high"]["value"] == 89.07


def test_too_few_people_have_no_interval(tiny: Knowledge) -> None:
    pair = {"kind": "count", "k": 1, "n": 2, "of": "people"}

    assert "attributeEstimate" not in evidence(tiny, value=pair)["statistic"][0]


@pytest.mark.parametrize(
    ("bound", "comparator"),
    [("exactly", None), ("about", None), ("below", "<"), ("above", ">")],
)
def test_a_bound_is_a_comparator_and_about_stays_in_words(
    tiny: Knowledge, bound: str, comparator: str | None
) -> None:
    value = {"kind": "percentage", "percent": 20, "n": "not-stated", "bound": bound}
    (statistic,) = evidence(tiny, value=value)["statistic"]

    assert statistic["quantity"].get("comparator") == comparator
    assert "sampleSize" not in statistic
    assert ("about" in statistic["description"]) == (bound == "about")


def test_a_percentage_is_not_called_a_proportion_and_keeps_what_is_published(
    tiny: Knowledge,
) -> None:
    value = {"kind": "percentage", "percent": 42.3, "n": 20, "interval": [18.8, 65.8]}
    (statistic,) = evidence(tiny, value=value)["statistic"]

    assert "coding" not in statistic["statisticType"]
    assert statistic["sampleSize"]["numberOfParticipants"] == 20
    assert statistic["attributeEstimate"][0]["description"] == PUBLISHED


def test_a_benefit_does_not_travel_without_harms_and_conflicts(
    tiny: Knowledge,
) -> None:
    said = resource(tiny, "month-without-migraine")

    notes = [note["text"] for note in said["note"]]
    assert "Harms: 3 of 20 people had eye strain with the lamp." in notes
    assert any(note.startswith("Sources differ: 12 of 20") for note in notes)
    assert "There was no other arm to compare with." in notes
    assert all(note in said["text"]["div"] for note in notes)


@pytest.mark.parametrize(
    ("grading", "said"),
    [
        ({"scale": "WALK", "version": "2"}, "Grades by WALK 2."),
        ("not-stated", "The source names no grading scale."),
    ],
)
def test_a_grade_says_its_scale(tiny: Knowledge, grading: object, said: str) -> None:
    assert {"text": said} in evidence(tiny, grading=grading)["note"]


def test_population_and_measure_stand_with_their_time(tiny: Knowledge) -> None:
    told = evidence(tiny, time="week 4")["variableDefinition"]

    assert [
        (one["variableRole"]["coding"][0]["code"], one["description"]) for one in told
    ] == [
        ("population", "the 11 people asked"),
        ("measuredVariable", "Walks, week 4"),
    ]


def test_each_source_is_cited_with_its_place_and_how_it_was_read(
    tiny: Knowledge,
) -> None:
    _, cited = evidence(tiny)["relatedArtifact"]

    assert cited["display"].endswith("; table 4 (read as: full text)")


def test_only_what_is_about_the_trial_is_derived_from_it(tiny: Knowledge) -> None:
    fact = make_fact()
    apart = replace(
        with_entries(tiny, fact),
        places={
            **tiny.places,
            ("facts", "walks"): replace(
                tiny.places["facts", "eye-strain"],
                path=tiny.directory / "facts" / "background.yaml",
            ),
        },
    )

    assert [one["type"] for one in resource(apart, "walks")["relatedArtifact"]] == [
        "citation"
    ]
    assert [one["type"] for one in evidence(tiny)["relatedArtifact"]] == [
        "derived-from",
        "citation",
    ]


def test_a_work_keeps_numbers_place_and_address(tiny: Knowledge) -> None:
    said = citation(tiny, make_source(publisher="Harbour Letters 2024;3(2):14-21"))

    work = said["citedArtifact"]
    assert work["identifier"] == [
        {"system": "https://doi.org", "value": "10.0000/tides"},
        {"value": "HARBOUR-1"},
    ]
    (form,) = work["publicationForm"]
    assert form["publishedIn"] == {"title": "Harbour Letters"}
    assert (form["volume"], form["issue"], form["pageString"]) == ("3", "2", "14-21")
    assert form["articleDate"] == "2024-05-01"
    assert work["webLocation"] == [{"url": "https://doi.org/10.0000/tides"}]
    assert "Peer reviewed." in [note["text"] for note in work["note"]]


def test_a_work_of_which_little_is_known_says_no_more(tiny: Knowledge) -> None:
    bare = make_source(
        kind="notes",
        date=None,
        doi=None,
        registry_id=None,
        url=None,
        peer_reviewed=False,
    )

    work = citation(tiny, bare)["citedArtifact"]
    assert work.keys() == {"title", "publicationForm", "contributorship", "note"}
    assert work["publicationForm"] == [
        {"publishedIn": {"title": "Harbour Letters 2024;3:14"}}
    ]
    assert "Not peer reviewed." in [note["text"] for note in work["note"]]


@pytest.mark.parametrize(
    ("phase", "code"),
    [("Phase 1", "phase-1"), ("phase 1/2", "phase-1-phase-2"), ("Feasibility", None)],
)
def test_a_phase_has_a_code_where_its_words_are_one(
    tiny: Knowledge, phase: str, code: str | None
) -> None:
    said = study(tiny, phase=phase)["phase"]

    assert said["text"] == phase
    assert [one["code"] for one in said.get("coding", [])] == ([code] if code else [])


def test_the_trial_has_its_numbers_sponsor_sites_and_arms(tiny: Knowledge) -> None:
    said = study(tiny, also_called=("AMBER",))

    assert said["identifier"] == [
        {"type": {"text": "Invented register"}, "value": "NOWHERE-0001"}
    ]
    assert [label["value"] for label in said["label"]] == ["LANTERN", "AMBER"]
    assert said["associatedParty"][0]["name"] == "University of Nowhere (fictional)"
    assert said["site"] == [{"display": "Nowhere Headache Clinic"}]
    assert said["comparisonGroup"][0]["name"] == "amber lamp"
    assert said["note"][0]["text"].startswith("As of 2020-02-01: ")


def test_words_stay_words_in_a_narrative() -> None:
    assert "<p>a &lt; b &amp; c</p>" in narrative(["a < b & c"])["div"]


@pytest.mark.parametrize("name", ["x" * 65, "walks_1", "Wälder"])
def test_a_name_that_fhir_does_not_take_becomes_one_that_it_does(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9.-]{1,64}", resource_id(name))
    assert resource_id(name) == resource_id(name) != name


def test_a_name_that_fhir_takes_stays() -> None:
    assert resource_id("walks.2") == "walks.2"
