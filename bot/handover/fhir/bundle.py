"""Puts the resources of a pack into one Bundle, and writes it as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.handover.fhir.citation import citation
from bot.handover.fhir.elements import Json, address
from bot.handover.fhir.evidence import evidence
from bot.handover.fhir.study import research_study
from bot.handover.parts import chapters, proportions_in
from bot.knowledge.load import Knowledge


def bundle(knowledge: Knowledge) -> Json:
    """The trial, each of its proportions, and the works that these were read in."""
    pack = knowledge.trial.id
    resources = [
        (pack, research_study(knowledge)),
        *_evidence(knowledge),
        *((s.id, citation(knowledge, s)) for s in knowledge.sources.values()),
    ]
    return {
        "resourceType": "Bundle",
        "identifier": {"value": f"{pack}/{knowledge.version}"},
        "type": "collection",
        "entry": [
            {"fullUrl": address(pack, one["resourceType"], name), "resource": one}
            for name, one in resources
        ],
    }


def bundle_as_json(knowledge: Knowledge) -> str:
    """The bundle as FHIR's JSON."""
    return json.dumps(bundle(knowledge), ensure_ascii=False, indent=1) + "\n"


def _evidence(knowledge: Knowledge) -> Iterator[tuple[str, Json]]:
    for facts in chapters(knowledge).values():
        for fact in facts:
            for part, value in proportions_in(fact):
                yield part.id, evidence(knowledge, part, value)
