"""Builds the small pieces that FHIR resources share."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from html import escape
from typing import Any, TypeAlias


Json: TypeAlias = dict[str, Any]

TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
PERCENT = {"unit": "%", "system": "http://unitsofmeasure.org", "code": "%"}  # UCUM
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")  # the primitive type id of FHIR


def coded(system: str, code: str, display: str) -> Json:
    """A concept by one code."""
    return {"coding": [{"system": system, "code": code, "display": display}]}


def percent(number: float, comparator: str | None = None) -> Json:
    """A quantity in percent, with a sign of comparison where it is a bound."""
    sign = {} if comparator is None else {"comparator": comparator}
    return {"value": number, **sign, **PERCENT}


def narrative(lines: Iterable[str]) -> Json:
    """What a person reads where a program cannot show the resource."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{paragraphs}</div>'
    return {"status": "generated", "div": div}


def notes(lines: Iterable[str]) -> list[Json]:
    """Annotations, one for each line."""
    return [{"text": line} for line in lines]


def resource_id(name: str) -> str:
    """The name where FHIR allows it as an id, and else one worked out from it."""
    return name if _ID.fullmatch(name) else str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def address(pack: str, kind: str, name: str) -> str:
    """Where a bundle holds a resource: the same address for the same name, for good."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{pack}/{kind}/{name}").urn


def known(fields: Json) -> Json:
    """The fields that say something: FHIR has no empty lists, texts or nulls."""
    return {name: said for name, said in fields.items() if said not in (None, "", [])}
