"""Keeps finished pictures on disk, each named by the hash of what it was made from."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


class Prints:
    """A folder of finished pictures; what is missing or cannot be kept is made anew."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def made(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The picture of that name as it was kept, or as it is made now."""
        place = self._directory / name
        with suppress(OSError):
            return place.read_bytes()
        picture = make()
        with suppress(OSError):  # a full or read-only disk is no trouble
            self._directory.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                dir=self._directory, delete=False
            ) as draft:
                draft.write(picture)
            Path(draft.name).replace(place)
        return picture
