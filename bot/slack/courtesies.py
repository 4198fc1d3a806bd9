"""Shows that we are at work, names conversations and offers first questions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any, Literal, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks.text import one_line, shortened
from bot.slack.needs import Needs
from bot.slack.places import Place, Thread


Session: TypeAlias = Literal["processing", "active"]

NEEDS = Needs(
    scopes={"assistant:write": "shows a status, first questions and titles in chats"}
)

SOON = 0.3  # seconds; below that a status would only flicker
WORKING = "is looking in the trial file…"
LOADING = (  # shown in turn; docs.slack.dev, assistant.threads.setStatus: ten at most
    "Reading your question…",
    "Looking in the trial file…",
    "Waiting for Slack to take the answer…",
)
PROMPTS = 4  # docs.slack.dev, assistant.threads.setSuggestedPrompts
TITLE = 200  # characters; docs.slack.dev, agents.sessions
DIRECT = "D"  # how the ids of direct messages begin
SLACKS = (SlackApiError, aiohttp.ClientError, TimeoutError)

log = logging.getLogger(__name__)


class _Soon:
    """Begins something after some seconds, unless it has ended by then.

    Most answers are there sooner: until then it is one entry in the loop's clock.
    """

    def __init__(
        self, seconds: float, begin: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        self._begin = begin
        self._begun: asyncio.Task[None] | None = None
        self._bell = asyncio.get_running_loop().call_later(seconds, self._ring)

    def _ring(self) -> None:
        self._begun = asyncio.create_task(self._begin())

    async def ended(self) -> bool:
        """Stop it; whether it had begun."""
        self._bell.cancel()
        if self._begun is None:
            return False
        self._begun.cancel()
        with suppress(asyncio.CancelledError):
            await self._begun
        return True


class Courtesies:
    """What is kind and not needed: a failure here is logged and nothing more."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    @asynccontextmanager
    async def working(self, place: Place) -> AsyncIterator[None]:
        """Show a status in the thread while the block takes longer than a moment."""
        if not (isinstance(place, Thread) and place.ts):
            yield
            return
        shown = _Soon(SOON, lambda: self._show(place))
        try:
            yield
        finally:
            if await shown.ended() and place.channel.startswith(DIRECT):
                await self._set_session(place, "active")

    async def wait(self, place: Place) -> None:
        """Show that an answer is only put off, and can still be stopped."""
        if isinstance(place, Thread) and place.ts:
            await self._show(place)

    async def waited(self, place: Place) -> None:
        """Say that an answer which was put off is given."""
        if isinstance(place, Thread) and place.channel.startswith(DIRECT):
            await self._set_session(place, "active")

    async def stop_working(self, thread: Thread) -> None:
        """Take the status away where nothing will be said."""
        await self._kindly(
            self._client.assistant_threads_setStatus(
                channel_id=thread.channel, thread_ts=thread.ts, status=""
            )
        )
        await self._set_session(thread, "active")

    async def suggest(self, thread: Thread, questions: Iterable[str]) -> None:
        """Offer first questions in a conversation with us."""
        prompts = [{"title": one, "message": one} for one in questions][:PROMPTS]
        await self._kindly(
            self._client.assistant_threads_setSuggestedPrompts(
                channel_id=thread.channel,
                thread_ts=thread.ts or None,  # the agent view has none
                title="You could ask",
                prompts=prompts,
            )
        )

    async def name(self, thread: Thread, question: str) -> None:
        """Give a conversation with us its first question as a title."""
        title = shortened(one_line(question), TITLE)
        await self._kindly(
            self._client.assistant_threads_setTitle(
                channel_id=thread.channel, thread_ts=thread.ts, title=title
            )
        )

    async def _show(self, thread: Thread) -> None:
        """Show a status, and in a conversation with us the button that stops us."""
        await self._kindly(
            self._client.assistant_threads_setStatus(
                channel_id=thread.channel,
                thread_ts=thread.ts,
                status=WORKING,
                loading_messages=list(LOADING),
            )
        )
        if thread.channel.startswith(DIRECT):
            await self._set_session(thread, "processing")

    async def _set_session(self, thread: Thread, status: Session) -> None:
        """Say how far we are; Slack offers Stop while that is "processing"."""
        await self._kindly(
            self._client.agents_sessions_setStatus(
                channel_id=thread.channel, thread_ts=thread.ts, status=status
            )
        )

    async def _kindly(self, call: Awaitable[Any]) -> None:
        try:
            await call
        except SLACKS as error:
            log.info("a courtesy failed", extra={"kind": type(error).__name__})
