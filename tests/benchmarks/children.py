"""Starts a process for each thing measured, and talks to it in JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bot.settings import ROOT


_SURROUNDINGS = {
    "PYTHONPATH": str(ROOT),
    "HF_HUB_OFFLINE": "1",  # models come from packages, never from a hub
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "TOKENIZERS_PARALLELISM": "false",  # one question at a time, as in use
}


def ask_child(module: str, *arguments: str, request: Any) -> Any:
    """What a module answers to one request, in a fresh process."""
    ran = subprocess.run(  # noqa: S603  our own modules
        [sys.executable, "-m", module, *arguments],
        input=json.dumps(request),
        cwd=ROOT,
        env=_SURROUNDINGS,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    if ran.returncode:
        sys.stderr.write(ran.stderr)
        ran.check_returncode()
    return json.loads(ran.stdout)
