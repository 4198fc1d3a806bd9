"""Marks how long each step of a request took, for whoever collects that."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol, TypeAlias


Mark: TypeAlias = str | int | float


class Span(Protocol):
    """A step under way."""

    def note(self, **fields: Mark) -> None:
        """Add what is known of it by now; only the fields that logs may carry."""
        ...


class Traces(Protocol):
    """Whoever collects the steps."""

    def span(self, name: str) -> AbstractContextManager[Span]:
        """A step that lasts as long as the block."""
        ...

    def close(self) -> None:
        """Send off what was collected."""
        ...


class NoTraces:
    """Collects nothing: no address is configured."""

    def span(self, name: str) -> AbstractContextManager[Span]:  # noqa: ARG002  Traces' signature
        """A step that nobody hears of."""
        return _UNHEARD

    def close(self) -> None:
        """Nothing was collected."""


class _Unheard(Span):
    def note(self, **fields: Mark) -> None:
        del fields


_UNHEARD: AbstractContextManager[Span] = nullcontext(_Unheard())
