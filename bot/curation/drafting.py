"""Turns what a curator filled in into a draft, or says what is still wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeAlias, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.curation.fields import ASKED, CHANGED, OPTIONAL, Fault, Fields, id_of
from bot.curation.naming import Unknown, concept_named, source_named
from bot.curation.typed_value import value_of
from bot.errors import CurationError
from bot.knowledge.drafts import as_if_verified
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Draft, Gap
from bot.knowledge.pack import Place
from bot.knowledge.rules import RULES
from bot.knowledge.terms import Certainty, Topic


REVIEW = timedelta(days=182)  # half a year, as in the guide's example

_AS_TYPED = (
    *("label", "population", "time", "statement", "got", "certainty", "pair_with"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """A draft that keeps every rule, and the file it belongs to."""

    draft: Draft
    topic: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What is to be put right first, field by field."""

    faults: tuple[Fault, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The same, each in one sentence."""
        return tuple(fault.says for fault in self.faults)


Drafting: TypeAlias = Written | Refused


def drafted(fields: Fields, knowledge: Knowledge, today: date) -> Drafting:
    """The draft that these fields make, or every reason why they make none.

    Where the id is a fact's, the draft keeps of it whatever is not filled in.
    """
    filled = _from_fact(_from_gap(fields, knowledge), knowledge)
    faults = [*_missing(filled, knowledge), *unfit(filled, knowledge)]
    if faults:
        return Refused(tuple(faults))
    try:
        draft = Draft.model_validate(_entry(filled, knowledge, today))
    except ValidationError as error:
        return Refused(tuple(map(_invalid, error.errors())))
    found = tuple(dict.fromkeys(_objections(draft, filled.topic, knowledge)))
    return Refused(found) if found else Written(draft, filled.topic)


def _from_gap(fields: Fields, knowledge: Knowledge) -> Fields:
    """What the gap already says of its subject, where the curator said nothing."""
    gap = _gap_of(fields, knowledge)
    if gap is None:
        return fields
    return replace(
        fields,
        label=fields.label or gap.label,
        measure=fields.measure or ", ".join(gap.measure),
        covers=fields.covers or ", ".join(gap.covers),
    )


def _gap_of(fields: Fields, knowledge: Knowledge) -> Gap | None:
    number = fields.gap.strip()
    return next((g for g in knowledge.gaps.values() if str(g.number) == number), None)


def _from_fact(fields: Fields, knowledge: Knowledge) -> Fields:
    """The topic of the fact that the draft takes the place of."""
    name = id_of(fields)
    if name not in knowledge.facts:
        return fields
    return replace(fields, id=name, topic=fields.topic or knowledge.topic(name))


def _missing(fields: Fields, knowledge: Knowledge) -> Iterator[Fault]:
    needed = ASKED.keys() - OPTIONAL
    if fields.id in knowledge.facts:
        cites = {"source", "locator"} if fields.source or fields.locator else set()
        needed = {*CHANGED, *cites}  # a work goes with its place, or both stay
    for name, what in ASKED.items():
        if name in needed and not getattr(fields, name).strip():
            yield Fault(name, f"{name} is missing: {what}")


def unfit(fields: Fields, knowledge: Knowledge) -> Iterator[Fault]:
    """What is filled in and cannot be meant; what is not filled in is left in peace."""
    number = fields.gap.strip()
    if number and _gap_of(fields, knowledge) is None:
        said = f"there is no gap {number}: becar7 ask shows a gap's number"
        yield Fault("gap", said)
    if fields.topic and fields.topic not in get_args(Topic):
        said = f"topic {fields.topic!r} is none of: {', '.join(get_args(Topic))}"
        yield Fault("topic", said)
    if fields.value.strip():
        yield from _unreadable(fields.value)
    yield from _unnamed(fields, knowledge)
    yield from _taken(fields, knowledge)


def _unreadable(typed: str) -> Iterator[Fault]:
    try:
        value_of(typed)
    except CurationError as error:
        yield Fault("value", f"value {error}")


def _unnamed(fields: Fields, knowledge: Knowledge) -> Iterator[Fault]:
    """What is named and nobody wrote: concepts, and the work that is cited."""
    for field in ("measure", "covers"):
        for typed in _listed(getattr(fields, field)):
            found = concept_named(typed, knowledge)
            if isinstance(found, Unknown):
                yield Fault(field, found.told())
    if fields.source.strip():
        work = source_named(fields.source, knowledge)
        if isinstance(work, Unknown):
            yield Fault("source", work.told())


def _taken(fields: Fields, knowledge: Knowledge) -> Iterator[Fault]:
    """An id that stands for something else, or for a fact that nobody gave up."""
    name, field = id_of(fields), "id" if fields.id.strip() else "label"
    said = ""
    if name in knowledge.facts and not fields.why.strip():
        said = f"{name} is a fact already: say in why what takes its place"
    elif name in knowledge.gaps or name in knowledge.conflicts:
        said = f"{name} is another entry: choose another id"
    elif name in knowledge.withdrawn:
        said = f"{name} was withdrawn, and its id is not used again: choose another"
    if said:
        yield Fault(field, said)


def _listed(typed: str) -> tuple[str, ...]:
    names = (name.strip() for name in typed.split(","))
    return tuple(name for name in names if name)


def _entry(fields: Fields, knowledge: Knowledge, today: date) -> dict[str, Any]:
    written = {"by": fields.by, "on": today, "why": fields.why.strip() or None}
    said = {
        **_kept(fields, knowledge),
        **_as_typed(fields),
        **_cited(fields, knowledge),
        "value": value_of(fields.value),
        "brief": _brief(fields, knowledge),
    }
    for name in ("measure", "covers"):
        concepts = _concepts(getattr(fields, name), knowledge)
        said |= {name: concepts} if concepts else {}
    return said | {"draft": written, "review_by": today + REVIEW}


def _kept(fields: Fields, knowledge: Knowledge) -> dict[str, Any]:
    """What the fact of this id says, if there is one; else what is usual."""
    fact = knowledge.facts.get(fields.id)
    if fact is None:
        return {"id": id_of(fields), "got": "quoted"}
    return fact.model_dump(by_alias=True, include=set(Draft.model_fields))


def _as_typed(fields: Fields) -> dict[str, Any]:
    """What goes into the draft in the curator's own words."""
    typed = {name: getattr(fields, name).strip() for name in _AS_TYPED}
    gap = fields.gap.strip()
    return {name: said for name, said in typed.items() if said} | (
        {"closes_gap": int(gap)} if gap else {}
    )


def _cited(fields: Fields, knowledge: Knowledge) -> dict[str, Any]:
    """The work, if one is named, and how certain its kind makes the statement."""
    if not fields.source.strip():
        return {}
    source = str(source_named(fields.source, knowledge))
    kind = knowledge.sources[source].kind
    known = kind if kind in get_args(Certainty) else "secondary"
    return {
        "sources": [{"source": source, "locator": fields.locator}],
        "certainty": fields.certainty.strip() or known,
    }


def _brief(fields: Fields, knowledge: Knowledge) -> str:
    """The line given, or that of the fact, or the statement with its value left open."""
    value, statement = value_of(fields.value), fields.statement.strip()
    fact = knowledge.facts.get(fields.id)
    if fact is not None and "{value}" in fact.brief:
        return fields.brief.strip() or fact.brief
    return fields.brief.strip() or statement.replace(value.text(), "{value}", 1)


def _concepts(typed: str, knowledge: Knowledge) -> list[str]:
    return [str(concept_named(name, knowledge)) for name in _listed(typed)]


def _invalid(error: ErrorDetails) -> Fault:
    """What the model has against a part of the draft."""
    place = ".".join(map(str, error["loc"]))
    first = str(error["loc"][0]) if error["loc"] else ""
    return Fault(_FIELDS.get(first, first), f"{place}: {error['msg']}")


_FIELDS = {"sources": "locator", "draft": "by"}  # of a draft: the field that made it
_BLAMED = {  # a rule: the field to put right; the statement for all others
    "ambiguous-count": "value",
    "benefit-without-harm": "pair_with",
    "dangling-name": "pair_with",
    "figure-without-number": "value",
    "long-brief": "brief",
    "misplaced-name": "measure",
    "taken-name": "label",
    "twin-entries": "measure",
    "wrong-percentage": "value",
}


def _objections(draft: Draft, topic: str, knowledge: Knowledge) -> Iterator[Fault]:
    """What the rules hold against the draft, as if it were among the facts."""
    place = Place(knowledge.directory / "drafts" / f"{topic}.yaml", 1)
    places = {**knowledge.places, ("drafts", draft.id): place}
    alone = replace(knowledge, drafts={draft.id: draft}, places=places)
    for rule in RULES:
        for found in rule(as_if_verified(alone)):
            if found.entry == draft.id:
                field = _BLAMED.get(found.rule, "statement")
                yield Fault(field, f"{found.rule}: {found.advice}")
