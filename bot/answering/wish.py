"""Says what an asker wants to see beside the answer: exact limits, the sources."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.echoes import Echo, echo_in
from bot.understanding.question import Question
from bot.understanding.reading import Reading


_WANTS_WILSON = re.compile(r"\bwilson\b", re.IGNORECASE)
_WITHOUT_WILSON = re.compile(r"\b(?:not|no|already|instead of)\b|n't", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the asker wants to see: exact limits, Wilson's beside them, the sources."""

    exact: bool = False
    wilson: bool = False
    rest: int = 0  # questions beyond those that are answered
    asked: Echo | None = None  # of what was told before; it has to be spoken of


def echo_of(question: Question) -> Echo | None:
    """What a follow-up wants of the last thing told; None where nothing was told."""
    return echo_in(question.text) if question.thread else None


def wish_of(reading: Reading, echo: Echo | None) -> Wish:
    """How the words of a message and its echo want the answer."""
    part = reading.whole
    wilson = _WANTS_WILSON.search(part.text) is not None
    return Wish(
        exact="interval" in part.asks_for or echo == "interval",
        asked=echo,
        rest=reading.left_out,
        wilson=wilson and _WITHOUT_WILSON.search(part.text) is None,
    )
