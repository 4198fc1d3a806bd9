"""What holds for every test: in CI nothing is skipped unseen.

Where Chromium is, and which package brings it, says tests.workspace.surroundings.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from bot.answering.desk import Desk
from bot.knowledge.load import Knowledge, load
from bot.settings import ROOT
from bot.understanding.second_key import SecondKey
from tests.spoiling import Copy
from tests.workspace.surroundings import in_ci


TINY = Path(__file__).parent / "packs" / "tiny"
REAL = ROOT / "knowledge" / "be-car7"
MAY_SKIP = {
    "needs_shared": "reads ../shared, and may be skipped in CI where it is absent",
    "needs_engine": "builds a container image, and may be skipped where no engine runs",
}


def pytest_configure(config: pytest.Config) -> None:
    for name, reason in MAY_SKIP.items():
        config.addinivalue_line("markers", f"{name}: {reason}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not any(item.get_closest_marker(name) for name in MAY_SKIP):
        _refuse_skipping(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[
    None, pytest.CollectReport, pytest.CollectReport
]:
    report = yield
    _refuse_skipping(report)
    return report


@pytest.fixture(scope="session")
def tiny() -> Knowledge:
    """A second trial: other vocabulary, other measures, no second key."""
    return load(TINY)


@pytest.fixture
def pack(tmp_path: Path) -> Copy:
    """A copy of the second trial, to be spoiled."""
    return Copy.of(TINY, tmp_path)


@pytest.fixture(scope="session")
def tiny_desk(tiny: Knowledge) -> Desk:
    """A desk over the second trial, without contacts."""
    return Desk(tiny)


@pytest.fixture(scope="session")
def real() -> Knowledge:
    """The pack that we serve."""
    return load(REAL)


@pytest.fixture(scope="session")
def real_desk(real: Knowledge) -> Desk:
    """A desk over the pack that we serve, with its second key, without contacts."""
    return Desk(real, key=SecondKey.load(REAL))


def _refuse_skipping(report: pytest.TestReport | pytest.CollectReport) -> None:
    if in_ci() and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        report.outcome = "failed"
        report.longrepr = f"A skip is a failure in CI. {reason}"
