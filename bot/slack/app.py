"""Puts the Slack side together: one app, whether Slack calls us or we call Slack."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from pydantic import SecretStr
from pydantic_core import to_json
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.answering.contacts import load_contacts
from bot.errors import SettingsError
from bot.figures.gallery import Galleries
from bot.settings import Settings
from bot.slack import courtesies, delivery, errand, sharing
from bot.slack.calls import watched
from bot.slack.counting import CountedDesk
from bot.slack.curators import Curation
from bot.slack.inflight import InFlight
from bot.slack.installations import Installations, Seal, SealedInstallations
from bot.slack.installing import Installing
from bot.slack.listeners import (
    actions,
    assistant,
    commands,
    curation,
    departures,
    drafts,
    events,
    faults,
    functions,
    home,
    links,
    shortcuts,
    stops,
    views,
)
from bot.slack.listeners.boundaries import Silence
from bot.slack.listeners.catching_up import CatchingUp
from bot.slack.memories import Memories
from bot.slack.pace import Pace
from bot.slack.recalling import RecallingDesk
from bot.slack.reception import House, Reception, TrialDesk
from bot.slack.spreading import Spreading
from bot.slack.tokens import Credentials, Tokens
from bot.slack.uploading import Uploading
from bot.slack.voices import ManyVoices, OneVoice, Voices
from bot.slack.workers import Workers
from bot.telemetry.instruments import Instruments
from bot.understanding.identifiers import redacted
from bot.understanding.vocabulary import public_names


ASKING = (events, commands, shortcuts, views, stops)  # where what is owed comes from
LISTENERS = (
    *(actions, home, curation, drafts),
    *(assistant, links, functions, departures),
)
NEEDS = tuple(
    part.NEEDS for part in (*ASKING, *LISTENERS, delivery, courtesies, sharing, errand)
)

GRACE = 25.0  # seconds to finish answers; Kubernetes kills 30 seconds after SIGTERM
CALL = 5.0  # seconds for one call to Slack; with the gate less than a lease

_quiet = logging.getLogger("bot.slack.bolt")  # Bolt quotes messages below WARNING


@dataclass(frozen=True, slots=True)
class SlackDesk:
    """The desk as Slack meets it: Bolt's app, and the answers under way."""

    app: AsyncApp
    in_flight: InFlight
    workers: Workers
    spreading: Spreading
    instruments: Instruments
    installing: Installing | None = None  # where several workspaces install the app


@asynccontextmanager
async def open_desk(
    settings: Settings,
    answers: TrialDesk,
    memories: Memories,
    instruments: Instruments | None = None,
) -> AsyncIterator[SlackDesk]:
    """Connect the answers with Slack; at the end, finish what is under way.

    What is not finished by then stays owed: the next start takes it up.
    """
    timeout = aiohttp.ClientTimeout(total=CALL)
    watching = instruments or Instruments()
    counted = CountedDesk(RecallingDesk(answers), watching)
    house = _house(settings, counted, memories)
    async with aiohttp.ClientSession(
        timeout=timeout, trace_configs=[watched(watching)], json_serialize=_as_json
    ) as session:
        desk = _composed(settings, house, session, watching)
        catching_up = CatchingUp(desk.workers.reception, desk.workers)
        looking = desk.workers.start(catching_up.look())
        try:
            handing_out = memories.handing_out.working(
                desk.workers.take_up, desk.workers.has_room
            )
            async with desk.workers.watching(), desk.spreading.watching(), handing_out:
                yield desk
        finally:
            looking.cancel()
            await desk.in_flight.settled(GRACE)
            await desk.workers.settled(GRACE)
            await house.uploading.settled(0)  # the next start uploads what is missing


def _as_json(call: Mapping[str, Any]) -> str:
    """The arguments of a call; pydantic writes them three times as fast as json."""
    return to_json(call).decode()


def secret_of(secret: SecretStr | None, variable: str) -> str:
    """The secret; a SettingsError that names its variable if it is not set."""
    value = secret.get_secret_value().strip() if secret is not None else ""
    if not value:
        raise SettingsError(
            f"{variable} is not set: copy it from the app's page in Slack"
        )
    return value


def scopes() -> tuple[str, ...]:
    """Every scope that some part needs, once, in alphabetical order."""
    return tuple(sorted({scope for part in NEEDS for scope in part.scopes}))


