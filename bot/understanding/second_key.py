"""The second key: a linear classifier that read the question bank, offline.

Its weights are small whole numbers, so the same question has the same score on any
machine.  Training is `becar7 train`; here is only the sparse product.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from bot.errors import UnreadableFileError


WEIGHTS = "second-key.npz"
CARD = "second-key.json"

Whole: TypeAlias = npt.NDArray[np.int64]


class Card(BaseModel):
    """What the second key was trained on, and where it may be trusted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: tuple[str, ...]  # entry ids, boundary:…, outside, clarify
    buckets: int  # features are hashed into so many rows
    scale: float  # whole-number weights per unit of margin
    bias: tuple[int, ...]
    trained_on: str  # day
    questions: int
    bank: str  # content hash of the question bank
    trust: Mapping[str, float]  # weights of the signs in bot.answering.matching
    alarms: Mapping[str, Mapping[str, float]]  # of each boundary, likewise
    thresholds: Mapping[str, float]  # see bot.answering.decide.Thresholds
    procedure: str  # how the thresholds were chosen, with its guarantee


@dataclass(frozen=True)
class SecondKey:
    """Scores every label for a list of features."""

    card: Card
    _starts: Whole  # row of each bucket: where its weights begin
    _labels: npt.NDArray[np.uint16]
    _weights: npt.NDArray[np.int8]

    @classmethod
    def of(cls, card: Card, weights: Any) -> SecondKey:
        """A key over a sparse matrix of buckets by labels, rows compressed."""
        weights.sort_indices()
        return cls(
            card,
            weights.indptr.astype(np.int64),
            weights.indices.astype(np.uint16),
            weights.data.astype(np.int8),
        )

    @classmethod
    def load(cls, directory: Path) -> SecondKey | None:
        """Read the weights of a pack; None where a pack has none."""
        path = directory / WEIGHTS
        if not path.is_file():
            return None
        try:
            card = Card.model_validate_json((directory / CARD).read_text("utf-8"))
            with np.load(path, allow_pickle=False) as stored:
                return cls(
                    card,
                    np.concatenate([[0], np.cumsum(stored["lengths"], dtype=np.int64)]),
                    stored["labels"],
                    stored["weights"],
                )
        except (
            OSError,
            ValueError,
            KeyError,
            EOFError,
            BadZipFile,
            zlib.error,
        ) as error:
            reason = "the second key cannot be read: run becar7 train"
            raise UnreadableFileError(path, 1, reason) from error

    @cached_property
    def _bias(self) -> npt.NDArray[np.int64]:
        return np.array(self.card.bias, dtype=np.int64)

    def scores(self, features: Sequence[str]) -> Mapping[str, float]:
        """The margin of each label, best first: above 0 is more for than against.

        Margins are those of one-against-the-rest linear support vector machines
        (Fan et al. 2008, LIBLINEAR) over features of length-normalised weight.
        """
        buckets = [bucket_of(feature, self.card.buckets) for feature in features]
        rows = np.unique(np.array(buckets, dtype=np.int64))
        places = _ranges(self._starts[rows], self._starts[rows + 1])
        total = np.bincount(
            self._labels[places],
            weights=self._weights[places],
            minlength=len(self.card.labels),
        )
        length = max(1.0, float(len(rows))) ** 0.5
        margins = (total / length + self._bias) / self.card.scale
        order = np.lexsort((np.arange(len(margins)), -margins))
        return {self.card.labels[i]: float(margins[i]) for i in order}


def bucket_of(feature: str, buckets: int) -> int:
    """The row of a feature: a checksum, the same on every machine."""
    return zlib.crc32(feature.encode()) % buckets


def _ranges(starts: Whole, ends: Whole) -> Whole:
    """All whole numbers from each start up to, not including, its end."""
    lengths = ends - starts
    if not lengths.any():
        return np.empty(0, dtype=np.int64)
    before = np.repeat(np.cumsum(lengths) - lengths, lengths)
    places: Whole = np.arange(lengths.sum()) - before + np.repeat(starts, lengths)
    return places
