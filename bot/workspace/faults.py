"""Makes the workspace fail when it is told to."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias


Kind: TypeAlias = Literal[
    "rate_limited",  # 429 with Retry-After: certainly not accepted
    "error_before",  # 500, not accepted
    "error_after",  # 500, although accepted
    "drop_before",  # the connection closes, not accepted
    "drop_after",  # the connection closes, although accepted
    "slow",  # answers late
    "lag",  # accepts at once, and shows a message or a file later
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
        default_factory=lambda: random.Random(7)  # noqa: S311  faults are no secret  # nosec B311
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
        return self._next(method, lambda fault: fault.kind != "lag")

    def lag(self, method: str) -> float:
        """For how many seconds what is accepted now is not shown; counts it."""
        fault = self._next(method, lambda fault: fault.kind == "lag")
        return fault.seconds if fault else 0.0

    def _next(self, method: str, fits: Callable[[Fault], bool]) -> Fault | None:
        for place, fault in enumerate(self.planned):
            met = fits(fault) and fault.meets(method)
            if met and self.dice.random() < fault.share:
                self._count(place)
                return fault
        return None

    def _count(self, place: int) -> None:
        left = replace(self.planned[place], times=self.planned[place].times - 1)
        self.planned[place : place + 1] = [left] if left.times > 0 else []
