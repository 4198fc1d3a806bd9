"""Describes what broke by kind and place, and leaves out its message.

The message of an unknown error may quote what a person wrote; a BotError is written by
us for whoever runs the bot.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from bot.errors import BotError


FRAMES = 12  # of each error; the innermost, which are last


def faults_of(error: BaseException) -> list[dict[str, Any]]:
    """The error and what led to it, the last first: kind, frames, our own sentence."""
    return [_told(fault) for fault in chain(error)]


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and those it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _told(fault: BaseException) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": type(fault).__name__}
    if isinstance(fault, BotError):
        told["reason"] = str(fault)
    frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
    told["frames"] = [
        f"{'/'.join(PurePath(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        for frame in frames
    ]
    return told
