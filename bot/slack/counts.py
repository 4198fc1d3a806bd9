"""What is counted while questions are answered, for whoever watches."""

from __future__ import annotations

from typing import Protocol

from bot.promise.question import Ending


class Counts(Protocol):
    """Whoever counts; bot.telemetry does."""

    def replied(self, seconds: float) -> None:
        """A question has its reply, so long after it was acknowledged."""
        ...

    def post_was_ambiguous(self) -> None:
        """Slack may have taken a message, or not."""
        ...

    def post_was_adopted(self) -> None:
        """The message of an earlier attempt was found, and nothing posted again."""
        ...

    def taken_over(self) -> None:
        """A question of a replica that was lost goes on here."""
        ...

    def dead_end(self, state: Ending) -> None:
        """A question ended without its reply."""
        ...


class Uncounted:
    """Counts nothing."""

    def replied(self, seconds: float) -> None:
        """A question has its reply."""

    def post_was_ambiguous(self) -> None:
        """Slack may have taken a message, or not."""

    def post_was_adopted(self) -> None:
        """The message of an earlier attempt was found."""

    def taken_over(self) -> None:
        """A question of a replica that was lost goes on here."""

    def dead_end(self, state: Ending) -> None:
        """A question ended without its reply."""
