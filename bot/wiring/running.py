"""Connects the desk with Slack, or with the local workspace for a demo."""

from __future__ import annotations

import secrets
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import Literal, TypeAlias

import yaml
from pydantic import SecretStr

from bot.answering.contacts import load_contacts
from bot.answering.desk import Desk
from bot.errors import SettingsError
from bot.journal.database import kind_of, url_of
from bot.knowledge.model import Trial
from bot.settings import ROOT, Settings, own_file
from bot.slack.app import open_desk
from bot.slack.entry import EVENTS
from bot.slack.serving import (
    listening,
    serve_http,
    serve_socket_mode,
    told_to_stop,
)
from bot.telemetry.instruments import instruments
from bot.wiring import desk as desk_over
from bot.wiring.keeping import Pulses, keeper, kept, memories_in
from bot.wiring.reloading import kept_fresh
from bot.workspace.directory import REGISTRAR, Channel, WorkspaceConfig
from bot.workspace.features import Features
from bot.workspace.server import LOOPBACK, running_workspace
from bot.workspace.workspace import Workspace


Way: TypeAlias = Literal["http", "socket-mode"]

TOKENS: dict[Way, tuple[str, ...]] = {
    "http": ("slack_bot_token", "slack_signing_secret"),
    "socket-mode": ("slack_bot_token", "slack_app_token"),
}


SWITCH = 0.001  # seconds; the journal's thread waits so long for the loop's: with
#                  Python's 0.005 a burst was answered a fifth more slowly
MANIFEST = own_file(ROOT, "manifest.yaml")
CONTACTS = own_file(ROOT, "contacts.example.yaml")
ON_CALL = Channel("C0ONCALL000", "on-call", "Questions to the on-call team")
SEVERAL = ("slack_client_secret", "slack_signing_secret", "encryption_keys")  # OAuth


async def serve(settings: Settings, desk: Desk, way: Way) -> None:
    """Answer in Slack until told to stop; a SettingsError says what is missing."""
    require_tokens(settings, way)
    require_real_contacts(settings)
    sys.setswitchinterval(SWITCH)
    watching = instruments(settings.otlp_endpoint)
    anew, seconds = _anew(settings, desk), settings.reload_seconds
    try:
        async with (
            kept(settings, desk.knowledge) as journal,
            kept_fresh(desk, anew, seconds, keeper(journal)) as fresh,
        ):
            seen = replace(watching, watch=Pulses(journal))
            await _SERVERS[way](settings, fresh, memories_in(journal), seen)
    finally:
        watching.traces.close()


_SERVERS = {"http": serve_http, "socket-mode": serve_socket_mode}


def for_demo(settings: Settings) -> Settings:
    """The same, with visibly made-up contacts where nobody has configured any."""
    if settings.contacts_file is not None or not CONTACTS.is_file():
        return settings
    return settings.model_copy(update={"contacts_file": CONTACTS})


async def demonstrate(
    settings: Settings, desk: Desk, port: int, announce: Callable[[str], None]
) -> None:
    """Answer in a local workspace until told to stop; announce the page's address."""
    with told_to_stop() as stop:
        async with open_demo(settings, desk, port) as workspace:
            announce(workspace.url)
            await stop.wait()


