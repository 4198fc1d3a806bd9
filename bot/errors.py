"""The whole tree of errors, sorted by what the reader does about them.

BotError
├── KnowledgeError              the curated files cannot be served   → do not start
│   ├── UnreadableFileError     not YAML, or not the model
│   └── DanglingReferenceError  an entry names what nobody wrote
├── FigureError                 a picture cannot be drawn or kept    → change what it names
│   ├── TextOverflowError       a text is wider than its place       carries text, width, room
│   ├── MissingLetterError      a sign that the font does not have   carries the sign
│   ├── UndrawableError         a row holds nothing that its kind draws
│   └── UnknownFigureError      no picture has that name             carries near names
├── SettingsError               the surroundings do not allow it     → set what it names
├── JournalError                the database does not take it        → mend it; Slack asks again
└── CurationError               what a curator gave cannot be used   → correct it

ImpossibleValueError is a ValueError: pydantic turns it into an UnreadableFileError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path


class BotError(Exception):
    """Something that a person has to put right before the bot can go on."""


class KnowledgeError(BotError):
    """The curated files cannot be served."""


class UnreadableFileError(KnowledgeError):
    """A curated file is not YAML, or does not fit the model."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class DanglingReferenceError(KnowledgeError):
    """An entry names what nobody wrote."""

    def __init__(self, missing: Mapping[str, Sequence[str]]) -> None:
        listed = "; ".join(
            f"{entry} names {', '.join(names)}" for entry, names in missing.items()
        )
        super().__init__(f"{listed}: write what is missing, or correct the name")
        self.missing = missing


class FigureError(BotError):
    """A picture cannot be drawn, or not be kept where it was asked for."""


class TextOverflowError(FigureError):
    """A text is wider than its place in a picture."""

    def __init__(self, text: str, width: float, room: float) -> None:
        super().__init__(f"{text!r} is {width:.0f} wide and has {room:.0f}: shorten it")
        self.text = text
        self.width = width
        self.room = room


class MissingLetterError(FigureError):
    """A sign that the font of the pictures does not have."""

    def __init__(self, sign: str) -> None:
        super().__init__(
            f"the font has no {sign!r} (U+{ord(sign):04X}): write it otherwise, or add"
            " it to LATIN in bot/curation/font.py and cut the font again"
        )
        self.sign = sign


class UndrawableError(FigureError):
    """A row of a picture holds nothing that its kind can draw."""

    def __init__(self, fact: str) -> None:
        super().__init__(f"{fact} holds nothing to draw here: run becar7 check")
        self.fact = fact


class UnknownFigureError(FigureError):
    """No picture of the pack has that name."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        hint = f"did you mean {' or '.join(near)}?" if near else "see becar7 figure"
        super().__init__(f"no picture is called {name!r}: {hint}")
        self.name = name
        self.near = tuple(near)


class SettingsError(BotError):
    """The surroundings do not allow what was asked for."""


class CurationError(BotError):
    """What a curator gave, or where it should go, cannot be used."""


class JournalError(BotError):
    """The database cannot be opened, read or written."""


class ImpossibleValueError(ValueError):
    """A value that no count, share or span can have."""
