"""Reads a trial's record as the public registries give it: what may drift from a pack.

ClinicalTrials.gov API v2 (`/api/v2/studies/{id}`, JSON) and the ISRCTN registry
(`/api/trial/{id}/format/default`, XML), field names as they document them.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET  # parsed without entities  # nosec B405
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import CurationError


_DAY = r"^\d{4}-\d{2}(-\d{2})?"
_XML = {"": "http://www.67bricks.com/isrctn"}  # the namespace of every element


@dataclass(frozen=True, slots=True)
class LiveRecord:
    """What a registry says today; None where it says nothing."""

    updated: str  # the day, as 2026-01-09
    status: str  # in the registry's words, in small letters
    enrolment: int | None  # people: actual where the registry has it, else planned
    minimum_age: str | None
    maximum_age: str | None


@dataclass(frozen=True, slots=True)
class Registry:
    """Where a registry is, what its numbers look like, and how its records read."""

    name: str
    base: str  # may be given otherwise, so that a copy can be asked
    path: str
    number: str
    read: Callable[[bytes, str, date], LiveRecord]

    def address(self, number: str) -> str:
        """Where the record of a trial is."""
        return self.base.rstrip("/") + self.path.format(number=number)


class _Part(BaseModel):
    """A part of a study as the API names it; other fields may come and go."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Posted(_Part):
    date: Annotated[str, Field(pattern=_DAY)]


class _StatusModule(_Part):
    overall_status: str = Field(alias="overallStatus")
    updated: _Posted = Field(alias="lastUpdatePostDateStruct")


class _Enrollment(_Part):
    count: int | None = None


class _DesignModule(_Part):
    enrollment: _Enrollment = Field(_Enrollment(), alias="enrollmentInfo")


class _EligibilityModule(_Part):
    minimum_age: str | None = Field(None, alias="minimumAge")
    maximum_age: str | None = Field(None, alias="maximumAge")


class _Identification(_Part):
    number: str = Field(alias="nctId")


class _Protocol(_Part):
    identification: _Identification = Field(alias="identificationModule")
    status: _StatusModule = Field(alias="statusModule")
    design: _DesignModule = Field(_DesignModule(), alias="designModule")
    eligibility: _EligibilityModule = Field(
        _EligibilityModule(), alias="eligibilityModule"
    )


class _Study(_Part):
    protocol: _Protocol = Field(alias="protocolSection")


def read_study(body: bytes, number: str, today: date) -> LiveRecord:
    """A study of ClinicalTrials.gov; a CurationError if this is none, or another."""
    del today  # the registry itself says whether the trial recruits
    try:
        study = _Study.model_validate_json(body).protocol
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the answer"
        raise CurationError(f"no study record: {where}: {first['msg']}") from error
    _require_same(study.identification.number, number)
    return LiveRecord(
        updated=study.status.updated.date,
        status=_words(study.status.overall_status),
        enrolment=study.design.enrollment.count,
        minimum_age=_age(study.eligibility.minimum_age),
        maximum_age=_age(study.eligibility.maximum_age),
    )


def read_trial(body: bytes, number: str, today: date) -> LiveRecord:
    """A trial of the ISRCTN registry; a CurationError if this is none, or another.

    The registry gives no status of recruitment unless somebody overrode it: like its
    own page, it is worked out from the dates.
    """
    trial = _trial_in(body)
    _require_same(f"ISRCTN{_text(trial, 'isrctn').removeprefix('ISRCTN')}", number)
    updated = trial.get("lastUpdated", "")
    if not re.match(_DAY, updated):
        raise CurationError("no trial record: lastUpdated is missing")
    people = "participants/"
    final, planned = (
        _whole(_text(trial, people + name))
        for name in ("totalFinalEnrolment", "targetEnrolment")
    )
    return LiveRecord(
        updated=updated[:10],
        status=_recruiting(trial, today),
        enrolment=final or planned,
        minimum_age=_age(_text(trial, people + "lowerAgeLimit")),
        maximum_age=_age(_text(trial, people + "upperAgeLimit")),
    )


REGISTRIES: Mapping[str, Registry] = {
    "ctgov": Registry(
        "ClinicalTrials.gov",
        "https://clinicaltrials.gov",
        "/api/v2/studies/{number}",
        r"NCT\d{8}",
        read_study,
    ),
    "isrctn": Registry(
        "ISRCTN registry",
        "https://www.isrctn.com",
        "/api/trial/{number}/format/default",
        r"ISRCTN\d{8}",
        read_trial,
    ),
}


def _trial_in(body: bytes) -> ET.Element:
    if b"<!doctype" in body.lower() or b"<!entity" in body.lower():
        raise CurationError("no trial record: a page, or XML with a document type")
    try:
        root = ET.fromstring(body)  # noqa: S314  no document type, so no entities  # nosec B314
    except ET.ParseError as error:
        raise CurationError(f"no trial record: not XML ({error})") from error
    trial = root.find(".//trial", _XML)
    if trial is None:
        raise CurationError(f"no trial record: there is no trial in <{root.tag}>")
    return trial


def _recruiting(trial: ET.Element, today: date) -> str:
    people, day = "participants/", today.isoformat()
    override = _text(trial, people + "recruitmentStatusOverride")
    starts = _text(trial, people + "recruitmentStart")[:10]
    ends = _text(trial, people + "recruitmentEnd")[:10]
    if override:
        return _words(override)
    if starts and day < starts:
        return "not yet recruiting"
    return "no longer recruiting" if ends and ends < day else "recruiting"


def _require_same(found: str, asked: str) -> None:
    if found != asked:
        raise CurationError(f"the record of {found or 'nobody'}, not of {asked}")


def _text(trial: ET.Element, path: str) -> str:
    return (trial.findtext(path, "", _XML) or "").strip()


def _whole(said: str) -> int | None:
    return int(said) if said.isdecimal() else None


def _words(said: str) -> str:
    """ACTIVE_NOT_RECRUITING as people say it."""
    return said.replace("_", " ").casefold()


def _age(said: str | None) -> str | None:
    return said.strip().casefold() if said and said.strip() else None