@asynccontextmanager
async def open_demo(
    settings: Settings, desk: Desk, port: int
) -> AsyncIterator[Workspace]:
    """A workspace on this machine, and the app in it, as long as the block lasts."""
    async with AsyncExitStack() as stack:
        config = _config(settings, desk.knowledge.trial, port)
        try:
            workspace = await stack.enter_async_context(running_workspace(config))
        except OSError as error:
            raise SettingsError(
                f"port {port} is in use or not allowed: choose another with --port"
                " (--port 0 takes a free one)"
            ) from error
        token, secret = f"xoxb-{secrets.token_hex()}", secrets.token_hex()
        here = settings.model_copy(
            update={
                "slack_bot_token": SecretStr(token),
                "slack_signing_secret": SecretStr(secret),
                "slack_api_url": workspace.api_url,
                "slack_client_id": "",
                "on_call_channel": settings.on_call_channel or ON_CALL.id,
                "curators": settings.curators or REGISTRAR.id,
                "host": LOOPBACK,
                "port": 0,
                "database_url": SecretStr(_passing(stack)),
            }
        )
        journal = await stack.enter_async_context(kept(here, desk.knowledge))
        anew, seconds = _anew(settings, desk), settings.reload_seconds
        fresh = await stack.enter_async_context(
            kept_fresh(desk, anew, seconds, keeper(journal))
        )
        memories = memories_in(journal)
        app = await stack.enter_async_context(open_desk(here, fresh, memories))
        app_port = await stack.enter_async_context(listening(app, here))
        workspace.connect(f"http://{LOOPBACK}:{app_port}{EVENTS}", secret, token)
        yield workspace


def _passing(stack: AsyncExitStack) -> str:
    """The address of a journal that is gone when the stack ends."""
    return f"sqlite:///{stack.enter_context(TemporaryDirectory())}/journal.sqlite3"


def missing_tokens(settings: Settings, way: Way) -> tuple[str, ...]:
    """The variables that a way of reaching Slack needs and nobody has set."""
    prefix = settings.model_config["env_prefix"]
    is_several = way == "http" and settings.slack_client_id
    return tuple(
        prefix + name.upper()
        for name in (SEVERAL if is_several else TOKENS[way])
        if not _is_set(getattr(settings, name))
    )


def require_tokens(settings: Settings, way: Way) -> None:
    """Raise a SettingsError that names every token that is missing."""
    if way == "socket-mode" and settings.slack_client_id:
        raise SettingsError(
            "several workspaces install the app over HTTP: leave --socket-mode out, or"
            " BECAR7_SLACK_CLIENT_ID unset"
        )
    missing = missing_tokens(settings, way)
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise SettingsError(
            f"{' and '.join(missing)} {verb} not set: copy from the app's page in Slack"
            " into .env, as deploy/env.example shows"
        )


def require_shared(settings: Settings) -> None:
    """Raise a SettingsError where the database is not one that replicas can share."""
    if kind_of(url_of(settings.database_url.get_secret_value())) == "sqlite":
        raise SettingsError(
            "replicas share their work through PostgreSQL: set BECAR7_DATABASE_URL to"
            " postgresql://user:password@host/name, or leave --replica out"
        )


def require_real_contacts(settings: Settings) -> None:
    """Raise a SettingsError where production would show an invented contact."""
    examples = load_contacts(settings.contacts_file).examples()
    if settings.environment == "production" and examples:
        raise SettingsError(
            f"{settings.contacts_file}: {' and '.join(examples)} is still the example:"
            " write the real contact, with the day it was checked"
        )


def _anew(settings: Settings, desk: Desk) -> Callable[[], Desk]:
    """What makes a desk over the same folder, as its files are then."""
    place = {"knowledge_dir": desk.knowledge.directory}
    return lambda: desk_over(settings.model_copy(update=place))


def _features() -> Features:
    """What the app's manifest declares; nothing where it was left out of a package."""
    if not MANIFEST.is_file():
        return Features()
    return Features.from_manifest(yaml.safe_load(MANIFEST.read_text("utf-8")))


def _is_set(secret: SecretStr | None) -> bool:
    return secret is not None and bool(secret.get_secret_value().strip())


def _config(settings: Settings, trial: Trial, port: int) -> WorkspaceConfig:
    channel = Channel("C0QUESTIONS", trial.id, f"Questions about {trial.name}")
    return WorkspaceConfig(
        channels=(channel, ON_CALL),
        features=_features(),
        command=settings.slack_command,
        suggestions=trial.examples,
        port=port,
    )
