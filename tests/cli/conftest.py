from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings
from tests.cli.commands import Commands
from tests.conftest import TINY


@pytest.fixture
def becar7(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Commands:
    """The commands over the tiny pack, in an empty folder, at 80 columns."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BECAR7_{name.upper()}", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    commands = Commands(monkeypatch, capsys)
    cache = tmp_path.with_name(f"{tmp_path.name}-cache")
    commands.set(KNOWLEDGE_DIR=TINY, PORT=0, CACHE_DIR=cache)
    return commands
