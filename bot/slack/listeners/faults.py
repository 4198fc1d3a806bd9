"""Hears when a listener broke: the log gets the trace, the person a reference."""

from __future__ import annotations

import logging

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.listener.async_listener_completion_handler import (
    AsyncListenerCompletionHandler,
)
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.slack.blocks.notices import apology
from bot.slack.faults import NOT_SLACKS, STUMBLES, reported
from bot.slack.listeners.hearing import Body, places_of
from bot.slack.places import Place
from bot.slack.reception import Reception


ACKNOWLEDGED = "acknowledged"  # where the context keeps what Bolt would forget
log = logging.getLogger(__name__)


def register(app: AsyncApp, reception: Reception) -> None:
    """Apologise with a reference to whoever put a question to us, and to nobody else.

    What was not acknowledged yet comes again from Slack, or Slack tells the person.
    Only Bolt reads a body before that: what it stumbles over has no shape of Slack's.
    """

    async def on_error(
        error: Exception, body: Body, ack: AsyncAck, context: AsyncBoltContext
    ) -> BoltResponse | None:
        delivery = reception.speaking(context.client).delivery
        reference = reported(error)
        if ack.response is None:
            stumbled = isinstance(error, STUMBLES)
            return BoltResponse(status=400, body=NOT_SLACKS) if stumbled else None
        context[ACKNOWLEDGED] = ack.response
        try:
            for place in _places(body):
                await delivery.post(place, apology(reference))
        except (SlackApiError, aiohttp.ClientError, TimeoutError):
            about = {"reference": reference}
            log.error("nobody could be told of the fault", extra=about)  # noqa: TRY400  the trace is in the log already
        return None

    app.error(on_error)
    app.listener_runner.listener_completion_handler = _AcknowledgementKept()


def _places(body: Body) -> tuple[Place, ...]:
    """Where to apologise; nowhere, if the body does not say."""
    try:
        return places_of(body)
    except STUMBLES:
        return ()


class _AcknowledgementKept(AsyncListenerCompletionHandler):
    """Gives back the acknowledgement that Bolt 1.30 drops when a listener breaks.

    Without it a command that broke within 10 ms is answered after three seconds, by 404.
    """

    async def handle(
        self,
        request: AsyncBoltRequest,
        response: BoltResponse | None,  # noqa: ARG002  Bolt's signature
    ) -> None:
        kept = request.context.get(ACKNOWLEDGED)
        if kept is not None:
            request.context.ack.response = kept
