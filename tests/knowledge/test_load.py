from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import DanglingReferenceError, UnreadableFileError
from bot.knowledge.load import Knowledge, load, read_pack
from bot.knowledge.model import Conflict, Fact, Gap
from bot.knowledge.version import served_files
from tests.conftest import TINY
from tests.spoiling import Change, Copy


def test_an_entry_is_found_by_its_id_whatever_it_is(tiny: Knowledge) -> None:
    assert isinstance(tiny.entry("eye-strain"), Fact)
    assert isinstance(tiny.entry("sleep"), Gap)
    assert isinstance(tiny.entry("twelve-or-fourteen"), Conflict)


def test_an_entry_that_nobody_wrote_is_a_key_error(tiny: Knowledge) -> None:
    with pytest.raises(KeyError, match="nothing"):
        tiny.entry("nothing")


def test_every_entry_is_told_where_it_is_written(tiny: Knowledge) -> None:
    place = tiny.places["gaps", "months-after"]

    line = place.path.read_text("utf-8").splitlines()[place.line - 1]
    assert line == "  - id: months-after"
    assert str(place) == f"{place.path}:{place.line}"


def test_a_fact_has_the_topic_of_its_file(tiny: Knowledge) -> None:
    assert tiny.topic("eye-strain") == "safety"


def test_a_list_may_lie_in_one_file_or_in_a_folder_of_files(pack: Copy) -> None:
    (pack.directory / "gaps").mkdir()
    (pack.directory / "gaps.yaml").rename(pack.directory / "gaps" / "all.yaml")

    assert list(load(pack.directory).gaps) == ["sleep", "months-after"]


def test_rules_for_shared_words_are_read(pack: Copy) -> None:
    pack.add(
        "shared-forms.yaml",
        "shared:\n  - {form: light, means: lamp, reason: seldom the level,"
        " unless_with: {brightness: brightness}}\n",
    )

    (rule,) = load(pack.directory).shared
    assert (rule.form, rule.means) == ("light", "lamp")
    assert rule.unless_with == {"brightness": "brightness"}


def test_the_same_files_have_the_same_version_wherever_they_lie(pack: Copy) -> None:
    assert load(pack.directory).version == load(TINY).version


@pytest.mark.parametrize(
    ("name", "more"),
    [
        pytest.param("gaps.yaml", "# a remark\n", id="a changed file"),
        pytest.param("facts/status.yaml", "facts: []\n", id="one file more"),
        pytest.param("second-key.json", "{}", id="what was learned"),
    ],
)
def test_any_served_byte_changes_the_version(pack: Copy, name: str, more: str) -> None:
    before = load(pack.directory).version

    pack.add(name, more)

    assert read_pack(pack.directory).version != before


def test_the_question_bank_is_not_served(pack: Copy) -> None:
    before = load(pack.directory).version

    pack.add("asked/voice.jsonl", "{}\n")

    assert load(pack.directory).version == before
    assert {path.suffix for path in served_files(pack.directory)} == {".yaml"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(
            ("gaps.yaml", "nearest: [eye-strain]", "nearest: [eye-strain"),
            "not YAML",
            id="broken YAML",
        ),
        pytest.param(
            ("trial.yaml", "sponsor:", "sponsors:"),
            "sponsor: Field required",
            id="unknown key",
        ),
        pytest.param(
            (
                "facts/safety.yaml",
                "certainty: paper",
                "certainty: paper\n    colour: red",
            ),
            "colour: Extra inputs",
            id="one key too many",
        ),
        pytest.param(
            ("facts/safety.yaml", "k: 3,", "k: 30,"),
            "30 of 20 is more than all",
            id="impossible",
        ),
        pytest.param(
            ("gaps.yaml", "gaps:", "holes:"), "must begin with 'gaps:'", id="no list"
        ),
        pytest.param(
            ("conflicts.yaml", "conflicts:", "remark: a\nconflicts:"),
            "unknown key remark",
            id="something beside the list",
        ),
        pytest.param(
            ("gaps.yaml", "id: months-after", "id: sleep"),
            "sleep is also written at",
            id="same id",
        ),
    ],
)
def test_a_pack_that_cannot_be_read_is_refused_with_file_and_reason(
    pack: Copy, change: Change, reason: str
) -> None:
    pack.change(*change)

    with pytest.raises(UnreadableFileError) as refused:
        load(pack.directory)

    assert refused.value.path == pack.directory / change[0]
    assert reason in refused.value.reason


