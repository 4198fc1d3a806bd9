"""Says what a part of the code needs from Slack, next to the code that needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Needs:
    """The scopes of a part, each with its reason, and the events that it hears."""

    scopes: Mapping[str, str] = field(default_factory=dict)
    events: tuple[str, ...] = ()
