"""Writes what a command made into a file, whole or not at all."""

from __future__ import annotations

import sys
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

from bot.errors import SettingsError


def save(path: Path, made: bytes) -> None:
    """Put a file in place in one step; a SettingsError says why that cannot be."""
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(made)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise _unwritable(path, error, "name another file with -o") from error


def folder(path: Path) -> Path:
    """A folder to write into, made where it is missing."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error, "name another folder") from error
    return path


def print_out(made: bytes) -> None:
    """Write to standard output, byte for byte, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def nearest(said: str, known: list[str]) -> str:
    """What was probably meant, and all that there is to choose from."""
    close = get_close_matches(said.casefold(), known, n=1)
    meant = f"did you mean {close[0]}? " if close else ""
    return f"{meant}there are {', '.join(known)}"


def _unwritable(path: Path, error: OSError, advice: str) -> SettingsError:
    reason = (error.strerror or "cannot be written").lower()
    return SettingsError(f"{path}: {reason}: {advice}")
