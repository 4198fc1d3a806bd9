"""Says what a part of the code needs from Slack, next to the code that needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Needs:
    """The scopes of a part, each with its reason, and what it hears."""

    scopes: Mapping[str, str] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    shortcuts: Mapping[str, str] = field(default_factory=dict)  # callback id and kind
    domains: tuple[str, ...] = ()  # whose addresses it looks at
    functions: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(
        default_factory=dict
    )  # callback id: inputs, outputs
