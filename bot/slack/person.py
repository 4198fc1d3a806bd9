"""Says who somebody is: a member of one workspace."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a workspace."""

    team: str
    user: str


def is_of(team: str, key: str) -> bool:
    """Whether a key is about this workspace: such keys begin with it."""
    return key.startswith(f"{team}:")
