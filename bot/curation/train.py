"""Trains the second key on the question bank, offline, with scikit-learn.

One linear support vector machine for each label against the rest (Fan et al. 2008),
on hashed features (Weinberger et al. 2009); weights rounded to whole numbers and the
small ones dropped, so that what is stored is a few megabytes and the same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC

from bot.curation.bank import Asked
from bot.understanding.features import features_of
from bot.understanding.reading import read
from bot.understanding.second_key import bucket_of
from bot.understanding.vocabulary import Vocabulary


BUCKETS = 2**18  # rows that features are hashed into; stored, about two megabytes
STEPS = 127  # whole-number weights lie between -127 and 127: one byte each
COST = 1.0  # LIBLINEAR's default; held out, 0.3 lost 1.5 points and 3 lost 0.1
SEED = 7  # any; fixed so that training is reproducible


@dataclass(frozen=True)
class Trained:
    """Weights as trained: whole numbers, a scale and a bias for each label."""

    labels: tuple[str, ...]
    weights: sparse.csr_matrix  # buckets by labels, int8
    bias: tuple[int, ...]
    scale: float


def rows_of(questions: Sequence[Asked], vocabulary: Vocabulary) -> sparse.csr_matrix:
    """One row per question, each bucket 1/√n where the question has its feature."""
    columns: list[npt.NDArray[Any]] = []
    for asked in questions:
        whole = read(asked.as_question(), vocabulary).whole
        found = {bucket_of(feature, BUCKETS) for feature in features_of(whole)}
        columns.append(np.array(sorted(found), dtype=np.int32))
    lengths = np.array([len(found) for found in columns])
    values = np.repeat(1.0 / np.sqrt(np.maximum(lengths, 1)), lengths)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    shape = (len(columns), BUCKETS)
    return sparse.csr_matrix((values, np.concatenate(columns), ends), shape=shape)


def train(rows: sparse.csr_matrix, questions: Sequence[Asked]) -> Trained:
    """Train one machine per label and round its weights to whole numbers."""
    binarizer = MultiLabelBinarizer()
    wanted = binarizer.fit_transform([asked.labels for asked in questions])
    machine = LinearSVC(C=COST, random_state=SEED)
    fitted = OneVsRestClassifier(machine, n_jobs=-1).fit(rows, wanted)
    weights = np.vstack([one.coef_ for one in fitted.estimators_]).T
    bias = np.array([one.intercept_[0] for one in fitted.estimators_])
    scale = float(STEPS / np.abs(weights).max())
    rounded = np.round(weights * scale).astype(np.int8)
    return Trained(
        labels=tuple(map(str, binarizer.classes_)),
        weights=sparse.csr_matrix(rounded),
        bias=tuple(int(one) for one in np.round(bias * scale)),
        scale=scale,
    )


def margins(trained: Trained, rows: sparse.csr_matrix) -> npt.NDArray[np.float64]:
    """Margins of each label for each row, as `SecondKey.scores` computes them."""
    total = rows @ trained.weights.astype(np.float64)
    dense = np.asarray(total.todense()) + np.array(trained.bias)
    found: npt.NDArray[np.float64] = dense / trained.scale
    return found
