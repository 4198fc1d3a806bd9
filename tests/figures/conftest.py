"""The galleries of both packs, their finished pictures in a folder of the test run."""

from __future__ import annotations

import pytest

from bot.figures.gallery import Gallery
from bot.figures.prints import Prints
from bot.knowledge.load import Knowledge


@pytest.fixture(scope="session")
def gallery(tiny: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """The pictures of the second trial."""
    return Gallery(tiny, Prints(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="session")
def real_gallery(real: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """The pictures of the pack that we serve."""
    return Gallery(real, Prints(tmp_path_factory.mktemp("real")))
