"""What a desk looks at beside the knowledge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from bot.answering.composition import NoPictures, Pictures


@dataclass(frozen=True, slots=True)
class Aids:
    """A calendar on the desk, and a wall of pictures."""

    today: Callable[[], date] = lambda: date.min  # without one, no review is overdue
    pictures: Pictures = field(default_factory=NoPictures)
