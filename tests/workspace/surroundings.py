"""What the machine that runs the tests offers."""

from __future__ import annotations

import os
import shutil

import pytest


BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def in_ci() -> bool:
    """Whether a missing program is a failure instead of a skipped test."""
    return os.getenv("CI") == "true"


def chromium() -> str:
    """Where Chromium is; without it the test is skipped, or fails in CI."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing = pytest.fail if in_ci() else pytest.skip
        missing("Chromium is missing: install Debian's package “chromium”.")
    return found
