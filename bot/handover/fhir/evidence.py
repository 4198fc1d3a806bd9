"""Writes a proportion as an Evidence resource: the statistic, and what limits it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from bot.answering.badges import TRIAL_TOPICS
from bot.handover.fhir.elements import (
    TERMINOLOGY,
    Json,
    address,
    coded,
    known,
    narrative,
    notes,
    percent,
    resource_id,
)
from bot.handover.parts import Interval, Part, exported, interval_of, share_of
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.knowledge.provenance import Grading
from bot.knowledge.values import Bound, Count, Percentage


PROPORTION = coded(f"{TERMINOLOGY}/statistic-type", "C44256", "Proportion")
INTERVAL = coded(
    f"{TERMINOLOGY}/attribute-estimate-type", "C53324", "Confidence interval"
)
AS_PRINTED = {"text": "Percentage as the source prints it; no count was seen"}
LEVEL = 0.95
_ROLES = {"population": "population", "measuredVariable": "measured variable"}
_COMPARATORS: dict[Bound, str] = {"below": "<", "above": ">", "up-to": "<="}
_HOW_GOT = {
    "quoted": "Quoted from the source.",
    "derived": "Derived from the sources by a curator.",
    "computed": "Computed from published counts, not in the source.",
}


def evidence(knowledge: Knowledge, part: Part, value: Count | Percentage) -> Json:
    """The Evidence resource of one proportion."""
    fact = part.fact
    said = [*fact.caveats, *_around(knowledge, fact)]
    return {
        "resourceType": "Evidence",
        "id": resource_id(part.id),
        "text": narrative([fact.statement, *said]),
        "identifier": [{"value": f"{knowledge.trial.id}/{part.id}"}],
        "version": knowledge.version,
        "title": part.label,
        "status": "active",
        "date": fact.verified.on.isoformat(),
        "lastReviewDate": fact.verified.on.isoformat(),
        "reviewer": [{"name": fact.verified.by}],
        "relatedArtifact": list(_related(knowledge, fact)),
        "assertion": fact.statement,
        "note": notes(said),
        "variableDefinition": list(_variables(part)),
        "statistic": [_statistic(value)],
        "certainty": [{"description": f"Read at the level of: {fact.certainty}."}],
    }


def _around(knowledge: Knowledge, fact: Fact) -> Iterator[str]:
    """What has to be read with a number: its harms, its scale, who disagrees."""
    if fact.pair_with is not None:
        yield f"Harms: {knowledge.facts[fact.pair_with].statement}"
    if isinstance(fact.grading, Grading):
        yield f"Grades by {fact.grading.scale} {fact.grading.version}."
    elif fact.grading is not None:
        yield "The source names no grading scale."
    for conflict in knowledge.conflicts.values():
        if fact.id in conflict.facts:
            yield f"Sources differ: {conflict.phrase}"
    yield _HOW_GOT[fact.got]
    yield f"Review by {fact.review_by.isoformat()}."


def _related(knowledge: Knowledge, fact: Fact) -> Iterator[Json]:
    trial = knowledge.trial
    if knowledge.topic(fact.id) in TRIAL_TOPICS:
        study = address(trial.id, "ResearchStudy", trial.id)
        yield {"type": "derived-from", "resourceReference": {"reference": study}}
    for citation in fact.sources:
        source = knowledge.sources[citation.source]
        read_as = citation.read_as or source.read_as
        yield {
            "type": "citation",
            "display": f"{source.title}; {citation.locator} (read as: {read_as})",
            "resourceReference": {
                "reference": address(trial.id, "Citation", source.id),
                "display": source.title,
            },
        }


def _variables(part: Part) -> Iterator[Json]:
    time = f", {part.fact.time}" if part.fact.time else ""
    told = {
        "population": part.fact.population,
        "measuredVariable": f"{part.label}{time}",
    }
    for role, description in told.items():
        code = coded(f"{TERMINOLOGY}/variable-role", role, _ROLES[role])
        yield {"description": description, "variableRole": code}


def _statistic(value: Count | Percentage) -> Json:
    interval = interval_of(value)
    return known(
        {
            "description": value.text(),
            **_amount(value),
            "attributeEstimate": [] if interval is None else [_estimate(interval)],
        }
    )


def _amount(value: Count | Percentage) -> Json:
    match value:
        case Count():
            return {
                "statisticType": PROPORTION,
                "quantity": percent(exported(share_of(value))),
                "numberOfEvents": value.k,
                "sampleSize": _sample(value.n, f"{value.n} {value.of}"),
            }
        case Percentage():
            return {
                "statisticType": AS_PRINTED,
                "quantity": percent(value.percent, _COMPARATORS.get(value.bound)),
                "sampleSize": _sample_of(value),
            }
        case _:
            assert_never(value)


def _sample_of(share: Percentage) -> Json | None:
    return None if share.n == "not-stated" else _sample(share.n, f"n = {share.n}")


def _sample(n: int, description: str) -> Json:
    return {"description": description, "numberOfParticipants": n}


def _estimate(interval: Interval) -> Json:
    return {
        "description": interval.origin,
        "type": INTERVAL,
        "level": LEVEL,
        "range": {
            "low": percent(exported(interval.low)),
            "high": percent(exported(interval.high)),
        },
    }
