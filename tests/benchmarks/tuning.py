"""Chooses the thresholds of a peer on one fold of questions, for use on the other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.curation.evaluate import Outcome, Probe, scored
from tests.benchmarks.measuring import percentile
from tests.benchmarks.peers import Ranking
from tests.benchmarks.telling import Teller


_STEPS = 40  # candidates for each threshold, evenly spread over the scores seen


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which score a peer answers, and below which a message is none of ours."""

    answer: float = -math.inf
    outside: float = -math.inf


@dataclass(frozen=True, slots=True)
class Choices:
    """A probe, its best score, and the outcome of each thing that may be done."""

    score: float
    tell: Outcome
    suggest: Outcome
    decline: Outcome

    def outcome(self, at: Thresholds) -> Outcome:
        """The outcome at some thresholds."""
        if self.score >= at.answer:
            return self.tell
        return self.suggest if self.score >= at.outside else self.decline


def choices_for(probe: Probe, ranking: Ranking, teller: Teller) -> Choices:
    """What would come of telling the best label, suggesting some, or declining.

    A boundary or the outside, where it comes first, is followed at any score.
    """
    declined = scored(probe, teller.tell("outside")).outcome
    if not ranking:
        return Choices(-math.inf, declined, declined, declined)
    label, score = ranking[0]
    told = scored(probe, teller.tell(label)).outcome
    if not teller.is_entry(label):
        return Choices(math.inf, told, told, told)
    suggested = teller.suggest(label for label, _ in ranking)
    return Choices(score, told, scored(probe, suggested).outcome, declined)


def tuned(fold: Sequence[Choices], most_wrong: float) -> Thresholds:
    """The thresholds with most right among those with few enough wrong, in percent.

    Where none has so few, the least wrong wins.
    """
    return min(_candidates(fold), key=lambda at: _cost(fold, at, most_wrong))


def counted(fold: Iterable[Choices], at: Thresholds) -> Counter[Outcome]:
    """How often each outcome came about."""
    return Counter(choices.outcome(at) for choices in fold)


def _candidates(fold: Sequence[Choices]) -> Iterator[Thresholds]:
    scores = [choices.score for choices in fold if math.isfinite(choices.score)]
    spread = {percentile(scores, step / _STEPS) for step in range(_STEPS)}
    values = [-math.inf, *sorted(spread), math.inf]
    for place, answer in enumerate(values):
        yield from (Thresholds(answer, outside) for outside in values[: place + 1])


def _cost(
    fold: Sequence[Choices], at: Thresholds, most_wrong: float
) -> tuple[float, int, int]:
    found = counted(fold, at)
    excess = max(0.0, 100 * found["wrong"] / len(fold) - most_wrong)
    return excess, -found["right"], -found["tap"]
