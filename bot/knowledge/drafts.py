"""Holds drafts apart from facts: seen by the check, never by a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.knowledge.load import Knowledge
from bot.knowledge.model import Draft, Fact
from bot.knowledge.provenance import Drafted, Earlier, Verified


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, however they are spaced or capitalised."""
    return one.casefold().split() == other.casefold().split()


def promoted(draft: Draft, verified: Verified, replaced: Fact | None) -> Fact:
    """The fact that a draft becomes; what it takes the place of is its history."""
    fields = {name: getattr(draft, name) for name in Draft.model_fields}
    written: Drafted = fields.pop("draft")
    own = {"verified": verified, "drafted_by": written.by}
    history = () if replaced is None else _history(replaced, written, verified.on)
    return Fact.model_validate(fields | own | {"history": history})


def as_if_verified(knowledge: Knowledge) -> Knowledge:
    """The pack with its drafts among the facts, so that rules see them: not to serve."""
    facts, places = dict(knowledge.facts), dict(knowledge.places)
    for name, draft in knowledge.drafts.items():
        nobody = Verified(by="nobody yet", on=draft.draft.on)
        facts[name] = promoted(draft, nobody, knowledge.facts.get(name))
        places["facts", name] = knowledge.places["drafts", name]
    return replace(knowledge, facts=facts, places=places)


def notes(knowledge: Knowledge) -> Iterator[str]:
    """One line for each draft: where it is, whose it is, and what is to be done."""
    for name, draft in knowledge.drafts.items():
        yield (
            f"{knowledge.places['drafts', name]}: draft: {name} by {draft.draft.by} is"
            f" not answered until somebody else runs becar7 verify {name} --by NAME"
        )


def _history(replaced: Fact, written: Drafted, today: date) -> tuple[Earlier, ...]:
    latest = Earlier(
        value=replaced.value,
        statement=replaced.statement,
        until=today,
        why=written.why or "no reason given",  # the check asks for one
        by=written.by,
    )
    return (latest, *replaced.history)
