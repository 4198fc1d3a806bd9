"""The promise of the journal, shown in short; `python -m tests.faults` is the long form."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.plan import Plan
from tests.faults.run import fault_run
from tests.faults.verdict import Verdict


pytestmark = pytest.mark.faults

ON_A_FILE = Plan(questions=300, kills=4, freezes=0, patience=90)
ON_A_SERVER = Plan(
    questions=300,
    kills=4,
    freezes=1,
    restarts=1,
    database="postgres",
    replicas=2,
    patience=90,
)


def told(verdict: Verdict) -> str:
    return "\n".join(verdict.lines())


@pytest.mark.parametrize(
    "plan", [pytest.param(ON_A_FILE, id="file"), pytest.param(ON_A_SERVER, id="server")]
)
async def test_every_acknowledged_question_has_one_reply_and_one_row(
    plan: Plan, folder: Path
) -> None:
    verdict = await fault_run(plan, folder, lambda _: None)
    sys.stdout.write(told(verdict))

    assert verdict.acknowledged > plan.questions * 0.9
    assert verdict.failures() == (), told(verdict)
