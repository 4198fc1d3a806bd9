"""Turns what a curator filled in into a draft that can be sent on: a patch, a branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from bot.curation.drafting import Refused, drafted
from bot.curation.editing import with_draft
from bot.curation.fields import Fault, Fields
from bot.curation.patching import offer_branch, patch_of, tried
from bot.errors import CurationError, KnowledgeError
from bot.knowledge.load import load
from bot.slack.blocks.drafting import SHOWN, Offered, field_of


LAST = "statement"  # the field that bears what belongs to no other


@dataclass(frozen=True, slots=True)
class Filled:
    """What a curator filled in, and for which pack."""

    fields: Fields
    pack: Path
    day: date
    is_pushed: bool  # whether it goes to the git remote, too


Made: TypeAlias = Offered | Refused


def draft_from(filled: Filled) -> Made:
    """The draft over the files as they are now; slow, so in a thread of its own."""
    try:
        knowledge = load(filled.pack)
    except KnowledgeError as error:
        return Refused((Fault(LAST, f"the pack cannot be read: {error}"),))
    outcome = drafted(filled.fields, knowledge, filled.day)
    if isinstance(outcome, Refused):
        return outcome
    edits = with_draft(outcome.draft, outcome.topic, knowledge)
    problems = tried(edits, filled.pack)
    if problems:
        said = f"the check would object: {problems[0]}"
        return Refused((Fault(LAST, said),))
    name, patch = outcome.draft.id, patch_of(edits, filled.pack)
    pushed = _pushed(name, patch, filled.pack) if filled.is_pushed else ""
    return Offered(name, patch, pushed)


def shown(refused: Refused) -> dict[str, str]:
    """What is wrong, by the field of the window under which it is said."""
    found: dict[str, str] = {}
    for fault in refused.faults:
        field = fault.field if fault.field in SHOWN else _ELSEWHERE.get(fault.field)
        found.setdefault(field_of(field or LAST), fault.says)
    return found


_ELSEWHERE = {"id": "label", "gap": "label"}  # made from it


def _pushed(name: str, patch: str, pack: Path) -> str:
    """One sentence about the branch; the patch is there in any case."""
    branch = f"draft/{name}"
    try:
        remote = offer_branch(patch, branch, f"Draft: {name}", pack)
    except CurationError as error:
        return f"It was not pushed as a branch: {error}."
    return f"It is pushed to {remote} as the branch {branch}."
