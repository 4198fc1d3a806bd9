"""The second key: a linear classifier that read the question bank, offline.

Its weights are small whole numbers, so the same question has the same score on any
machine.  Training is `becar7 train`; here is only the sparse product.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
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
Margins: TypeAlias = npt.NDArray[np.float64]


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
    _labels: npt.NDArray[np.unsignedinteger]
    _weights: npt.NDArray[np.int8]

    @classmethod
    def of(cls, card: Card, weights: Any) -> SecondKey:
        """A key over a sparse matrix of buckets by labels, rows compressed.

        Raises ValueError where a weight is no whole number of one byte.
        """
        weights.sort_indices()
        small = weights.data.astype(np.int8)
        if not np.array_equal(small, weights.data):
            raise ValueError(
                "weights must be whole numbers from -128 to 127: scale them"
            )
        labels = weights.indices.astype(kind_of_label(len(card.labels)))
        return cls(card, weights.indptr.astype(np.int64), labels, small)

    @classmethod
    def load(cls, directory: Path) -> SecondKey | None:
        """Read the weights of a pack; None where a pack has none."""
        path = directory / WEIGHTS
        if not path.is_file():
            return None
        try:
            card = Card.model_validate_json((directory / CARD).read_text("utf-8"))
            with np.load(path, allow_pickle=False) as stored:
                ends = np.cumsum(stored["lengths"], dtype=np.int64)
                starts = np.concatenate([[0], ends])
                key = cls(card, starts, stored["labels"], stored["weights"])
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
        if not key.fits:
            reason = "these weights belong to another card: run becar7 train"
            raise UnreadableFileError(path, 1, reason)
        return key

    @property
    def fits(self) -> bool:
        """Whether the weights are as many as the card's buckets and labels ask for."""
        labels, buckets = len(self.card.labels), self.card.buckets
        return (
            len(self._starts) == buckets + 1
            and self._starts[-1] == len(self._labels) == len(self._weights)
            and len(self.card.bias) == labels > int(self._labels.max(initial=0))
        )

    @cached_property
    def _bias(self) -> npt.NDArray[np.int64]:
        return np.array(self.card.bias, dtype=np.int64)

    def margins(self, features: Iterable[str]) -> Margins:
        """The margin of each label, in the order of the card; above 0 speaks for it.

        Margins are those of one-against-the-rest linear support vector machines
        (Fan et al. 2008, LIBLINEAR) over features of length-normalised weight.
        """
        buckets = {bucket_of(feature, self.card.buckets) for feature in features}
        length = max(1.0, float(len(buckets))) ** 0.5
        total = self._total(np.array(list(buckets), dtype=np.int64))
        found: Margins = (total / length + self._bias) / self.card.scale
        return found

    def _total(self, rows: Whole) -> Margins:
        """The sum of the weights of some rows, for each label."""
        starts, ends = self._starts[rows].tolist(), self._starts[rows + 1].tolist()
        spans = [slice(*bounds) for bounds in zip(starts, ends, strict=True)]
        labels = [self._labels[:0], *(self._labels[span] for span in spans)]
        weights = [self._weights[:0], *(self._weights[span] for span in spans)]
        total = np.bincount(
            np.concatenate(labels),
            np.concatenate(weights, dtype=np.float64),
            minlength=len(self.card.labels),
        )
        return total.astype(np.float64, copy=False)


def bucket_of(feature: str, buckets: int) -> int:
    """The row of a feature: a checksum, the same on every machine."""
    return zlib.crc32(feature.encode()) % buckets


def kind_of_label(labels: int) -> type[np.unsignedinteger]:
    """The kind of number that counts so many labels: of two bytes, or of four."""
    return np.uint16 if labels <= np.iinfo(np.uint16).max else np.uint32
