"""What holds for every test: in CI nothing is skipped unseen.

Where Chromium is, and which package brings it, says tests.workspace.surroundings.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from bot.knowledge.load import Knowledge, load
from tests.workspace.surroundings import in_ci


TINY = Path(__file__).parent / "packs" / "tiny"
MAY_SKIP = "needs_shared"


def pytest_configure(config: pytest.Config) -> None:
    line = f"{MAY_SKIP}: reads ../shared, and may be skipped in CI where it is absent"
    config.addinivalue_line("markers", line)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.get_closest_marker(MAY_SKIP) is None:
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


def _refuse_skipping(report: pytest.TestReport | pytest.CollectReport) -> None:
    if in_ci() and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        report.outcome = "failed"
        report.longrepr = f"A skip is a failure in CI. {reason}"
