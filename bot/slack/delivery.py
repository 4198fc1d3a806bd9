"""Posts messages: paced, patient with Slack's limits, and in plainer blocks if need be."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.asides import OK, REFUSALS, whisper
from bot.slack.blocks import views
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import breaches, breaches_of_view
from bot.slack.blocks.reply import simpler
from bot.slack.blocks.text import shortened
from bot.slack.faults import new_reference, slack_code
from bot.slack.needs import Needs
from bot.slack.pace import Pace
from bot.slack.places import Aside, Modal, Opening, Place, Thread, Written


NEEDS = Needs(scopes={"chat:write": "answers where it was asked"})

TRIES = 5  # at once and four times more: a limit of a minute window is over by then
LONGEST_WAIT = 120.0  # seconds; whoever asked has found another way after two minutes
UNREACHED_WAIT = 1.0  # seconds before another try to connect
TOO_MANY = 429
UPDATE_TEXT = 4_000  # characters; docs.slack.dev, chat.update

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Posted:
    """Slack has the message; written down where it can be changed later."""

    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack does not take these blocks; nothing was posted."""

    code: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing was posted, for certain; it may be tried again after some seconds."""

    seconds: float
    because: Exception


Outcome: TypeAlias = Posted | Refused | Wait
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
            place = _after(place)
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
        """Delete a message of ours; one that is gone already is no fault."""
        try:
            await self._client.chat_delete(channel=written.channel, ts=written.ts)
        except SlackApiError as error:
            if slack_code(error) != "message_not_found":
                raise

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

    async def _post_one(self, place: Spot, message: Message) -> Posted:
        """Post it as drawn, else in plainer blocks, else as text alone."""
        for version in simpler(message):
            found: tuple[str, ...] = breaches(version)
            outcome = None if found else await self._sent(place, version)
            if isinstance(outcome, Posted):
                return outcome
            found = (outcome.code,) if outcome else found
            log.error("blocks, reference %s: %s", new_reference(), "; ".join(found))
        last = await self._sent(place, Message(message.text))
        return last if isinstance(last, Posted) else Posted()

    async def _sent(self, place: Spot, message: Message) -> Posted | Refused:
        """Try until Slack takes or refuses it; raise what kept us waiting too often."""
        outcome = await self._attempt(place, message)
        for _ in range(TRIES - 1):
            if not isinstance(outcome, Wait) or outcome.seconds > LONGEST_WAIT:
                break
            await asyncio.sleep(outcome.seconds)
            outcome = await self._attempt(place, message)
        if isinstance(outcome, Wait):
            raise outcome.because
        return outcome

    async def _attempt(self, place: Spot, message: Message) -> Outcome:
        try:
            return Posted(await self._said(place, message))
        except aiohttp.ClientConnectorError as error:
            return Wait(UNREACHED_WAIT, error)
        except SlackApiError as error:
            return _judged(error)

    async def _said(self, place: Spot, message: Message) -> Written | None:
        match place:
            case Thread():
                return await self._post_to_thread(place, message)
            case Written():
                return await self._write_anew(place, message)
            case Aside():
                await self._post_aside(place, message)
                return None
            case _:
                assert_never(place)

    async def _post_to_thread(self, place: Thread, message: Message) -> Written:
        await self._pace.turn(place.channel)
        answer = await self._client.chat_postMessage(
            channel=place.channel,
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


def _after(place: Spot) -> Spot:
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
        log.error("view, reference %s: %s", new_reference(), "; ".join(found))


def _judged(error: SlackApiError) -> Refused | Wait:
    """Whether to post it plainer or later; anything else is raised as it came."""
    if getattr(error.response, "status_code", OK) == TOO_MANY:
        return Wait(retry_after(getattr(error.response, "headers", {})), error)
    if slack_code(error) in REFUSALS:
        return Refused(slack_code(error))
    raise error


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait; a header that is missing or no number counts as one second."""
    said = headers.get("Retry-After", "")
    return float(said) if said.isascii() and said.isdigit() else 1.0
