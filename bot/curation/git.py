"""Asks git, where a pack lies in a checkout; what it refuses is one sentence."""

from __future__ import annotations

import shutil
import subprocess  # git alone is started  # nosec B404
from dataclasses import dataclass
from pathlib import Path

from bot.errors import CurationError


@dataclass(frozen=True, slots=True)
class Git:
    """Git, working in a folder."""

    directory: Path

    def run(self, *words: str, given: bytes = b"") -> bytes:
        """What git printed; a CurationError with its own last line if it refused."""
        program = shutil.which("git")
        if program is None:
            raise CurationError("git is not installed: install it, or use two folders")
        ran = subprocess.run(  # noqa: S603  our own words, and no shell  # nosec B603
            [program, "-C", str(self.directory), *words],
            input=given,
            capture_output=True,
            check=False,
        )
        if ran.returncode != 0:
            said = ran.stderr.decode(errors="replace").strip().splitlines()
            raise CurationError(f"git {words[0]}: {said[-1] if said else 'refused'}")
        return ran.stdout

    def line(self, *words: str) -> str:
        """What git printed, as one line."""
        return self.run(*words).decode(errors="replace").strip()

    def top(self) -> Path | None:
        """The top folder of the checkout; None where the folder is in none."""
        try:
            return Path(self.line("rev-parse", "--show-toplevel")).resolve()
        except CurationError:
            return None
