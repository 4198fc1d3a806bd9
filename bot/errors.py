"""The whole tree of errors, sorted by what the reader does about them.

BotError
├── KnowledgeError              the curated files cannot be served   → do not start
│   ├── UnreadableFileError     not YAML, or not the model
│   └── DanglingReferenceError  an entry names what nobody wrote
├── SettingsError               the surroundings do not allow it     → set what it names
└── JournalError                the database does not take it        → mend it; Slack asks again

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


class SettingsError(BotError):
    """The surroundings do not allow what was asked for."""


class JournalError(BotError):
    """The database cannot be opened, read or written."""


class ImpossibleValueError(ValueError):
    """A value that no count, share or span can have."""
