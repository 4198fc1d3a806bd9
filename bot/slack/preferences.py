"""Remembers how each person wants replies to look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias, get_args

from bot.slack.lately import Lately
from bot.slack.person import Person


Theme: TypeAlias = Literal["light", "dark"]
Length: TypeAlias = Literal["full", "short"]
Role: TypeAlias = Literal["registrar", "nurse", "press", "statistician", "data manager"]

CHOICES: dict[str, tuple[str, ...]] = {
    "theme": get_args(Theme),
    "length": get_args(Length),
    "role": get_args(Role),
}
MOST = 50_000  # people; about 10 MB at the worst


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

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        ...


class PreferencesInMemory:
    """What people set while this process lives."""

    def __init__(self, most: int = MOST) -> None:
        self._kept: Lately[Person, Preference] = Lately(most)

    async def of(self, person: Person) -> Preference:
        """The person's settings; the defaults if they have set none."""
        return self._kept.get(person, Preference())

    async def keep(self, person: Person, preference: Preference) -> None:
        """Remember the person's settings."""
        self._kept.keep(person, preference)

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        self._kept.drop(lambda person, _: person.team == team)
