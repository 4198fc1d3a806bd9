"""Does what must not be lost before Slack is told that its event arrived.

Bolt acknowledges an event before its listener runs, but after the middleware of the
listener: what is done there is done for good, or Slack sends the event again.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_bolt.response import BoltResponse

from bot.errors import JournalError


Middleware: TypeAlias = Callable[[AsyncArgs], Awaitable[BoltResponse | None]]

UNAVAILABLE = 503  # Slack sends it again: at once, after one and after five minutes

log = logging.getLogger(__name__)


def before_ack(keep: Callable[[AsyncArgs], Awaitable[None]]) -> Middleware:
    """The middleware that does this first; a 503 if the journal does not take it."""

    async def middleware(args: AsyncArgs) -> BoltResponse | None:
        try:
            await keep(args)
        except JournalError as error:
            told = {"reason": str(error)}
            log.warning("an event was not written down", extra=told)
            return BoltResponse(status=UNAVAILABLE, body="Please send it again.")
        await args.next()
        return None

    return middleware
