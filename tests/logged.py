"""What a test's log records look like once they are written as they are in use."""

from __future__ import annotations

import pytest

from bot.telemetry.logs import formatter


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """The lines of this test, as a person at a terminal would read them."""
    lines = formatter("console")
    return "\n".join(lines.format(record) for record in caplog.records)
