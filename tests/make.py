"""Builds valid values; a test mentions only what it is about."""

from __future__ import annotations

from typing import Any

from bot.answering.composition import (
    Composition,
    Fold,
    NumberedCitation,
    PackVersion,
    Point,
    Suggestion,
)


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
