"""Says who works on a question that has just been written down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Protocol, TypeAlias

from sqlalchemy import Connection


TakeUp: TypeAlias = Callable[[str], Awaitable[None]]
HasRoom: TypeAlias = Callable[[], bool]


class Dispatch(Protocol):
    """How the work on new questions is handed out."""

    @property
    def holder(self) -> str | None:
        """The replica that works on the next one; None where anyone may take it."""
        ...

    @property
    def patience(self) -> float:
        """Seconds until the reconciler cares for a question that nobody took."""
        ...

    def defer(self, connection: Connection, key: str) -> None:
        """Hand it out in the same transaction that writes it down."""
        ...

    def working(
        self, take_up: TakeUp, has_room: HasRoom
    ) -> AbstractAsyncContextManager[None]:
        """Work on what is handed out, as long as the block lasts."""
        ...


class Here:
    """Whoever heard a question works on it: the way of a single process."""

    patience = 60.0  # RELIABILITY.md, 6: older than a minute

    def __init__(self, replica: str) -> None:
        self.holder = replica

    def defer(self, connection: Connection, key: str) -> None:
        """Nothing to hand out."""

    def working(
        self,
        take_up: TakeUp,  # noqa: ARG002  nothing comes
        has_room: HasRoom,  # noqa: ARG002  there is nobody else
    ) -> AbstractAsyncContextManager[None]:
        """Nothing is handed out."""
        return nullcontext()
