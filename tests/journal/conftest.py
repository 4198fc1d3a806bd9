from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.journal.journal import Journal, open_journal
from tests.journal.kept import Watch
from tests.journal.postgres import Cluster, running_cluster


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


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as running:
        yield running


@pytest.fixture
def postgres(cluster: Cluster) -> str:
    """The address of an empty database."""
    return cluster.database(f"test_{secrets.token_hex(4)}")
