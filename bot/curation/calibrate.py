"""Chooses how far the desk may trust a match, on voices the key never met.

The weights of the signs are a logistic regression.  The answer threshold is chosen by
Learn-then-Test (Angelopoulos et al. 2021) with fixed-sequence testing: from the
strictest candidate downwards, the last one for which an exact binomial test rejects
"more than RISK of all messages get an answer that is not the one wanted" at LEVEL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.stats import binom
from sklearn.linear_model import LogisticRegression

from bot.answering.decide import BOUNDARIES, Judge, Thresholds, alarm_marks
from bot.answering.matches import Matches, chance, signs_of
from bot.answering.reply import Answer, Boundary, NotReported, Reply
from bot.curation.crossfit import Held
from bot.knowledge.load import Knowledge


RISK = 0.02  # of all messages; strict labels, so near misses count as wrong too
LEVEL = 0.05
_CANDIDATES = tuple(round(0.95 - 0.01 * step, 2) for step in range(60))
_LOOKED_AT = 6  # matches per question that the regression learns from
# Of the bank's ordinary questions, for each boundary; many of them were written to sound
# alarming, and of those in fresh exams half of 1 % are stopped (the bound: 1 %).
# A missed emergency costs most, a report least: it is also told whom to ask.
_FALSE_ALARMS: Mapping[Boundary, float] = {
    "emergency": 0.003,
    "report": 0.002,
    "patient_advice": 0.008,
}
_TOGETHER = 0.10  # two facts told together need this much more than one alone


def trust_weights(questions: Sequence[Held]) -> Mapping[str, float]:
    """How much each sign counts: logistic regression on single questions."""
    signs, right = [], []
    for held in questions:
        wanted = {entry for things in held.asked.asks for entry in things}
        if len(held.asked.asks) <= 1:
            for match in held.found.whole.ranked[:_LOOKED_AT]:
                signs.append(signs_of(match, held.found.whole))
                right.append(match.entry.id in wanted)
    names = sorted(signs[0].keys() - {"intercept"})
    table = np.array([[row[name] for name in names] for row in signs])
    fitted = LogisticRegression(max_iter=5000).fit(table, right)
    found = dict(zip(names, fitted.coef_[0].round(3).tolist(), strict=True))
    return {"intercept": round(float(fitted.intercept_[0]), 3), **found}


def trusted(matches: Matches, weights: Mapping[str, float]) -> Matches:
    """The same matches with their trust by other weights, ranked anew."""
    ranked = [
        replace(match, trust=chance(weights, signs_of(match, matches)))
        for match in matches.ranked
    ]
    ranked.sort(key=lambda match: (-match.trust, match.entry.id))
    return replace(matches, ranked=tuple(ranked))


def alarm_weights(questions: Sequence[Held]) -> Mapping[str, Mapping[str, float]]:
    """How much each mark counts for each boundary: logistic regressions."""
    rows = [alarm_marks(held.found.whole, held.signals) for held in questions]
    names = sorted(rows[0].keys() - {"intercept"})
    table = np.array([[row[name] for name in names] for row in rows])
    weights: dict[str, Mapping[str, float]] = {}
    for boundary in BOUNDARIES:
        met = [held.asked.decision == boundary for held in questions]
        fitted = LogisticRegression(max_iter=5000, C=10.0).fit(table, met)
        found = dict(zip(names, fitted.coef_[0].round(3).tolist(), strict=True))
        weights[boundary] = {
            "intercept": round(float(fitted.intercept_[0]), 3),
            **found,
        }
    return weights


def thresholds(
    questions: Sequence[Held],
    knowledge: Knowledge,
    alarms: Mapping[str, Mapping[str, float]],
) -> Mapping[str, float]:
    """The boundary thresholds by false alarms, then the answer threshold by risk."""
    chosen = {
        name: _alarm(questions, boundary, alarms[boundary])
        for name, boundary in _ALARMS.items()
    }
    last = _CANDIDATES[0]
    for answer in _CANDIDATES:
        candidate = {**chosen, "answer": answer, "together": answer + _TOGETHER}
        judge = Judge(knowledge, Thresholds.of(candidate), alarms)
        wrong = sum(is_wrong(judge, held) for held in questions)
        if binom.cdf(wrong, len(questions), RISK) > LEVEL:
            break
        last = answer
    return {**chosen, "answer": last, "together": round(last + _TOGETHER, 2)}


def is_wrong(judge: Judge, held: Held) -> bool:
    """Whether a question gets a confident answer that nobody wanted."""
    replies = judge.replies(held.found, held.signals)
    answers = [reply for reply in replies if isinstance(reply, Answer)]
    return bool(answers) and not told_what_was_asked(replies, held)


def told_what_was_asked(replies: Sequence[Reply], held: Held) -> bool:
    """Whether each thing asked for is among what is told."""
    told = {entry.id for r in replies if isinstance(r, Answer) for entry in r.entries}
    told |= {r.gap.id for r in replies if isinstance(r, NotReported) and r.gap}
    wanted = held.asked.asks
    return bool(wanted) and any(not told.isdisjoint(things) for things in wanted)


_ALARMS: Mapping[str, Boundary] = {
    "emergency": "emergency",
    "report": "report",
    "advice": "patient_advice",
}


def _alarm(
    questions: Sequence[Held], boundary: Boundary, weights: Mapping[str, float]
) -> float:
    """The chance that so few ordinary questions pass."""
    calm = [
        chance(weights, alarm_marks(held.found.whole, held.signals))
        for held in questions
        if held.asked.decision in {"answered", "not_reported"}
    ]
    return round(float(np.quantile(calm, 1.0 - _FALSE_ALARMS[boundary])), 3)
