"""Speaks to one person through a response_url, with refusals as the Web API has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.blocks.kit import Message
from bot.slack.places import Aside


OK = 200
REFUSALS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})


async def whisper(client: AsyncWebClient, place: Aside, message: Message) -> None:
    """Say it to one person; SlackApiError if the response_url does not take it."""
    aside = AsyncWebhookClient(
        place.response_url,
        session=client.session,
        logger=client.logger,
        retry_handlers=[],
    )
    answer = await aside.send(
        text=message.text,
        blocks=list(message.blocks) or None,
        response_type="ephemeral",
        replace_original=place.instead,
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
