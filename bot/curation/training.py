"""Trains a pack's second key on its bank and writes it down: `becar7 train`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.answering.matches import Found
from bot.curation.bank import bank_hash, described, read_bank, unknown_targets
from bot.curation.calibrate import (
    LEVEL,
    RISK,
    alarm_weights,
    thresholds,
    trust_weights,
    trusted,
)
from bot.curation.crossfit import FOLDS, Held, crossfit
from bot.curation.train import BUCKETS, Trained, rows_of, train
from bot.errors import DanglingReferenceError
from bot.knowledge.load import load
from bot.understanding.second_key import CARD, WEIGHTS, Card, kind_of_label
from bot.understanding.vocabulary import Vocabulary


PROCEDURE = (
    f"Learn-then-Test, fixed sequence, exact binomial test at level {LEVEL}: at most"
    f" {RISK:.1%} of all messages get an answer that is not the one wanted, by the"
    f" labels of the bank, on questions the key never met ({FOLDS} folds: whole voices,"
    " mixed files by question)"
)


def run(directory: Path) -> Card:
    """Train on the whole bank of a pack and write weights and card beside it."""
    knowledge = load(directory)
    bank = read_bank(directory)
    unknown = unknown_targets(bank, knowledge)
    if unknown:
        raise DanglingReferenceError({"the question bank": sorted(unknown)})
    vocabulary = Vocabulary(knowledge.concepts.values(), knowledge.shared)
    held = tuple(crossfit(bank, knowledge, vocabulary))
    trust = trust_weights(held)
    held = tuple(retrusted(one, trust) for one in held)
    alarms = alarm_weights(held)
    shown = (*bank, *described(knowledge))
    trained = train(rows_of(shown, vocabulary), shown)
    card = Card(
        labels=trained.labels,
        buckets=BUCKETS,
        scale=trained.scale,
        bias=trained.bias,
        trained_on=dt.datetime.now(dt.UTC).date().isoformat(),
        questions=len(bank),
        bank=bank_hash(directory),
        trust=trust,
        alarms=alarms,
        thresholds=thresholds(held, knowledge, alarms),
        procedure=PROCEDURE,
    )
    write(directory, trained, card)
    return card


def retrusted(held: Held, weights: Mapping[str, float]) -> Held:
    """The same question with its matches trusted by other weights."""
    found = held.found
    anew = Found(
        whole=trusted(found.whole, weights),
        parts=tuple(trusted(part, weights) for part in found.parts),
        asked=None if found.asked is None else trusted(found.asked, weights),
    )
    return replace(held, found=anew)


def write(directory: Path, trained: Trained, card: Card) -> None:
    """Store weights row by row, and the card that says what they are."""
    weights = trained.weights
    weights.sort_indices()
    kind = kind_of_label(len(card.labels))
    np.savez_compressed(
        directory / WEIGHTS,
        lengths=np.diff(weights.indptr).astype(kind),
        labels=weights.indices.astype(kind),
        weights=weights.data.astype(np.int8),
    )
    (directory / CARD).write_text(card.model_dump_json(indent=1) + "\n", "utf-8")