def _house(settings: Settings, answers: TrialDesk, memories: Memories) -> House:
    public = public_names(answers.knowledge.concepts.values())
    several = _installations(settings, memories) if settings.slack_client_id else None
    return House(
        answers=answers,
        contacts=load_contacts(settings.contacts_file),
        command=settings.slack_command,
        on_call_channel=settings.on_call_channel,
        shared_allowed=settings.answer_shared_channels,
        installations=several,
        memories=memories,
        redact=lambda text: redacted(text, public).text,
        pace=Pace(settings.posts_per_second, settings.channel_posts_per_second),
        uploading=Uploading(memories.uploads),
        galleries=Galleries(settings.cache_dir),
        curation=Curation.of(
            settings.curators,
            settings.curation_channel,
            branches=settings.curation_branches,
        ),
    )


def _installations(settings: Settings, memories: Memories) -> Installations:
    keys = secret_of(settings.encryption_keys, "BECAR7_ENCRYPTION_KEYS")
    return SealedInstallations(memories.installed, Seal(keys))


def _composed(
    settings: Settings,
    house: House,
    session: aiohttp.ClientSession,
    instruments: Instruments,
) -> SlackDesk:
    installing = _installing(settings, house, session)
    app, in_flight = _bolt(settings, session, installing), InFlight()
    app.listener_runner.listener_start_handler = in_flight
    reception = Reception(house, app.client)
    voices = _voices(app.client, installing)
    workers = Workers(reception, voices, instruments.metrics)
    spreading = Spreading(reception, voices, instruments.metrics)
    for asking in ASKING:
        asking.register(app, reception, workers)
    for kind in LISTENERS:
        kind.register(app, reception)
    for rest in (actions, views, events):
        rest.register_rest(app)
    faults.register(app, reception)
    return SlackDesk(app, in_flight, workers, spreading, instruments, installing)


def _installing(
    settings: Settings, house: House, session: aiohttp.ClientSession
) -> Installing | None:
    """How workspaces install the app; None where one static token is enough."""
    if house.installations is None:
        return None
    secret = secret_of(settings.slack_client_secret, "BECAR7_SLACK_CLIENT_SECRET")
    return Installing(
        house.installations,
        _client(settings, session, token=None),
        Credentials(settings.slack_client_id, secret),
        scopes(),
        settings.slack_redirect_url,
    )


def _bolt(
    settings: Settings, session: aiohttp.ClientSession, installing: Installing | None
) -> AsyncApp:
    """Bolt's app; our entry has verified each request before it."""
    _quiet.setLevel(logging.WARNING)
    return AsyncApp(
        name="bot.slack.bolt",
        client=_bot_client(settings, session, installing),
        authorize=None if installing is None else _authorize(installing),  # type: ignore[arg-type]  # None, says Bolt's own code, is "not installed"
        logger=_quiet,
        before_authorize=None if settings.answer_shared_channels else Silence(),
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_conversation_kwargs_enabled=False,  # raises over shapes it lacks
    )


def _bot_client(
    settings: Settings, session: aiohttp.ClientSession, installing: Installing | None
) -> AsyncWebClient:
    if installing is not None:
        return installing.client
    token = secret_of(settings.slack_bot_token, "BECAR7_SLACK_BOT_TOKEN")
    return _client(settings, session, token)


def _client(
    settings: Settings, session: aiohttp.ClientSession, token: str | None
) -> AsyncWebClient:
    return AsyncWebClient(
        token=token,
        base_url=settings.slack_api_url,  # the client adds a missing slash at the end
        session=session,
        logger=_quiet,
        retry_handlers=[],  # a blind retry can post twice; see Delivery
    )


def _authorize(
    installing: Installing,
) -> Callable[..., Awaitable[AuthorizeResult | None]]:
    tokens = _tokens(installing)

    async def authorize(team_id: str | None) -> AuthorizeResult | None:
        return await tokens.authorize(team_id)

    return authorize


def _tokens(installing: Installing) -> Tokens:
    return Tokens(installing.installations, installing.client, installing.credentials)


def _voices(client: AsyncWebClient, installing: Installing | None) -> Voices:
    """With which token we speak where nobody has just called us."""
    return OneVoice(client) if installing is None else ManyVoices(_tokens(installing))
