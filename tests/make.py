"""Builds valid values; a test mentions only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.answering.composition import (
    Composition,
    Fold,
    NumberedCitation,
    PackVersion,
    Point,
    Suggestion,
)
from bot.answering.matches import Match, Matches
from bot.knowledge.load import Entry, Knowledge
from bot.knowledge.model import (
    Concept,
    Conflict,
    Draft,
    Fact,
    Gap,
    SharedForm,
    Source,
)
from bot.knowledge.pack import Place
from bot.understanding.boundaries import Signals


def make_citation(number: int = 1, **changes: Any) -> NumberedCitation:
    """A source that everybody can open."""
    fields = {
        "source": "okafor-2024",
        "title": "Tides of the inner harbour",
        "locator": "table 2",
        "url": "https://harbour.example/okafor?year=2024&page=2",
        "read_as": "abstract",
    }
    return NumberedCitation.model_validate({"number": number, **fields, **changes})


def make_composition(**changes: Any) -> Composition:
    """A reply with a line, harms, a source, badges, a fold and two buttons."""
    headline = "7 of 11 gauges (64%) were still in use after a year. [1]"
    harms = "Two of the 11 were lost in storms. [1]"
    fields = {
        "id": "0123456789abcdef",
        "question": "how many gauges were left",
        "decision": "answered",
        "answer": f"{headline} {harms}",
        "text": f"{headline}\n{harms}\nNumbers and method\nCounted once a month.",
        "facts": ("gauges-left",),
        "citations": (make_citation(),),
        "suggestions": (
            Suggestion(label="What was lost", target="gauges-lost", answer="Two."),
            Suggestion(label="Numbers", target="gauges-numbers", answer="11."),
        ),
        "knowledge": PackVersion(pack="harbour", version="0123456789ab"),
        "engine": "0.1.0",
        "points": (Point(decision="answered", headline=headline, lines=(harms,)),),
        "badges": ("One harbour · n = 11", "Verified 22 Nov 2026"),
        "folds": (Fold(title="Numbers and method", lines=("Counted once a month.",)),),
    }
    return Composition.model_validate({**fields, **changes})


def make_fact(name: str = "walks", /, **changes: Any) -> Fact:
    """A fact that the tiny pack could hold."""
    fields = {
        "label": "Walks",
        "value": {"kind": "count", "k": 7, "n": 11, "of": "people"},
        "population": "the 11 people asked",
        "statement": "7 of 11 people went for walks.",
        "brief": "{value} went for walks.",
        "sources": [{"source": "nowhere-report-2020", "locator": "table 4"}],
        "got": "quoted",
        "certainty": "paper",
        "measure": ["afterwards"],
        "verified": {"by": "test curator", "on": "2026-11-22"},
        "review_by": "2027-11-22",
    }
    return Fact.model_validate({"id": name, **fields, **changes})


def make_earlier(
    count: str = "6 of 11", /, until: str = "2026-11-20", why: str = "A misprint."
) -> dict[str, Any]:
    """What a fact about walks said before, as a file writes it."""
    k, n = map(int, count.split(" of "))
    return {
        "value": {"kind": "count", "k": k, "n": n, "of": "people"},
        "statement": f"{count} people went for walks.",
        "until": until,
        "why": why,
        "by": "an author",
    }


def make_draft(
    name: str = "walks", /, *, by: str = "an author", why: str = "", **changes: Any
) -> Draft:
    """A draft that the tiny pack could hold."""
    own = {"verified", "cleared", "drafted_by", "history"}
    fact = make_fact(name).model_dump(by_alias=True, exclude=own)
    written = {"by": by, "on": "2026-11-22", "why": why or None}
    return Draft.model_validate({**fact, "draft": written, **changes})


def make_gap(name: str = "naps", /, **changes: Any) -> Gap:
    """A gap that the tiny pack could hold."""
    fields = {
        "number": 9,
        "label": "Naps",
        "wording": "No source reports naps.",
        "nearest": ["eye-strain"],
        "measure": ["sleep-quality"],
    }
    return Gap.model_validate({"id": name, **fields, **changes})


def make_conflict(name: str = "long-or-short", /, **changes: Any) -> Conflict:
    """A conflict that the tiny pack could hold."""
    fields = {
        "label": "Long or short?",
        "claims": [
            {"who": "the report", "says": "long", "sources": ["nowhere-report-2020"]},
            {"who": "the newsletter", "says": "short"},
        ],
        "phrase": "The walks were long (report).",
        "facts": ["walks"],
        "measure": ["newsletter"],
    }
    return Conflict.model_validate({"id": name, **fields, **changes})


def make_source(name: str = "okafor-2024", /, **changes: Any) -> Source:
    """A work of which everything is known."""
    fields = {
        "title": "Tides of the inner harbour",
        "authors": "Okafor A, Lind B",
        "publisher": "Harbour Letters 2024;3:14",
        "date": "2024-05-01",
        "kind": "paper",
        "peer_reviewed": True,
        "read_as": "full text",
        "doi": "10.0000/tides",
        "registry_id": "HARBOUR-1",
        "url": "https://harbour.example/okafor",
        "tier": "A",
    }
    return Source.model_validate({"id": name, **fields, **changes})


def make_concept(name: str = "tide", /, **changes: Any) -> Concept:
    """A thing people ask about, said in one way."""
    fields = {"kind": "measure", "name": name.replace("-", " ")}
    return Concept.model_validate({"id": name, **fields, **changes})


def make_shared(form: str, means: str, **unless_with: str) -> SharedForm:
    """A rule for words that two concepts share."""
    fields = {
        "form": form,
        "means": means,
        "reason": "a test",
        "unless_with": unless_with,
    }
    return SharedForm.model_validate(fields)


def with_entries(knowledge: Knowledge, *entries: Entry) -> Knowledge:
    """The same knowledge with more entries; facts are about efficacy."""
    new = {entry.id: entry for entry in entries}
    place = Place(Path("facts/efficacy.yaml"), 1)
    return replace(
        knowledge,
        facts={**knowledge.facts, **_of(new, Fact)},
        gaps={**knowledge.gaps, **_of(new, Gap)},
        conflicts={**knowledge.conflicts, **_of(new, Conflict)},
        places={
            **dict.fromkeys((("facts", n) for n in new), place),
            **knowledge.places,
        },
    )


def make_match(entry: Entry, trust: float = 0.9, **changes: Any) -> Match:
    """A match that covers all that was asked."""
    fields: dict[str, Any] = {
        "margin": 0.0,
        "measured": True,
        "aspect": False,
        "uncovered": (),
        "coverage": 1.0,
    }
    return Match(entry=entry, trust=trust, **{**fields, **changes})


def make_matches(*ranked: Match, labels: Mapping[str, float] | None = None) -> Matches:
    """Matches in the order given, and what else the message may be."""
    return Matches(ranked, labels or {})


def make_signals(**changes: Any) -> Signals:
    """What is heard in a message about nobody in danger."""
    nothing: frozenset[str] = frozenset()
    fields: dict[str, Any] = {"dangers": nothing, "vitals": (), "stances": nothing}
    quiet = dict.fromkeys(("calm", "identified", "short", "weighed"), False)
    return Signals(**{**fields, **quiet, **changes})


def _of(entries: Mapping[str, Entry], kind: type[Any]) -> dict[str, Any]:
    return {name: entry for name, entry in entries.items() if isinstance(entry, kind)}
