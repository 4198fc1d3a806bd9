from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.curated_file import CuratedFile
from bot.knowledge.load import load
from bot.knowledge.shelf import Shelf
from tests.spoiling import Copy


WRITTEN = "facts:\n  - id: one\n    on: 2026-11-22\n  - id: two\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(WRITTEN, "utf-8")
    return path


def test_a_pack_says_the_same_from_the_shelf(pack: Copy, shelf: Shelf) -> None:
    plain = load(pack.directory)
    first, second = load(pack.directory, shelf), load(pack.directory, shelf)

    assert first == plain
    assert second == plain


def test_lines_are_the_same_from_the_shelf(path: Path, shelf: Shelf) -> None:
    for _ in range(2):
        file = CuratedFile.read(path, shelf)

        assert [file.line_of(("facts", item)) for item in (0, 1)] == [2, 4]
        assert file.line_of(("facts", 0, "on")) == 3


def test_other_bytes_are_parsed_anew(path: Path, shelf: Shelf) -> None:
    CuratedFile.read(path, shelf)
    path.write_text(WRITTEN.replace("one", "other"), "utf-8")

    assert CuratedFile.read(path, shelf).data["facts"][0]["id"] == "other"


@pytest.mark.parametrize("spoiled", ["", "{", "[]", '{"data": 1}'])
def test_what_was_spoiled_is_parsed_anew(
    path: Path, shelf: Shelf, tmp_path: Path, spoiled: str
) -> None:
    told = CuratedFile.read(path, shelf)
    (kept,) = (tmp_path / "shelf").iterdir()
    kept.write_text(spoiled, "utf-8")

    assert CuratedFile.read(path, shelf) == told


def test_a_shelf_that_cannot_be_written_is_no_trouble(path: Path) -> None:
    nowhere = Shelf(path / "below-a-file")

    assert CuratedFile.read(path, nowhere).data["facts"][0]["id"] == "one"
