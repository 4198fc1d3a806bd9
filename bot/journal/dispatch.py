"""Says who works on a question that has just been written down."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection


class Dispatch(Protocol):
    """How the work on new questions is handed out."""

    @property
    def holder(self) -> str | None:
        """The replica that works on it; None while anyone may take it."""
        ...

    @property
    def patience(self) -> float:
        """Seconds until the reconciler cares for a question that nobody took."""
        ...

    async def defer(self, connection: AsyncConnection, key: str) -> None:
        """Hand it out in the same transaction that writes it down."""
        ...


class Here:
    """Whoever heard a question works on it: the way of a single process."""

    patience = 60.0  # RELIABILITY.md, 6: older than a minute

    def __init__(self, replica: str) -> None:
        self.holder = replica

    async def defer(self, connection: AsyncConnection, key: str) -> None:
        """Nothing to hand out."""
