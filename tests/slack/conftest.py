from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes import CannedAnswers, FakeSlack
from tests.make import make_composition
from tests.slack.door import Door, open_door


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack().serving() as fake:
        yield fake


@pytest.fixture
def answers() -> CannedAnswers:
    return CannedAnswers(entries={"gauges-lost": make_composition(answer="Two. [1]")})


@pytest.fixture
async def door(slack: FakeSlack, answers: CannedAnswers) -> AsyncIterator[Door]:
    async with open_door(slack, answers) as opened:
        yield opened
