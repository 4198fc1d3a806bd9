"""Puts the Slack side together: one app, whether Slack calls us or we call Slack."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.answering.composition import Answers
from bot.errors import SettingsError
from bot.settings import Settings
from bot.slack import delivery
from bot.slack.delivery import Delivery
from bot.slack.heard import HeardInMemory, ThreadMemory
from bot.slack.inflight import InFlight
from bot.slack.listeners import actions, commands, events, faults
from bot.slack.listeners.boundaries import stay_silent
from bot.slack.pace import Pace
from bot.slack.reception import Reception


NEEDS = (events.NEEDS, commands.NEEDS, actions.NEEDS, delivery.NEEDS)

GRACE = 25.0  # seconds to finish answers; Kubernetes kills 30 seconds after SIGTERM
CALL = 10.0  # seconds for one call to Slack, so that several fit into the grace

_quiet = logging.getLogger("bot.slack.bolt")  # Bolt quotes messages below WARNING


@dataclass(frozen=True, slots=True)
class SlackDesk:
    """The desk as Slack meets it: Bolt's app, and the answers under way."""

    app: AsyncApp
    in_flight: InFlight


@asynccontextmanager
async def open_desk(settings: Settings, answers: Answers) -> AsyncIterator[SlackDesk]:
    """Connect the answers with Slack; at the end, finish what is under way."""
    timeout = aiohttp.ClientTimeout(total=CALL)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        desk = _composed(settings, answers, session)
        try:
            yield desk
        finally:
            await desk.in_flight.settled(GRACE)


def secret_of(secret: SecretStr | None, variable: str) -> str:
    """The secret; a SettingsError that names its variable if it is not set."""
    value = secret.get_secret_value().strip() if secret is not None else ""
    if not value:
        raise SettingsError(
            f"{variable} is not set: copy it from the app's page in Slack"
        )
    return value


def _composed(
    settings: Settings, answers: Answers, session: aiohttp.ClientSession
) -> SlackDesk:
    app, in_flight = _bolt(settings, session), InFlight()
    app.listener_runner.listener_start_handler = in_flight
    way_out = Delivery(app.client, Pace())
    reception = Reception(
        answers, way_out, HeardInMemory(), ThreadMemory(), settings.slack_command
    )
    for kind in (events, commands, actions):
        kind.register(app, reception)
    faults.register(app, way_out)
    return SlackDesk(app, in_flight)


def _bolt(settings: Settings, session: aiohttp.ClientSession) -> AsyncApp:
    """Bolt's app for one workspace; our entry has verified each request before it."""
    _quiet.setLevel(logging.WARNING)
    client = AsyncWebClient(
        token=secret_of(settings.slack_bot_token, "BECAR7_SLACK_BOT_TOKEN"),
        base_url=settings.slack_api_url,  # the client adds a missing slash at the end
        session=session,
        logger=_quiet,
        retry_handlers=[],  # a blind retry can post twice; see Delivery
    )
    return AsyncApp(
        name="bot.slack.bolt",
        client=client,
        logger=_quiet,
        before_authorize=None if settings.answer_shared_channels else stay_silent,
        request_verification_enabled=False,
        url_verification_enabled=False,
    )