def test_the_line_of_a_misfit_is_the_line_that_was_spoiled(pack: Copy) -> None:
    line = pack.change(
        "facts/design.yaml",
        "certainty: paper\n    related: [month",
        "certainty: sure\n    related: [month",
    )

    with pytest.raises(UnreadableFileError) as refused:
        load(pack.directory)

    assert refused.value.line == line


def test_an_entry_that_is_no_mapping_is_called_an_entry(pack: Copy) -> None:
    line = pack.add("gaps.yaml", "  - sleep\n")

    with pytest.raises(UnreadableFileError, match="entry: ") as refused:
        load(pack.directory)

    assert refused.value.line == line


@pytest.mark.parametrize("text", ["", "- a\n", "gaps:\n", "gaps: none\n"])
def test_a_file_that_holds_no_list_is_refused(pack: Copy, text: str) -> None:
    (pack.directory / "gaps.yaml").write_text(text, "utf-8")

    with pytest.raises(UnreadableFileError, match="a list below it"):
        load(pack.directory)


def test_a_file_that_is_not_utf_8_is_refused(pack: Copy) -> None:
    (pack.directory / "gaps.yaml").write_bytes(b"gaps:\n  - label: \xff\n")

    with pytest.raises(UnreadableFileError, match="UTF-8"):
        load(pack.directory)


def test_a_pack_that_is_not_there_says_which_setting_to_change(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="set BECAR7_KNOWLEDGE_DIR"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        pytest.param(
            ("facts/safety.yaml", "source: nowhere-report-2020", "source: nobody-2020"),
            {"eye-strain": ["nobody-2020"]},
            id="source of a fact",
        ),
        pytest.param(
            (
                "conflicts.yaml",
                "sources: [nowhere-newsletter-2020]",
                "sources: [nobody-2020]",
            ),
            {"twelve-or-fourteen": ["nobody-2020"]},
            id="source of a claim",
        ),
        pytest.param(
            ("facts/efficacy.yaml", "pair_with: eye-strain", "pair_with: harms"),
            {"month-without-migraine": ["harms"]},
            id="harms",
        ),
        pytest.param(
            (
                "facts/safety.yaml",
                "related: [month-without-migraine]",
                "related: [month]\n    subset_of: all",
            ),
            {"eye-strain": ["all", "month"]},
            id="relations",
        ),
        pytest.param(
            ("gaps.yaml", "nearest: [eye-strain]", "nearest: [eyes]"),
            {"sleep": ["eyes"]},
            id="nearest",
        ),
        pytest.param(
            ("conflicts.yaml", "facts: [month-without-migraine]", "facts: [month]"),
            {"twelve-or-fourteen": ["month"]},
            id="facts of a conflict",
        ),
        pytest.param(
            (
                "gaps.yaml",
                "measure: [afterwards]",
                "measure: [later]\n    aspect: [soon]",
            ),
            {"months-after": ["later", "soon"]},
            id="concepts of an entry",
        ),
        pytest.param(
            ("vocabulary.yaml", "broader: [migraine]", "broader: [pain]"),
            {"migraine-free": ["pain"]},
            id="broader concept",
        ),
    ],
)
def test_a_name_that_nobody_wrote_is_refused(
    pack: Copy, change: Change, missing: dict[str, list[str]]
) -> None:
    pack.change(*change)

    with pytest.raises(DanglingReferenceError) as refused:
        load(pack.directory)

    found = {entry: sorted(names) for entry, names in refused.value.missing.items()}
    assert found == {entry: sorted(names) for entry, names in missing.items()}
    assert "write what is missing, or correct the name" in str(refused.value)


def test_a_boundary_that_nobody_worded_is_refused(pack: Copy) -> None:
    boundaries = pack.directory / "boundaries.yaml"
    head, _, _ = boundaries.read_text("utf-8").partition("  - id: report")
    boundaries.write_text(head, "utf-8")

    with pytest.raises(DanglingReferenceError, match=r"boundaries\.yaml names report"):
        load(pack.directory)
