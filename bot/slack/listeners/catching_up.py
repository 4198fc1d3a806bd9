"""Looks, at the start, for what people asked while nobody listened.

Slack itself sends an event again for six minutes; this covers an outage of a day.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.promise.question import Seen
from bot.slack.listeners.events import noted
from bot.slack.listeners.hearing import Body, Own
from bot.slack.needs import Needs
from bot.slack.once import SLACKS
from bot.slack.pace import Pace
from bot.slack.reception import Reception
from bot.slack.workers import Workers


NEEDS = Needs()  # the history scopes of listeners.events let it read
PAGE = 200  # messages of a channel or thread; more in a day is no place for a desk
LONGEST = 86_400.0  # seconds; a later answer would only surprise
LOOKS = 50 / 60  # calls a second of each method; docs.slack.dev, rate limits: tier 3
HISTORY, REPLIES = "conversations.history", "conversations.replies"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CatchingUp:
    """One look at every place where somebody asked lately."""

    reception: Reception
    workers: Workers
    pace: Pace = field(default_factory=lambda: Pace(2 * LOOKS, LOOKS))  # by method

    async def look(self) -> None:
        """Write down what was missed, and begin to answer it."""
        known: dict[str, Own] = {}
        for seen in await self.reception.memories.inbox.seen(LONGEST):
            client = await self.workers.voices.voice(seen.team)
            if client is None:
                continue
            try:
                if seen.team not in known:
                    known[seen.team] = await _own(client, seen.team)
                await self._look_at(client, seen, known[seen.team])
            except SLACKS as error:
                told = {"kind": type(error).__name__}
                log.info("a channel was not looked at", extra=told)

    async def _look_at(self, client: AsyncWebClient, seen: Seen, own: Own) -> None:
        desk = self.reception.speaking(client)
        async for message in self._since(client, seen):
            event = _as_event(message, seen.channel, own)
            found = await noted(desk, event, own)
            if found.owed is not None:
                self.workers.start(self.workers.work(found.owed))

    async def _since(self, client: AsyncWebClient, seen: Seen) -> AsyncIterator[Body]:
        """What was written in a channel, and in the threads where we were asked."""
        channel, oldest = seen.channel, seen.ts
        where: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": PAGE}
        await self.pace.turn(HISTORY)
        answer = await client.conversations_history(**where)
        roots = answer.get("messages") or []
        for message in reversed(roots):
            yield message
        answered = [str(m["ts"]) for m in roots if m.get("reply_count")]
        for root in dict.fromkeys((*seen.threads, *answered)):
            await self.pace.turn(REPLIES)
            thread = await client.conversations_replies(ts=root, **where)
            for message in thread.get("messages") or ():
                if message.get("ts") != root:
                    yield message


async def _own(client: AsyncWebClient, team: str) -> Own:
    told = await client.auth_test()
    return Own(team, str(told.get("user_id")))


def _as_event(message: Body, channel: str, own: Own) -> Body:
    """The message as Slack would have told of it."""
    kind = "im" if channel.startswith("D") else "channel"
    is_mention = f"<@{own.bot_user}" in (message.get("text") or "")
    name = "app_mention" if is_mention and kind != "im" else "message"
    return {**message, "type": name, "channel": channel, "channel_type": kind}
