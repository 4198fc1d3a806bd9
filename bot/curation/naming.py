"""Finds what a curator named, by its id or by its words; else the nearest there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz import fuzz, process

from bot.knowledge.load import Knowledge
from bot.knowledge.model import Concept


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that nothing has, and what comes nearest to it."""

    kind: str
    typed: str
    nearest: str

    def told(self) -> str:
        """One sentence that says so."""
        return f"there is no {self.kind} {self.typed!r}: the nearest is {self.nearest}"


Named: TypeAlias = str | Unknown


def concept_named(typed: str, knowledge: Knowledge) -> Named:
    """The id of the concept that is called so: by id, name, synonym or lay words."""
    forms = {form: c.id for c in knowledge.concepts.values() for form in _forms(c)}
    return _named("concept", typed, forms | {name: name for name in knowledge.concepts})


def source_named(typed: str, knowledge: Knowledge) -> Named:
    """The id of the work that is called so: by id, DOI, registry number or title."""
    forms = {
        form.casefold(): work.id
        for work in knowledge.sources.values()
        for form in _present(work.title, work.doi, work.registry_id)
    }
    return _named("source", typed, forms | {name: name for name in knowledge.sources})


def draft_named(typed: str, knowledge: Knowledge) -> Named:
    """The id of the draft that is called so."""
    return _named("draft", typed, {name: name for name in knowledge.drafts})


def _named(kind: str, typed: str, forms: Mapping[str, str]) -> Named:
    said = " ".join(typed.casefold().split())
    if said in forms:
        return forms[said]
    found = process.extract(said, forms.keys(), scorer=fuzz.WRatio, limit=1)
    nearest = [forms[form] for form, *_ in found]
    return Unknown(kind, typed.strip(), nearest[0] if nearest else "none")


def _forms(concept: Concept) -> list[str]:
    said = (concept.name, *concept.synonyms, *concept.abbreviations, *concept.lay)
    return [form.casefold() for form in said]


def _present(*said: str | None) -> list[str]:
    return [one for one in said if one is not None]
