from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.journal.journal import Journal, open_journal
from tests.journal.kept import Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/journal.sqlite3"


@pytest.fixture
async def journal(address: str, watch: Watch) -> AsyncIterator[Journal]:
    async with open_journal(address, watch) as opened:
        yield opened
