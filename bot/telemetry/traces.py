"""Marks how long each step of a request took, for whoever collects that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
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

    @contextmanager
    def span(self, name: str) -> Iterator[Span]:  # noqa: ARG002  Traces' signature
        """A step that nobody hears of."""
        yield _Unheard()

    def close(self) -> None:
        """Nothing was collected."""


class _Unheard:
    def note(self, **fields: Mark) -> None:
        del fields
