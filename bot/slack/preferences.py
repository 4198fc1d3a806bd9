"""Remembers how each person wants replies to look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias, get_args

from bot.slack.person import Person


Theme: TypeAlias = Literal["light", "dark"]
Length: TypeAlias = Literal["full", "short"]
Role: TypeAlias = Literal["registrar", "nurse", "press", "statistician", "data manager"]

CHOICES: dict[str, tuple[str, ...]] = {
    "theme": get_args(Theme),
    "length": get_args(Length),
    "role": get_args(Role),
}


@dataclass(frozen=True, slots=True)
class Preference:
    """One person's own settings."""

    theme: Theme = "light"  # of pictures
    length: Length = "full"
    role: Role = "registrar"

    def allows(self, name: str, value: str) -> bool:
        """Whether there is such a setting, with such a value to choose."""
        return value in CHOICES.get(name, ())

    def changed(self, name: str, value: str) -> Preference:
        """The same with one setting changed to a value that it allows."""
        return replace(self, **{name: value})  # type: ignore[arg-type]  # see allows


class Preferences(Protocol):
    """What people have set for themselves."""

    async def of(self, person: Person) -> Preference:
        """The person's settings; the defaults if they have set none."""
        ...

    async def keep(self, person: Person, preference: Preference) -> None:
        """Remember the person's settings."""
        ...
