from __future__ import annotations

from pathlib import Path

import pytest

from bot.answering.contacts import Contacts, load_contacts
from bot.errors import UnreadableFileError


WHOLE = """\
emergency: {says: the ward registrar, checked: 2026-11-01, example: true}
on_call: {says: the study team, checked: 2026-11-02}
reporting: {says: the safety desk, checked: 2026-11-03}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "contacts.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_contact_is_found_by_what_it_is_needed_for(tmp_path: Path) -> None:
    contacts = load_contacts(written(tmp_path, WHOLE))

    found = [contacts.of(need) for need in ("emergency", "on-call", "reporting")]
    assert [one.says for one in found if one] == [
        "the ward registrar",
        "the study team",
        "the safety desk",
    ]
    assert contacts.missing() == ()
    assert contacts.examples() == ("emergency",)


@pytest.mark.parametrize("text", ["", "# nobody yet\n"])
def test_an_empty_file_names_nobody(tmp_path: Path, text: str) -> None:
    assert load_contacts(written(tmp_path, text)) == Contacts()


def test_without_a_file_everybody_is_missing() -> None:
    contacts = load_contacts(None)

    assert contacts.missing() == ("emergency", "on-call", "reporting")
    assert contacts.examples() == ()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no contacts file here"):
        load_contacts(tmp_path / "contacts.yaml")


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        pytest.param(("on_call:", "oncall:"), 2, "oncall: Extra", id="unknown need"),
        pytest.param(("2026-11-03", "lately"), 3, "reporting.checked: ", id="no day"),
        pytest.param(("on_call: {", "on_call: ["), 2, "not YAML", id="broken YAML"),
    ],
)
def test_a_bad_file_is_refused_with_line_and_reason(
    tmp_path: Path, change: tuple[str, str], line: int, reason: str
) -> None:
    path = written(tmp_path, WHOLE.replace(*change))

    with pytest.raises(UnreadableFileError) as refused:
        load_contacts(path)

    assert refused.value.line == line
    assert reason in refused.value.reason
