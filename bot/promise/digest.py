"""What the curators are told once a week, if anything changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol


HOUR = 8  # o'clock on Monday, UTC: before a week's work begins


@dataclass(frozen=True, slots=True)
class Week:
    """What a digest is about."""

    pack: str
    team: str  # empty: the one workspace that there is
    channel: str
    until: float  # seconds since 1970
    overdue: Mapping[str, date]  # facts to be looked at again, and since when


class Digests(Protocol):
    """The digests that were owed."""

    async def owe(self, week: Week) -> bool:
        """Owe the digest of a week, once, and only if something changed before it."""
        ...


def until(now: float) -> float:
    """The latest end of a week, in seconds since 1970: Monday at eight, UTC."""
    moment = datetime.fromtimestamp(now, UTC)
    monday = moment - timedelta(days=moment.weekday())
    end = monday.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return (end if end <= moment else end - timedelta(days=7)).timestamp()
