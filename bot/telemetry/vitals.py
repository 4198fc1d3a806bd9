"""Says how one replica is: its database, its lease, and what waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias


Lease: TypeAlias = Literal["held", "lost", "not needed"]


@dataclass(frozen=True, slots=True)
class Vitals:
    """What a replica finds when it looks at itself."""

    database: str = ""  # what is wrong with it, in a few words; empty: nothing
    lease: Lease = "not needed"
    oldest_unanswered: float = 0.0  # seconds since the oldest open question was taken
    audit_head_age: float | None = None  # seconds since the last audit row; None: none

    @property
    def ready(self) -> bool:
        """Whether new questions may come here.

        A question that waits long is a matter for an alert, not for readiness: a
        replica that takes nothing new does not answer it any sooner.
        """
        return not self.database and self.lease != "lost"


class Watch(Protocol):
    """Whoever knows how the replica is."""

    async def vitals(self) -> Vitals:
        """How it is now; never raises over what is wrong, but says it."""
        ...


class NothingOwed:
    """A desk that keeps nothing: it has no database, and nothing waits in it."""

    async def vitals(self) -> Vitals:
        """All is well."""
        return Vitals()
