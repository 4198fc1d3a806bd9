"""Shows each voice of the bank to a key that was trained on other voices only."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from bot.answering.matches import Found
from bot.answering.matching import Matcher
from bot.curation.bank import Asked, described
from bot.curation.train import BUCKETS, Trained, rows_of, train
from bot.knowledge.load import Knowledge
from bot.understanding.boundaries import Signals, listen
from bot.understanding.reading import Reading, read
from bot.understanding.second_key import Card, SecondKey
from bot.understanding.vocabulary import Vocabulary


FOLDS = 4  # each costs most of a minute; three quarters of the bank train each key
MIXED = "mixed-"  # begins the name of a file in which many voices speak


@dataclass(frozen=True)
class Held:
    """A question with what a key that never met its voice made of it."""

    asked: Asked
    reading: Reading
    found: Found
    signals: Signals


def crossfit(
    bank: Sequence[Asked], knowledge: Knowledge, vocabulary: Vocabulary
) -> Iterator[Held]:
    """Every question of the bank, each judged by a key blind to its whole voice."""
    folds = np.array(_folds(bank))
    rows = rows_of(bank, vocabulary)
    own = tuple(described(knowledge))  # the pack's own words belong to no voice
    own_rows = rows_of(own, vocabulary)
    for fold in range(FOLDS):
        seen = [int(place) for place in np.flatnonzero(folds != fold)]
        shown = sparse.vstack([rows[seen], own_rows]).tocsr()
        trained = train(shown, [*(bank[i] for i in seen), *own])
        matcher = Matcher(knowledge, vocabulary, key_of(trained))
        for place in map(int, np.flatnonzero(folds == fold)):
            yield held(bank[place], vocabulary, matcher)


def _folds(bank: Sequence[Asked]) -> list[int]:
    """Whole voices in turn; a file of mixed voices is dealt out by question."""
    voices = sorted({asked.voice for asked in bank})
    fold_of = {voice: place % FOLDS for place, voice in enumerate(voices)}
    return [
        zlib.crc32(asked.question.encode()) % FOLDS
        if asked.voice.startswith(MIXED)
        else fold_of[asked.voice]
        for asked in bank
    ]


def held(asked: Asked, vocabulary: Vocabulary, matcher: Matcher) -> Held:
    """One question, read and matched."""
    reading = read(asked.as_question(), vocabulary)
    heard = listen(reading.whole, vocabulary)
    return Held(asked, reading, matcher.find(reading), heard)


def key_of(trained: Trained) -> SecondKey:
    """A second key in memory, without thresholds."""
    card = Card(
        labels=trained.labels,
        buckets=BUCKETS,
        scale=trained.scale,
        bias=trained.bias,
        trained_on="",
        questions=0,
        bank="",
        trust={},
        alarms={},
        thresholds={},
        procedure="",
    )
    return SecondKey.of(card, trained.weights)
