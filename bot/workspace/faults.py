"""Makes the workspace fail when it is told to."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias


Kind: TypeAlias = Literal[
    "rate_limited",  # 429 with Retry-After: certainly not accepted
    "error_before",  # 500, not accepted
    "error_after",  # 500, although accepted
    "drop_before",  # the connection closes, not accepted
    "drop_after",  # the connection closes, although accepted
    "slow",  # answers late
]
ANY = "*"


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail: of which method, how often, how long."""

    kind: Kind
    method: str = ANY
    times: int = 1  # how many requests it spoils before it is used up
    share: float = 1.0  # of the requests it meets, 0 to 1
    seconds: float = 1.0  # Retry-After, or how late

    def meets(self, method: str) -> bool:
        """Whether it is about this method."""
        return self.method in {ANY, method}


@dataclass(slots=True)
class Faults:
    """The faults still to come, in the order they were planned."""

    dice: random.Random = field(
        default_factory=lambda: random.Random(7)  # noqa: S311  faults are no secret
    )
    planned: list[Fault] = field(default_factory=list)

    def plan(self, *faults: Fault) -> None:
        """Add faults after those already planned."""
        self.planned.extend(faults)

    def clear(self) -> None:
        """Work again."""
        self.planned.clear()

    def strike(self, method: str) -> Fault | None:
        """The fault that spoils this request, if one does; counts it."""
        for place, fault in enumerate(self.planned):
            if fault.meets(method) and self.dice.random() < fault.share:
                self._count(place)
                return fault
        return None

    def _count(self, place: int) -> None:
        left = replace(self.planned[place], times=self.planned[place].times - 1)
        self.planned[place : place + 1] = [left] if left.times > 0 else []
