"""Does what must not be lost before Slack is told that its event arrived.

Bolt acknowledges an event before its listener runs, but after the middleware of the
listener: what is done there is done for good, or Slack sends the event again.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.errors import JournalError
from bot.slack.listeners.hearing import Body


Keep: TypeAlias = Callable[[AsyncBoltRequest], Awaitable[None]]

UNAVAILABLE = 503  # Slack sends it again: at once, after one and after five minutes

log = logging.getLogger(__name__)


class BeforeAck(AsyncMiddleware):
    """The middleware that does this first; a 503 if the journal does not take it.

    Bolt would gather every argument that a function may name; this costs it nothing.
    """

    def __init__(self, keep: Keep) -> None:
        self._keep = keep

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002  Bolt's signature
    ) -> BoltResponse | None:
        """Keep what came; the listener goes on, or Slack sends it again."""
        try:
            await self._keep(req)
        except JournalError as error:
            told = {"reason": str(error)}
            log.warning("an event was not written down", extra=told)
            return BoltResponse(status=UNAVAILABLE, body="Please send it again.")
        await next()
        return resp


def event_of(request: AsyncBoltRequest) -> Body:
    """The event that a request brings."""
    event: Body = request.body.get("event") or {}
    return event
