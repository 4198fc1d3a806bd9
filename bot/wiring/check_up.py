"""Asks each room that meets the world whether it could work here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.findings import Finding
from bot.journal import check_up as journal
from bot.settings import Settings
from bot.slack import check_up as slack


CheckUp: TypeAlias = Callable[[Settings], Awaitable[tuple[Finding, ...]]]

ROOMS: tuple[CheckUp, ...] = (journal.check_up, slack.check_up)


async def check_up(
    settings: Settings, rooms: tuple[CheckUp, ...] = ROOMS
) -> tuple[Finding, ...]:
    """What every room found, in the order of the rooms."""
    return tuple([finding for look in rooms for finding in await look(settings)])
