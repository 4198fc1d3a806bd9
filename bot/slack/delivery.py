"""Posts messages: paced, patient with Slack's limits, and in plainer blocks if need be."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, assert_never

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.asides import whisper
from bot.slack.blocks import views
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import breaches, breaches_of_view
from bot.slack.blocks.simpler import simpler
from bot.slack.blocks.text import shortened
from bot.slack.faults import new_reference, slack_code
from bot.slack.needs import Needs
from bot.slack.outcomes import (
    Hopeless,
    Outcome,
    Posted,
    Refused,
    Unknown,
    Wait,
    judged,
)
from bot.slack.pace import Pace
from bot.slack.places import Aside, Modal, Opening, Place, Thread, Written


NEEDS = Needs(scopes={"chat:write": "answers where it was asked"})

TRIES = 5  # at once and four times more: a limit of a minute window is over by then
LONGEST_WAIT = 120.0  # seconds; whoever asked has found another way after two minutes
UNREACHED_WAIT = 1.0  # seconds before another try to connect
UPDATE_TEXT = 4_000  # characters; docs.slack.dev, chat.update

log = logging.getLogger(__name__)


Spot: TypeAlias = Thread | Written | Aside  # where messages stand; the rest are windows


class Delivery:
    """The one way out to Slack."""

    def __init__(self, client: AsyncWebClient, pace: Pace) -> None:
        self._client = client
        self._pace = pace

    async def post(self, place: Place, *messages: Message) -> tuple[Written, ...]:
        """Say the messages in their order; what can be changed later of them."""
        if isinstance(place, Modal | Opening):
            await self._show(place, views.showing(*messages))
            return ()
        written: list[Written] = []
        for message in messages:
            posted = await self._post_one(place, message)
            written += [posted.written] if posted.written else []
            place = after(place)
        return tuple(written)

    async def rewrite(
        self, written: tuple[Written, ...], *messages: Message
    ) -> tuple[Written, ...]:
        """Say the messages where others of ours stood; take back what is left over."""
        first, *rest = written
        for one in rest:
            await self.take_back(one)
        return await self.post(first, *messages)

    async def take_back(self, written: Written) -> None:
        """Delete a message of ours; one that is gone or stays for good is no fault."""
        try:
            await self._client.chat_delete(channel=written.channel, ts=written.ts)
        except SlackApiError as error:
            if not isinstance(judged(error), Hopeless):
                raise
            if slack_code(error) != "message_not_found":
                log.warning(
                    "a message of ours stays", extra={"code": slack_code(error)}
                )

    async def show(self, place: Modal | Opening, view: Block) -> Modal:
        """Show a window, new or in place of what it showed; the window itself."""
        return await self._show(place, view)

    async def publish(self, user: str, blocks: list[Block]) -> None:
        """Show a person their home tab."""
        view = {"type": "home", "blocks": blocks}
        _check_view(view)
        await self._client.views_publish(user_id=user, view=view)

    async def _show(self, place: Modal | Opening, view: Block) -> Modal:
        _check_view(view)
        if isinstance(place, Modal):
            await self._client.views_update(view_id=place.view, view=view)
            return place
        call = self._client.views_push if place.above else self._client.views_open
        answer = await call(trigger_id=place.trigger, view=view)
        return Modal(str((answer.get("view") or {}).get("id", "")))

    async def attempt(
        self, place: Spot, message: Message, metadata: Mapping[str, Any] | None = None
    ) -> Outcome:
        """Try once, at once, and say what is certain about it."""
        try:
            return Posted(await self._said(place, message, metadata))
        except aiohttp.ClientConnectorError as error:
            return Wait(UNREACHED_WAIT, error)
        except (aiohttp.ClientError, TimeoutError) as error:
            return Unknown(error)
        except SlackApiError as error:
            outcome = judged(error)
        if isinstance(outcome, Refused):
            told = {"reference": new_reference(), "code": outcome.code}
            log.error("blocks that Slack refuses", extra=told)
        return outcome

    async def turn(self, place: Spot) -> None:
        """Wait until the pace allows another message there."""
        await asyncio.sleep(self.delay(place))

    def delay(self, place: Spot) -> float:
        """Take the next turn there; how many seconds from now it is."""
        if isinstance(place, Thread):
            return self._pace.delay(place.channel, time.monotonic())
        return 0.0

    async def _post_one(self, place: Spot, message: Message) -> Posted:
        """Post it as drawn, else in plainer blocks, else as text alone."""
        for version in versions(message):
            outcome = await self._sent(place, version)
            if isinstance(outcome, Posted):
                return outcome
        return Posted()

    async def _sent(self, place: Spot, message: Message) -> Posted | Refused:
        """Try until Slack takes or refuses it; raise what kept us waiting too often."""
        outcome: Outcome = Refused("")
        for _ in range(TRIES):
            await self.turn(place)
            outcome = await self.attempt(place, message)
            if not isinstance(outcome, Wait) or outcome.seconds > LONGEST_WAIT:
                break
            await asyncio.sleep(outcome.seconds)
        if isinstance(outcome, Wait | Unknown | Hopeless):
            raise outcome.because
        return outcome

    async def _said(
        self, place: Spot, message: Message, metadata: Mapping[str, Any] | None
    ) -> Written | None:
        match place:
            case Thread():
                return await self._post_to_thread(place, message, metadata)
            case Written():
                return await self._write_anew(place, message)
            case Aside():
                await self._post_aside(place, message)
                return None
            case _:
                assert_never(place)

    async def _post_to_thread(
        self, place: Thread, message: Message, metadata: Mapping[str, Any] | None
    ) -> Written:
        answer = await self._client.chat_postMessage(
            channel=place.channel,
            metadata=None if metadata is None else dict(metadata),
            thread_ts=place.ts or None,
            text=message.text,
            blocks=list(message.blocks) or None,
            unfurl_links=False,
            unfurl_media=False,
            link_names=False,
            parse="none",  # or Slack makes links of addresses in the text
        )
        channel = answer.get("channel") or place.channel  # a person's id became one
        return Written(channel, str(answer.get("ts", "")), place.ts)

    async def _write_anew(self, place: Written, message: Message) -> Written:
        await self._client.chat_update(
            channel=place.channel,
            ts=place.ts,
            text=shortened(message.text, UPDATE_TEXT),
            blocks=list(message.blocks),  # an empty list takes the old ones away
            link_names=False,
            parse="none",
        )
        return place

    async def _post_aside(self, place: Aside, message: Message) -> None:
        await whisper(self._client, place, message)


def versions(message: Message) -> Iterator[Message]:
    """The message as drawn, in plainer blocks, and as text alone: what Slack may take."""
    for version in simpler(message):
        found = breaches(version)
        if not found:
            yield version
        else:
            told = {"reference": new_reference(), "reason": "; ".join(found)}
            log.error("blocks not as Slack takes them", extra=told)
    yield Message(message.text)


def after(place: Spot) -> Spot:
    """Where the next message belongs once the first is said."""
    match place:
        case Written():
            return Thread(place.channel, place.thread)
        case Aside():
            return Aside(place.response_url)
        case Thread():
            return place
        case _:
            assert_never(place)


def _check_view(view: Block) -> None:
    """Write to the log what Slack will refuse of a window."""
    found = breaches_of_view(view)
    if found:
        told = {"reference": new_reference(), "reason": "; ".join(found)}
        log.error("a view not as Slack takes it", extra=told)
