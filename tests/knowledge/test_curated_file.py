from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import UnreadableFileError
from bot.knowledge.curated_file import CuratedFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.yaml"


def written(path: Path, text: str) -> CuratedFile:
    path.write_text(text, "utf-8")
    return CuratedFile.read(path)


def test_yes_no_and_on_are_the_words_they_are(path: Path) -> None:
    file = written(path, "on: yes\noff: no\nreally: true\nnever: false\n")

    assert file.data == {"on": "yes", "off": "no", "really": True, "never": False}


def test_a_part_is_found_and_has_its_line(path: Path) -> None:
    file = written(path, "facts:\n  - id: a\n  - id: b\n    label: B\n")

    assert file.part(("facts", 1, "label")) == "B"
    assert file.line_of(("facts", 1, "label")) == 4


@pytest.mark.parametrize(
    ("location", "line"),
    [
        pytest.param(("facts", 0, "label"), 2, id="a missing key stands at its entry"),
        pytest.param(("facts", 1), 2, id="the entry after the last one"),
        pytest.param(("facts", 9), 2, id="a missing entry stands at its list"),
        pytest.param(("facts", "id"), 2, id="a list has no keys"),
        pytest.param(("facts", 0, "id", "k"), 2, id="a word has no parts"),
        pytest.param(("gaps",), 1, id="a missing list stands at the top"),
        pytest.param((), 1, id="the whole"),
    ],
)
def test_what_is_not_written_has_the_line_of_what_surrounds_it(
    path: Path, location: tuple[str | int, ...], line: int
) -> None:
    file = written(path, "facts:\n  - id: a\n")

    assert file.line_of(location) == line


def test_an_empty_file_holds_nothing_and_begins_at_line_one(path: Path) -> None:
    file = written(path, "# only a remark\n")

    assert file.data is None
    assert file.line_of(("facts", 0)) == 1
    assert list(file.repeated_keys()) == []


def test_a_key_written_twice_is_found_at_any_depth(path: Path) -> None:
    file = written(path, "a: 1\nb:\n  - c: 1\n    d: 2\n    c: 3\na: 2\n")

    assert sorted(file.repeated_keys()) == [(5, "c"), (6, "a")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("facts:\n  - id: [a\n", 3, id="a bracket left open"),
        pytest.param("facts:\n\t- id: a\n", 2, id="a tab"),
        pytest.param("a: 1\nb: c: d\n", 2, id="two colons"),
        pytest.param("a: 1\n---\nb: 2\n", 2, id="two documents"),
        pytest.param("a: !!python/name:os.system x\n", 1, id="a command"),
        pytest.param("a: *nowhere\n", 1, id="an anchor nobody set"),
    ],
)
def test_what_is_not_yaml_is_refused_with_its_line(
    path: Path, text: str, line: int
) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        written(path, text)

    assert (refused.value.path, refused.value.line) == (path, line)
    assert refused.value.reason.startswith("not YAML: ")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("label: Grüße".encode("latin-1"), id="latin-1"),
        pytest.param("label: a".encode("utf-16"), id="utf-16"),
        pytest.param(b"label: \x07\n", id="a bell"),
        pytest.param(b"on: 2026-13-45\n", id="a thirteenth month"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(
        UnreadableFileError, match="not readable as UTF-8 YAML"
    ) as refused:
        CuratedFile.read(path)

    assert "\n" not in str(refused.value)
