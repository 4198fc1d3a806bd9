from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: the database's user may not pass through that."""
    with tempfile.TemporaryDirectory(prefix="faults-") as fresh:
        path = Path(fresh)
        path.chmod(0o755)
        yield path
