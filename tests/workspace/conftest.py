"""One workspace, one app that listens, one real Slack client."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import SteppedClock
from bot.workspace.directory import NURSE
from bot.workspace.seat import Seat
from bot.workspace.server import running_workspace
from bot.workspace.workspace import Workspace
from tests.workspace.desks import TOKEN, Ear, listening, make_config
from tests.workspace.surface_app import Told, showing
from tests.workspace.surfaces import make_surfaces


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
async def desk(clock: SteppedClock) -> AsyncIterator[Workspace]:
    async with running_workspace(make_config(), clock) as desk:
        yield desk


@pytest.fixture
async def ear(desk: Workspace) -> AsyncIterator[Ear]:
    ear = Ear()
    async with listening(desk, ear.hear):
        yield ear


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def client(
    desk: Workspace,
    ear: Ear,  # noqa: ARG001  the token is known once an app is connected
    session: aiohttp.ClientSession,
) -> AsyncWebClient:
    return AsyncWebClient(TOKEN, base_url=desk.api_url, session=session)


@pytest.fixture
async def surfaces(clock: SteppedClock) -> AsyncIterator[Workspace]:
    """A workspace whose app has every surface."""
    async with running_workspace(make_surfaces(), clock) as desk:
        yield desk


@pytest.fixture
async def told(surfaces: Workspace) -> AsyncIterator[Told]:
    """What the app with every surface was told."""
    async with showing(surfaces) as told:
        yield told


@pytest.fixture
def seat(surfaces: Workspace) -> Seat:
    return surfaces.seat(NURSE.id)


@pytest.fixture
def app_client(
    surfaces: Workspace,
    told: Told,  # noqa: ARG001  the token is known once an app is connected
    session: aiohttp.ClientSession,
) -> AsyncWebClient:
    """The client of the app with every surface."""
    return AsyncWebClient(TOKEN, base_url=surfaces.api_url, session=session)
