from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.errors import SettingsError
from bot.settings import ROOT
from bot.slack.app import open_desk
from bot.slack.serving import connected, listening, serve_http, serve_socket_mode
from tests.fakes import HANGING, CannedAnswers, FakeSlack
from tests.faults.cluster import free_port
from tests.make import make_composition
from tests.slack.door import (
    APP_TOKEN,
    BOT_TOKEN,
    SIGNING,
    make_direct,
    make_envelope,
    make_settings,
    remembering,
    signed,
)


@asynccontextmanager
async def desk_process(
    slack: FakeSlack, folder: Path
) -> AsyncIterator[tuple[Process, str]]:
    surroundings = {
        "BECAR7_SLACK_BOT_TOKEN": BOT_TOKEN,
        "BECAR7_SLACK_SIGNING_SECRET": SIGNING,
        "BECAR7_SLACK_API_URL": slack.api_url,
        "BECAR7_PORT": "0",
        "BECAR7_DATABASE_URL": f"sqlite:///{folder}/journal.sqlite3",
    }
    command = (sys.executable, "-m", "tests.slack.canned_desk")
    process = await asyncio.create_subprocess_exec(
        *command, env=surroundings, cwd=ROOT, stderr=PIPE
    )
    assert process.stderr is not None
    try:
        async with asyncio.timeout(HANGING):
            line = json.loads(await process.stderr.readline())
        assert line["event"] == "listening"
        yield process, f"http://127.0.0.1:{line['port']}/slack/events"
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_an_answer_under_way_is_finished_before_the_process_ends(
    slack: FakeSlack, tmp_path: Path, sign: signal.Signals
) -> None:
    first = json.dumps(make_envelope({"type": "team_join"})).encode()  # auth.test
    raw = json.dumps(make_envelope(make_direct())).encode()

    async with desk_process(slack, tmp_path) as (process, url):
        async with aiohttp.ClientSession() as session:
            await session.post(url, data=first, headers=signed(first))
            slack.open.clear()
            await session.post(url, data=raw, headers=signed(raw))
            await slack.until(slack.calls, 2)
        process.send_signal(sign)
        process.send_signal(sign)
        with pytest.raises(TimeoutError):  # it waits for Slack, however long we look
            await asyncio.wait_for(process.wait(), timeout=1)
        slack.open.set()
        async with asyncio.timeout(HANGING):
            ended = await process.wait()

    assert ended == 0
    assert [post["text"] for post in slack.posted] == [make_composition().answer]


async def test_socket_mode_answers_as_http_does(
    slack: FakeSlack, answers: CannedAnswers
) -> None:
    settings = make_settings(slack)
    payload = make_envelope(make_direct())
    envelope = {"envelope_id": "e1", "type": "events_api", "payload": payload}

    async with (
        remembering() as memories,
        open_desk(settings, answers, memories) as desk,
        connected(desk, settings),
    ):
        await slack.connected.wait()
        await slack.push(envelope)
        await slack.until(slack.acknowledged, 1)
        await slack.until(slack.posted, 1)

    assert slack.acknowledged == ["e1"]
    assert slack.posted[0]["thread_ts"] == "10.1"
    assert APP_TOKEN in slack.tokens


async def test_socket_mode_ends_when_it_is_told_to(
    slack: FakeSlack, answers: CannedAnswers
) -> None:
    async with remembering() as memories, asyncio.timeout(HANGING):
        serving = asyncio.create_task(
            serve_socket_mode(make_settings(slack), answers, memories)
        )
        await slack.connected.wait()

        os.kill(os.getpid(), signal.SIGTERM)

        await serving


@pytest.mark.parametrize(
    ("path", "status"),
    [("/healthz", 200), ("/readyz", 200), ("/metrics", 200), ("/slack/events", 404)],
)
async def test_who_watches_socket_mode_asks_on_the_port_and_slack_does_not(
    slack: FakeSlack, answers: CannedAnswers, path: str, status: int
) -> None:
    port = free_port()
    settings = make_settings(slack, port=port)
    async with remembering() as memories, asyncio.timeout(HANGING):
        serving = asyncio.create_task(serve_socket_mode(settings, answers, memories))
        await slack.connected.wait()
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}{path}") as response,
        ):
            found = response.status
        os.kill(os.getpid(), signal.SIGTERM)
        await serving

    assert found == status


@pytest.mark.parametrize("name", ["slack_bot_token", "slack_signing_secret"])
async def test_a_missing_secret_is_named(
    slack: FakeSlack, answers: CannedAnswers, name: str
) -> None:
    settings = make_settings(slack, **{name: None})

    with pytest.raises(SettingsError, match=f"BECAR7_{name.upper()} is not set"):
        async with remembering() as memories:
            await serve_http(settings, answers, memories)


async def test_a_missing_app_token_is_named(
    slack: FakeSlack, answers: CannedAnswers
) -> None:
    settings = make_settings(slack, slack_app_token=None)

    with pytest.raises(SettingsError, match="BECAR7_SLACK_APP_TOKEN is not set"):
        async with remembering() as memories:
            await serve_socket_mode(settings, answers, memories)


async def test_a_port_that_is_taken_is_named(
    slack: FakeSlack, answers: CannedAnswers
) -> None:
    settings = make_settings(slack)

    async with (
        remembering() as memories,
        open_desk(settings, answers, memories) as desk,
        listening(desk, settings) as port,
    ):
        with pytest.raises(SettingsError, match=re.escape(f"port {port} cannot be")):
            await serve_http(make_settings(slack, port=port), answers, memories)
