from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.check import check
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Concept, SharedForm
from bot.understanding.collisions import synonym_claimed_twice
from tests.conftest import TINY
from tests.make import make_concept, make_shared
from tests.spoiling import Copy


def objections(
    knowledge: Knowledge, *concepts: Concept, shared: tuple[SharedForm, ...] = ()
) -> list[str]:
    said = replace(knowledge, concepts={c.id: c for c in concepts}, shared=shared)
    return [f"{o.entry}: {o.advice}" for o in synonym_claimed_twice(said)]


TIDE = make_concept("tide", synonyms=["rise of the sea"])


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(make_concept("wave", synonyms=["tide"]), id="the same word"),
        pytest.param(make_concept("wave", lay=["tides"]), id="the same stem"),
        pytest.param(make_concept("wave", lay=["the sea rises"]), id="the same stems"),
    ],
)
def test_words_that_two_concepts_claim_are_named_with_both(
    tiny: Knowledge, other: Concept
) -> None:
    (objection,) = objections(tiny, TIDE, other)

    assert objection.startswith("wave: “")
    assert "tide's “" in objection


def test_a_written_rule_settles_it(tiny: Knowledge) -> None:
    wave = make_concept("wave", lay=["tides"])

    assert objections(tiny, TIDE, wave, shared=(make_shared("tide", "wave"),)) == []


def test_a_concept_may_say_the_same_twice(tiny: Knowledge) -> None:
    assert objections(tiny, make_concept("tide", synonyms=["tides"])) == []


def test_abbreviations_are_claimed_by_their_letters(tiny: Knowledge) -> None:
    ebb = make_concept("ebb", abbreviations=["HW"])
    flood = make_concept("flood", abbreviations=["hw"])
    height = make_concept("height", lay=["hw"])

    assert len(objections(tiny, ebb, flood)) == 1
    assert objections(tiny, ebb, height) == []


def test_the_check_places_it_at_the_second_concept(pack: Copy) -> None:
    pack.change("vocabulary.yaml", "lay: [bad head]", "lay: [bad head, sore eyes]")

    (problem,) = pack.problems([synonym_claimed_twice])

    assert problem.rule == "synonym-claimed-twice"
    assert problem.advice.startswith("sore-eyes: “sore eyes” is also migraine's")
    assert check(TINY, [synonym_claimed_twice]) == []
