"""What a picture plots as a table, and the table as comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TypeAlias


Record: TypeAlias = Mapping[str, str]  # column: cell


def csv_of(records: Sequence[Record]) -> str:
    """The records with one heading line, in the order of their columns (RFC 4180)."""
    columns = list(dict.fromkeys(name for record in records for name in record))
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(records)
    return written.getvalue()
