"""Posts messages: paced, patient with Slack's limits, and in plainer blocks if need be."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.blocks.kit import Message
from bot.slack.blocks.limits import breaches
from bot.slack.blocks.reply import plainer
from bot.slack.faults import new_reference, slack_code
from bot.slack.needs import Needs
from bot.slack.pace import Pace


NEEDS = Needs(scopes={"chat:write": "answers where it was asked"})

TRIES = 5  # at once and four times more: a limit of a minute window is over by then
LONGEST_WAIT = 120.0  # seconds; whoever asked has found another way after two minutes
UNREACHED_WAIT = 1.0  # seconds before another try to connect
TOO_MANY = 429
OK = 200
REFUSALS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread in a channel or a direct message, which all its members read."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A place that one person sees: the response_url of a command or a tap."""

    response_url: str


Place: TypeAlias = Thread | Aside


@dataclass(frozen=True, slots=True)
class Posted:
    """Slack has the message."""


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


class Delivery:
    """The one way out to Slack."""

    def __init__(self, client: AsyncWebClient, pace: Pace) -> None:
        self._client = client
        self._pace = pace

    async def post(self, place: Place, *messages: Message) -> None:
        """Post the messages in their order."""
        for message in messages:
            await self._post_one(place, message)

    async def _post_one(self, place: Place, message: Message) -> None:
        """Post it as drawn, else in plainer blocks, else as text alone."""
        for version in (message, plainer(message)):
            found = breaches(version) or await self._refusal(place, version)
            if not found:
                return
            log.error("blocks, reference %s: %s", new_reference(), "; ".join(found))
        await self._sent(place, Message(message.text))

    async def _refusal(self, place: Place, message: Message) -> tuple[str, ...]:
        """Post it; what Slack has against its blocks, if anything."""
        outcome = await self._sent(place, message)
        return (outcome.code,) if isinstance(outcome, Refused) else ()

    async def _sent(self, place: Place, message: Message) -> Posted | Refused:
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

    async def _attempt(self, place: Place, message: Message) -> Outcome:
        try:
            if isinstance(place, Thread):
                await self._post_to_thread(place, message)
            else:
                await self._post_aside(place, message)
        except aiohttp.ClientConnectorError as error:
            return Wait(UNREACHED_WAIT, error)
        except SlackApiError as error:
            return _judged(error)
        return Posted()

    async def _post_to_thread(self, place: Thread, message: Message) -> None:
        await self._pace.turn(place.channel)
        await self._client.chat_postMessage(
            channel=place.channel,
            thread_ts=place.ts,
            text=message.text,
            blocks=list(message.blocks) or None,
            unfurl_links=False,
            unfurl_media=False,
            link_names=False,
            parse="none",  # or Slack makes links of addresses in the text
        )

    async def _post_aside(self, place: Aside, message: Message) -> None:
        aside = AsyncWebhookClient(
            place.response_url,
            session=self._client.session,
            logger=self._client.logger,
            retry_handlers=[],
        )
        answer = await aside.send(
            text=message.text,
            blocks=list(message.blocks) or None,
            response_type="ephemeral",
            replace_original=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        if answer.status_code != OK or _refused_aside(answer.body):
            raise _webhook_error(answer.status_code, answer.body, answer.headers)


@dataclass(frozen=True, slots=True)
class _WebhookAnswer:
    """What a response_url said, in the shape of an answer of the Web API."""

    status_code: int
    data: dict[str, str]
    headers: Mapping[str, str]


def _webhook_error(status: int, body: str, headers: Mapping[str, str]) -> SlackApiError:
    refusal = _refused_aside(body) or f"response_url_{status}"
    answer = _WebhookAnswer(status, {"error": refusal}, headers)
    return SlackApiError(  # type: ignore[no-untyped-call]  # slack_sdk leaves it
        "a response_url did not take the message", answer
    )


def _refused_aside(body: str) -> str:
    """Which refusal of blocks the answer names, in text or JSON; empty if none."""
    return next((code for code in sorted(REFUSALS) if code in body), "")


def _judged(error: SlackApiError) -> Refused | Wait:
    """Whether to post it plainer or later; anything else is raised as it came."""
    if getattr(error.response, "status_code", OK) == TOO_MANY:
        return Wait(_retry_after(getattr(error.response, "headers", {})), error)
    if slack_code(error) in REFUSALS:
        return Refused(slack_code(error))
    raise error


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait; a header that is missing or no number counts as one second."""
    said = headers.get("Retry-After", "")
    return float(said) if said.isascii() and said.isdigit() else 1.0
