"""Scores the desk on labelled questions: which entry was told, not which words.

Stricter than `evaluate`: an answer by a neighbouring fact counts as wrong here, although
a reader may have found what they wanted in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from bot.answering.composition import BOUNDARY_DECISIONS, Composition
from bot.answering.desk import Desk
from bot.curation.bank import Asked


Mark: TypeAlias = Literal[
    "right",
    "part",  # several things asked, some of them told
    "tap",  # not told, but one tap away
    "declined",  # not told, nor one tap away
    "off",  # declined as it should be, for another reason
    "stopped",  # an ordinary question taken for a boundary
    "missed",  # a boundary not recognised
    "wrong",  # told what was not asked for
]


def marks(desk: Desk, questions: Iterable[Asked]) -> Mapping[str, Counter[Mark]]:
    """How often each decision that was wanted got each mark."""
    table: dict[str, Counter[Mark]] = {}
    for asked in questions:
        reply = desk.reply_to(asked.as_question())
        table.setdefault(asked.decision, Counter())[mark(asked, reply)] += 1
    return table


def mark(asked: Asked, reply: Composition) -> Mark:
    """What one reply deserves."""
    if asked.decision in BOUNDARY_DECISIONS:
        return _of_boundary(asked, reply)
    if reply.decision in BOUNDARY_DECISIONS:
        return "stopped"
    if asked.decision != "answered":
        return _of_decline(asked, reply)
    return _of_answer(asked, reply)


def _of_boundary(asked: Asked, reply: Composition) -> Mark:
    if reply.decision == asked.decision:
        return "right"
    return "off" if reply.decision in BOUNDARY_DECISIONS else "missed"


def _of_decline(asked: Asked, reply: Composition) -> Mark:
    if reply.decision == "answered":
        return "wrong"
    return "right" if reply.decision == asked.decision else "off"


def _of_answer(asked: Asked, reply: Composition) -> Mark:
    met = [_is_told(things, reply) for things in asked.asks]
    if reply.decision == "answered":
        return "right" if all(met) else "part" if any(met) else "wrong"
    near = {*reply.facts, *(one.target for one in reply.suggestions)}
    tapped = any(not near.isdisjoint(things) for things in asked.asks)
    return "tap" if tapped else "declined"


def _is_told(things: tuple[str, ...], reply: Composition) -> bool:
    """Whether one of these entries is told; a gap, if some part says not reported."""
    declined = any(point.decision == "not_reported" for point in reply.points)
    return declined or not set(reply.facts).isdisjoint(things)
