"""Makes a draft a fact, once somebody else has held it against its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.curation.drafting import REVIEW, Refused
from bot.curation.fields import Fault
from bot.curation.naming import Unknown, draft_named
from bot.knowledge.drafts import is_same_person, promoted
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Draft, Fact
from bot.knowledge.provenance import Verified


@dataclass(frozen=True, slots=True)
class Accepted:
    """The fact that a draft became."""

    fact: Fact


Verifying: TypeAlias = Accepted | Refused


def verified(name: str, by: str, knowledge: Knowledge, today: date) -> Verifying:
    """The fact that the draft of this name becomes, verified by somebody else today."""
    found = draft_named(name, knowledge)
    if isinstance(found, Unknown):
        return _refused("id", found.told())
    if not by.strip():
        return _refused("by", "the name of whoever verifies is missing: --by NAME")
    draft = knowledge.drafts[found]
    if is_same_person(by, draft.draft.by):
        said = f"{draft.draft.by} wrote {found}: somebody else verifies it"
        return _refused("by", said)
    return Accepted(_fact(draft, by.strip(), knowledge, today))


def _refused(field: str, said: str) -> Refused:
    return Refused((Fault(field, said),))


def _fact(draft: Draft, by: str, knowledge: Knowledge, today: date) -> Fact:
    due = draft.review_by if draft.review_by > today else today + REVIEW
    renewed = draft.model_copy(update={"review_by": due})
    replaced = knowledge.facts.get(draft.id)
    return promoted(renewed, Verified(by=by, on=today), replaced)
