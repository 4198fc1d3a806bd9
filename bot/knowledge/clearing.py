"""The rules about which words may be passed on outside, and who said so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge.drafts import is_same_person
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.knowledge.objections import Objection, Rule, against


_NAME = re.compile(r"[^\W\d_]{2}")  # two letters: a dash or a question mark is nobody


def cleared_words(fact: Fact) -> tuple[str, ...]:
    """The words cleared in place of the fact's own; none where there are none."""
    wording = None if fact.cleared is None else fact.cleared.wording
    return () if wording is None else (wording,)


def cleared_before_check(knowledge: Knowledge) -> Iterator[Objection]:
    """Words are cleared as they were last held against their source, not before."""
    for fact in knowledge.facts.values():
        cleared = fact.cleared
        if cleared is not None and cleared.on < fact.verified.on:
            advice = (
                f"it was verified on {fact.verified.on}, after it was cleared: ask"
                f" {cleared.by} again, or take cleared out"
            )
            yield against(fact, "cleared-before-check", advice)


def cleared_by_nobody(knowledge: Knowledge) -> Iterator[Objection]:
    """Whoever clears words has a name."""
    for fact in knowledge.facts.values():
        if fact.cleared is not None and _NAME.search(fact.cleared.by) is None:
            advice = f"{fact.cleared.by} is no name: say who cleared it"
            yield against(fact, "cleared-by-nobody", advice)


def cleared_by_author(knowledge: Knowledge) -> Iterator[Objection]:
    """Who wrote a fact does not clear it."""
    for fact in knowledge.facts.values():
        author, cleared = fact.drafted_by, fact.cleared
        if author is None or cleared is None:
            continue
        if is_same_person(author, cleared.by):
            advice = f"{author} wrote it: let somebody else clear it"
            yield against(fact, "cleared-by-author", advice)


def cleared_without_harm(knowledge: Knowledge) -> Iterator[Objection]:
    """A benefit is cleared together with the harms that it travels with.

    Harms about to be superseded are left alone until the draft is verified.
    """
    for fact in knowledge.facts.values():
        harms = knowledge.facts.get(fact.pair_with or "")
        if harms is None or harms.id in knowledge.drafts:
            continue
        if fact.cleared is not None and harms.cleared is None:
            advice = f"clear {harms.id} too: it is told beside this"
            yield against(fact, "cleared-without-harm", advice)


CLEARING: tuple[Rule, ...] = (
    cleared_before_check,
    cleared_by_nobody,
    cleared_by_author,
    cleared_without_harm,
)
