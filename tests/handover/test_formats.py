from __future__ import annotations

import csv
import io
import json

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from fhir.resources.bundle import Bundle

from bot.handover.formats import FORMATS
from bot.handover.table import COLUMNS
from bot.knowledge.load import Knowledge


def test_no_two_formats_are_known_by_the_same_file() -> None:
    files = [one.file for one in FORMATS.values()]

    assert len(set(files)) == len(files)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_in_utf_8_and_ends_its_last_line(
    real: Knowledge, name: str
) -> None:
    assert FORMATS[name].write(real).decode("utf-8").endswith("\n")


def test_the_table_says_that_it_is_utf_8_so_that_a_spreadsheet_knows(
    tiny: Knowledge,
) -> None:
    written = FORMATS["csv"].write(tiny)

    assert written.startswith(b"\xef\xbb\xbf")
    rows = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert next(rows) == list(COLUMNS)


def test_ris_ends_its_lines_and_parts_its_records_as_its_specification_says(
    tiny: Knowledge,
) -> None:
    written = FORMATS["ris"].write(tiny).decode()

    assert written.count("\r\n") == written.count("\n")
    assert written.count("\r\nER  - \r\n\r\n") == len(tiny.sources)
    assert [one["id"] for one in rispy.loads(written)] == list(tiny.sources)


def test_bibtex_holds_every_work(tiny: Knowledge) -> None:
    library = parse_string(FORMATS["bibtex"].write(tiny).decode())

    assert [entry.key for entry in library.entries] == list(tiny.sources)


def test_csl_json_holds_every_work(tiny: Knowledge) -> None:
    items = json.loads(FORMATS["csl-json"].write(tiny))

    assert [item["id"] for item in items] == list(tiny.sources)


def test_fhir_holds_trial_proportions_and_works(tiny: Knowledge) -> None:
    bundle = Bundle.model_validate_json(FORMATS["fhir"].write(tiny))

    assert len(bundle.entry or []) == 1 + 2 + len(tiny.sources)
