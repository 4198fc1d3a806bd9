"""Makes a second key by hand: it likes each label as much as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from bot.understanding.second_key import Card, SecondKey


def make_key(bias: Mapping[str, int], **changes: Any) -> SecondKey:
    """A key without weights: every question has the same margins, in tenths."""
    fields = {
        "labels": list(bias),
        "buckets": 1,
        "scale": 10.0,
        "bias": list(bias.values()),
        "trained_on": "2026-11-22",
        "questions": 0,
        "bank": "0123456789ab",
        "trust": {"intercept": 2.0},
        "alarms": {},
        "thresholds": {},
        "procedure": "by hand",
    }
    card = Card.model_validate({**fields, **changes})
    none = np.empty(0)
    starts = np.zeros(2, dtype=np.int64)
    return SecondKey(card, starts, none.astype(np.uint16), none.astype(np.int8))
