from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.errors import UnreadableFileError
from bot.understanding.second_key import CARD, WEIGHTS, Card, SecondKey, bucket_of


BUCKETS = 64
LAMP, EYES = bucket_of("w:lamp", BUCKETS), bucket_of("w:eyes", BUCKETS)


def make_card(**changes: Any) -> Card:
    fields = {
        "labels": ["brightness", "eye-strain", "outside"],
        "buckets": BUCKETS,
        "scale": 10.0,
        "bias": [-5, -5, -2],
        "trained_on": "2026-11-22",
        "questions": 2,
        "bank": "0123456789ab",
        "trust": {},
        "alarms": {},
        "thresholds": {},
        "procedure": "by hand",
    }
    return Card.model_validate({**fields, **changes})


def write_key(directory: Path, card: Card | None = None) -> None:
    """Lamp speaks for the first label; eyes for the second and against the first."""
    rows: dict[int, list[tuple[int, int]]] = {LAMP: [(0, 20)], EYES: [(0, -3), (1, 30)]}
    filled = [rows.get(bucket, []) for bucket in range(BUCKETS)]
    np.savez_compressed(
        directory / WEIGHTS,
        lengths=np.array([len(row) for row in filled], dtype=np.uint16),
        labels=np.array([label for row in filled for label, _ in row], dtype=np.uint16),
        weights=np.array(
            [weight for row in filled for _, weight in row], dtype=np.int8
        ),
    )
    text = (card or make_card()).model_dump_json()
    (directory / CARD).write_text(text, "utf-8")


@pytest.fixture
def key(tmp_path: Path) -> SecondKey:
    write_key(tmp_path)
    loaded = SecondKey.load(tmp_path)
    assert loaded is not None
    return loaded


def test_a_pack_without_weights_has_no_second_key(tmp_path: Path) -> None:
    assert SecondKey.load(tmp_path) is None


def test_each_feature_adds_its_weights_by_the_root_of_their_number(
    key: SecondKey,
) -> None:
    assert list(key.margins(["w:lamp"])) == pytest.approx([1.5, -0.5, -0.2])
    assert key.margins(["w:lamp", "w:eyes"])[0] == pytest.approx((17 / 2**0.5 - 5) / 10)


def test_a_feature_counts_once(key: SecondKey) -> None:
    twice, once = key.margins(["w:lamp", "w:lamp"]), key.margins(["w:lamp"])

    assert list(twice) == list(once)


def test_without_a_known_feature_the_bias_decides(key: SecondKey) -> None:
    assert bucket_of("w:zebra", BUCKETS) not in {LAMP, EYES}
    assert list(key.margins(["w:zebra"])) == [-0.5, -0.5, -0.2]


def test_without_any_feature_the_bias_decides(key: SecondKey) -> None:
    assert list(key.margins([])) == [-0.5, -0.5, -0.2]


def test_a_key_just_trained_scores_as_the_key_that_is_read_again(
    key: SecondKey, tmp_path: Path
) -> None:
    sparse = pytest.importorskip("scipy.sparse")
    matrix = sparse.csr_matrix((BUCKETS, 3), dtype=np.int64).tolil()
    matrix[LAMP, 0], matrix[EYES, 0], matrix[EYES, 1] = 20, -3, 30

    trained = SecondKey.of(make_card(), matrix.tocsr())

    features = ["w:lamp", "w:eyes", "w:zebra"]
    assert list(trained.margins(features)) == list(key.margins(features))
    assert (tmp_path / WEIGHTS).is_file()


@pytest.mark.parametrize("labels", [2**16 - 1, 2**16, 2**16 + 1])
def test_a_key_tells_more_labels_apart_than_two_bytes_can(labels: int) -> None:
    sparse = pytest.importorskip("scipy.sparse")
    last = ([50, 20], [labels - 1, 0], [0] * (LAMP + 1) + [2] * (BUCKETS - LAMP))
    matrix = sparse.csr_matrix(last, shape=(BUCKETS, labels))
    names = tuple(map(str, range(labels)))
    card = make_card(labels=names, bias=(0,) * labels)

    margins = SecondKey.of(card, matrix).margins(["w:lamp"])

    assert (margins[-1], margins[0], margins[1]) == (5.0, 2.0, 0.0)


@pytest.mark.parametrize("weight", [128, -129, 0.5])
def test_weights_that_do_not_fit_into_a_byte_are_refused(weight: float) -> None:
    sparse = pytest.importorskip("scipy.sparse")
    matrix = sparse.csr_matrix(([weight], ([LAMP], [0])), shape=(BUCKETS, 3))

    with pytest.raises(ValueError, match="from -128 to 127"):
        SecondKey.of(make_card(), matrix)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"labels": ["a"], "bias": [0]}, id="fewer labels"),
        pytest.param({"bias": [0]}, id="fewer biases"),
        pytest.param({"buckets": 2 * BUCKETS}, id="more buckets"),
    ],
)
def test_weights_of_another_card_are_refused(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    write_key(tmp_path, make_card(**changes))

    with pytest.raises(UnreadableFileError, match="belong to another card"):
        SecondKey.load(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param(WEIGHTS, b"not a key", id="no weights"),
        pytest.param(CARD, b"{}", id="an empty card"),
        pytest.param(CARD, b"\xff", id="a card that is not UTF-8"),
    ],
)
def test_a_key_that_cannot_be_read_says_how_to_make_a_new_one(
    tmp_path: Path, name: str, content: bytes
) -> None:
    write_key(tmp_path)
    (tmp_path / name).write_bytes(content)

    with pytest.raises(UnreadableFileError, match="run becar7 train"):
        SecondKey.load(tmp_path)


def test_weights_without_their_card_cannot_be_read(tmp_path: Path) -> None:
    write_key(tmp_path)
    (tmp_path / CARD).unlink()

    with pytest.raises(UnreadableFileError, match="run becar7 train"):
        SecondKey.load(tmp_path)


def test_weights_that_lack_a_part_cannot_be_read(tmp_path: Path) -> None:
    write_key(tmp_path)
    np.savez(tmp_path / "half.npz", lengths=np.zeros(BUCKETS))
    shutil.move(tmp_path / "half.npz", tmp_path / WEIGHTS)

    with pytest.raises(UnreadableFileError, match="run becar7 train"):
        SecondKey.load(tmp_path)


def test_a_feature_has_the_same_bucket_on_every_machine() -> None:
    assert bucket_of("w:lamp", 2**16) == 45447
