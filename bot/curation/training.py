"""Trains a pack's second key on its bank and writes it down: `becar7 train`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from bot.curation.bank import bank_hash, read_bank, unknown_targets
from bot.curation.train import BUCKETS, Trained, rows_of, train
from bot.errors import DanglingReferenceError
from bot.knowledge.load import load
from bot.understanding.second_key import CARD, WEIGHTS, Card
from bot.understanding.vocabulary import Vocabulary


def run(directory: Path, thresholds: Mapping[str, float], procedure: str) -> Card:
    """Train on the whole bank of a pack and write weights and card beside it."""
    knowledge = load(directory)
    bank = read_bank(directory)
    unknown = unknown_targets(bank, knowledge)
    if unknown:
        raise DanglingReferenceError({"the question bank": sorted(unknown)})
    vocabulary = Vocabulary(knowledge.concepts.values(), knowledge.shared)
    trained = train(rows_of(bank, vocabulary), bank)
    card = Card(
        labels=trained.labels,
        buckets=BUCKETS,
        scale=trained.scale,
        bias=trained.bias,
        trained_on=dt.datetime.now(dt.UTC).date().isoformat(),
        questions=len(bank),
        bank=bank_hash(directory),
        thresholds=dict(thresholds),
        procedure=procedure,
    )
    write(directory, trained, card)
    return card


def write(directory: Path, trained: Trained, card: Card) -> None:
    """Store weights row by row, and the card that says what they are."""
    weights = trained.weights
    weights.sort_indices()
    np.savez_compressed(
        directory / WEIGHTS,
        lengths=np.diff(weights.indptr).astype(np.uint16),
        labels=weights.indices.astype(np.uint16),
        weights=weights.data.astype(np.int8),
    )
    (directory / CARD).write_text(card.model_dump_json(indent=1) + "\n", "utf-8")
