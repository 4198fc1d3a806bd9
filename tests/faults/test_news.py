"""News, corrections and digests through SIGKILL: each is told once, and written up once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.plan import Plan
from tests.faults.telling import PIECES, telling_run


pytestmark = pytest.mark.faults

QUIET = Plan(questions=0, kills=0, freezes=0, restarts=0, slack_faults="off")
ON_A_FILE = QUIET
ON_A_SERVER = Plan(
    questions=0,
    kills=0,
    freezes=0,
    restarts=0,
    slack_faults="off",
    database="postgres",
    replicas=2,
)


@pytest.mark.parametrize(
    "plan", [pytest.param(ON_A_FILE, id="file"), pytest.param(ON_A_SERVER, id="server")]
)
async def test_whoever_is_owed_news_is_told_once_whenever_the_app_is_killed(
    plan: Plan, folder: Path
) -> None:
    told = await telling_run(plan, folder)

    each = [f"piece-{number}" for number in range(PIECES)]
    assert told.said == dict.fromkeys(each, 1)
    assert told.states == dict.fromkeys(each, "told")
    assert told.written_up == dict.fromkeys(each, 1)
    assert told.verified is True
    assert not any(told.exits)
