"""Says at a glance what the evidence is, and whether it should be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answering.wording import day
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact


TRIAL_TOPICS = frozenset(  # what the badge of the trial is true of
    {"efficacy", "safety", "population", "design", "product", "status"}
)


def badges_of(
    facts: Sequence[Fact], knowledge: Knowledge, today: date
) -> tuple[str, ...]:
    """The trial in a few words, the oldest check, and the oldest overdue review.

    A review is overdue from the day after `review_by`; the fact still answers.
    """
    own = [fact for fact in facts if knowledge.topic(fact.id) in TRIAL_TOPICS]
    badges = [knowledge.trial.badge] if own else []
    if facts:
        badges.append(f"Verified {day(min(fact.verified.on for fact in facts))}")
    overdue = [fact.review_by for fact in facts if fact.review_by < today]
    if overdue:
        badges.append(f"Review overdue since {day(min(overdue))}")
    return tuple(badges)
