"""Looks in Slack for messages of ours, by the mark that each carries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.promise.question import Spot
from bot.slack.faults import slack_code
from bot.slack.needs import Needs
from bot.slack.places import Thread


NEEDS = Needs()  # reads only where the history scopes of listeners.events let it
EVENT = "trial_desk_reply"  # of the metadata; shown nowhere
PAGE = 200  # messages; docs.slack.dev recommends no more
MOST_PAGES = 10  # a thread of 2,000 messages is no place for an answer any more
CHANNELS = ("C", "G", "D")  # how the ids of channels begin, and of direct messages
GONE = frozenset({"thread_not_found", "message_not_found"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What a message of ours carries: which question, and which part of the reply."""

    mark: str  # opaque
    part: str

    @property
    def metadata(self) -> dict[str, Any]:
        """As chat.postMessage takes it."""
        payload = {"mark": self.mark, "part": self.part}
        return {"event_type": EVENT, "event_payload": payload}


async def standing(
    client: AsyncWebClient, thread: Thread, mark: str
) -> tuple[tuple[str, Spot], ...]:
    """Every message of ours in a thread that carries the mark, the oldest first."""
    return tuple([found async for found in _found(client, thread, mark)])


def is_searchable(thread: Thread) -> bool:
    """Whether we can look there: a person's id tells no channel to look in."""
    return bool(thread.ts) or thread.channel.startswith(CHANNELS)


async def _found(
    client: AsyncWebClient, thread: Thread, mark: str
) -> AsyncIterator[tuple[str, Spot]]:
    async for message in _messages(client, thread):
        metadata = message.get("metadata") or {}
        payload = metadata.get("event_payload") or {}
        if metadata.get("event_type") == EVENT and payload.get("mark") == mark:
            spot = Spot(thread.channel, str(message["ts"]), thread.ts)
            yield str(payload.get("part")), spot


async def _messages(
    client: AsyncWebClient, thread: Thread
) -> AsyncIterator[dict[str, Any]]:
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        try:
            answer = await _page(client, thread, cursor)
        except SlackApiError as error:
            if slack_code(error) in GONE:
                return
            raise
        for message in answer.get("messages") or ():
            yield message
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


async def _page(
    client: AsyncWebClient, thread: Thread, cursor: str | None
) -> AsyncSlackResponse:
    """One page of a thread, or of what stands in the channel itself."""
    where: dict[str, Any] = {"channel": thread.channel, "cursor": cursor}
    wanted: dict[str, Any] = {"include_all_metadata": True, "limit": PAGE}
    if thread.ts:
        return await client.conversations_replies(ts=thread.ts, **where, **wanted)
    return await client.conversations_history(**where, **wanted)
