"""Writes the trial as a ResearchStudy resource."""

from __future__ import annotations

import re

from bot.handover.fhir.elements import (
    TERMINOLOGY,
    Json,
    address,
    coded,
    known,
    narrative,
    resource_id,
)
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Trial


_PHASE = re.compile(r"phase (\d)(?:/(\d))?", re.IGNORECASE)
_SPONSOR = coded("http://hl7.org/fhir/research-study-party-role", "sponsor", "sponsor")


def research_study(knowledge: Knowledge) -> Json:
    """The ResearchStudy resource of the trial."""
    trial = knowledge.trial
    status = f"As of {trial.status.as_of.isoformat()}: {trial.status.says}"
    fields = {
        "resourceType": "ResearchStudy",
        "id": resource_id(trial.id),
        "text": narrative([trial.title, trial.badge, status]),
        **_names(trial),
        "version": knowledge.version,
        "relatedArtifact": [_cited(trial)],
        "status": "active",  # of this record; how the trial stands is a note
        "phase": _phase(trial.phase),
        "description": trial.badge,
        "site": [{"display": site} for site in trial.sites],
        "note": [{"time": trial.status.as_of.isoformat(), "text": status}],
        "associatedParty": [{"name": trial.sponsor, "role": _SPONSOR}],
        "comparisonGroup": _arms(trial),
    }
    return known(fields)


def _names(trial: Trial) -> Json:
    numbers = trial.registrations.items()
    return {
        "identifier": [{"type": {"text": r}, "value": number} for r, number in numbers],
        "title": trial.title,
        "label": [{"value": name} for name in (trial.name, *trial.also_called)],
    }


def _cited(trial: Trial) -> Json:
    """The work that says how the trial stands."""
    place = address(trial.id, "Citation", trial.status.source)
    return {"type": "citation", "resourceReference": {"reference": place}}


def _phase(said: str) -> Json:
    """The phase in the trial's words, with its code where the words are of one."""
    found = _PHASE.fullmatch(said)
    if found is None:
        return {"text": said}
    code = "-".join(f"phase-{number}" for number in found.groups() if number)
    return {**coded(f"{TERMINOLOGY}/research-study-phase", code, said), "text": said}


def _arms(trial: Trial) -> list[Json]:
    return [
        {"linkId": f"arm-{place}", "name": arm.name, "description": arm.what}
        for place, arm in enumerate(trial.arms, start=1)
    ]
