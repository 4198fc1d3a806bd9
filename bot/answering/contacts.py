"""Whom to ask: configured by each place of use, never invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import UnreadableFileError
from bot.knowledge.curated_file import CuratedFile


Need: TypeAlias = Literal["emergency", "on-call", "reporting", "press"]

_NEEDED: tuple[Need, ...] = ("emergency", "on-call", "reporting")
_PRESS: Need = "press"


class Contact(BaseModel):
    """Somebody to turn to, and when that was last checked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    says: str  # "the transplant registrar, bleep 0000"
    checked: date
    example: bool = False  # visibly fake; refused in production
    ladder: tuple[str, ...] = ()  # who comes next, in order, if nobody answers


class Contacts(BaseModel):
    """The contacts of one place of use; what is missing is said in plain words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    emergency: Contact | None = None
    on_call: Contact | None = None
    reporting: Contact | None = None
    press: Contact | None = None  # who clears wording; else whoever is on call is named

    def of(self, need: Need) -> Contact | None:
        """The contact for a need, if one is configured."""
        by_need = {
            "emergency": self.emergency,
            "on-call": self.on_call,
            "reporting": self.reporting,
            "press": self.press,
        }
        return by_need[need]

    def missing(self) -> tuple[Need, ...]:
        """The needs nobody is configured for; a press contact may be left out."""
        return tuple(need for need in _NEEDED if self.of(need) is None)

    def examples(self) -> tuple[Need, ...]:
        """The needs whose contact is only an example."""
        found = ((need, self.of(need)) for need in (*_NEEDED, _PRESS))
        return tuple(need for need, one in found if one is not None and one.example)


def load_contacts(path: Path | None) -> Contacts:
    """Read the contacts file; none configured is no contacts, a bad one an error."""
    if path is None:
        return Contacts()
    if not path.is_file():
        raise UnreadableFileError(path, 1, "there is no contacts file here")
    file = CuratedFile.read(path)
    try:
        return Contacts.model_validate(file.data or {})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        line = file.line_of(first["loc"])
        raise UnreadableFileError(path, line, f"{where}: {first['msg']}") from error
