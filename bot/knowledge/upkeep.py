"""The rules about who checked what, and what it said before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.knowledge.drafts import is_same_person
from bot.knowledge.load import Knowledge
from bot.knowledge.objections import Objection, Rule, against


def verified_by_author(knowledge: Knowledge) -> Iterator[Objection]:
    """Who wrote a fact does not verify it."""
    for fact in knowledge.facts.values():
        author = fact.drafted_by
        if author is not None and is_same_person(author, fact.verified.by):
            advice = f"{author} wrote it: let somebody else verify it"
            yield against(fact, "verified-by-author", advice)


def idle_history(knowledge: Knowledge) -> Iterator[Objection]:
    """What a fact said before is something else than what it says now."""
    for fact in knowledge.facts.values():
        said = [(fact.value, fact.statement)]
        said += [(one.value, one.statement) for one in fact.history]
        if any(newer == older for newer, older in pairwise(said)):
            advice = "an earlier version says the same as the next: take it out"
            yield against(fact, "idle-history", advice)


def history_out_of_order(knowledge: Knowledge) -> Iterator[Objection]:
    """The latest change stands first, and was verified on its day or later."""
    for fact in knowledge.facts.values():
        days = [fact.verified.on, *(one.until for one in fact.history)]
        if any(newer < older for newer, older in pairwise(days)):
            advice = "put the latest change first, none after verified.on"
            yield against(fact, "history-out-of-order", advice)


def change_without_reason(knowledge: Knowledge) -> Iterator[Objection]:
    """A draft that takes the place of a fact says why."""
    for draft in knowledge.drafts.values():
        fact = knowledge.facts.get(draft.id)
        if fact is not None and fact.history and draft.draft.why is None:
            advice = "it takes the place of a fact: say why, in draft"
            yield against(fact, "change-without-reason", advice)


def withdrawn_in_use(knowledge: Knowledge) -> Iterator[Objection]:
    """The id of a fact that was taken out is not used again."""
    entries = {entry.id for entry in knowledge.entries()}
    for name in sorted(knowledge.withdrawn.keys() & entries):
        advice = "an entry has this id: rename that, or take this out"
        yield Objection("withdrawn", name, "withdrawn-in-use", advice)


UPKEEP: tuple[Rule, ...] = (
    verified_by_author,
    idle_history,
    history_out_of_order,
    change_without_reason,
    withdrawn_in_use,
)
