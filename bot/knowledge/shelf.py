"""Remembers what curated files said, by their bytes, so that a cold start is short."""

from __future__ import annotations

import hashlib
import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any


FORMAT = "1"  # counts up when what is kept changes its shape


class Shelf:
    """A folder of parsed files, each named by the hash of the bytes it came from.

    It only saves time: what is missing, spoiled or cannot be written is parsed anew.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def kept(self, written: bytes) -> dict[str, Any] | None:
        """What these bytes said, if it was kept."""
        try:
            found = json.loads(self._place(written).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        fits = isinstance(found, dict) and found.keys() == {"data", "lines"}
        return found if fits else None

    def keep(self, written: bytes, said: dict[str, Any]) -> None:
        """Keep what these bytes said; a full or read-only disk is no trouble."""
        with suppress(OSError):
            self._directory.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self._directory, delete=False
            ) as draft:
                json.dump(said, draft)
            Path(draft.name).replace(self._place(written))

    def _place(self, written: bytes) -> Path:
        digest = hashlib.sha256(FORMAT.encode() + written).hexdigest()
        return self._directory / f"{digest[:32]}.json"
