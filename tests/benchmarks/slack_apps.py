"""The apps that the Slack benchmark loads, each in a process of its own.

    python -m tests.benchmarks.slack_apps echo|before|desk

`echo` is Bolt alone; `desk` is the whole app with the real pack and its journal, and
`before` the same without the journal.  Each prints its port and serves until it is
stopped.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections.abc import Callable

import aiohttp
import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from bot.slack.app import open_desk, secret_of
from bot.slack.memories import Memories
from bot.slack.serving import listening, told_to_stop
from bot.wiring import desk
from bot.wiring.keeping import kept, memories_in
from tests.benchmarks.forgetful import forgetful


async def serve_ours(remembering: Callable[[Memories], Memories]) -> None:
    """Our whole app, with these memories in the place of the journal's."""
    settings = Settings(_env_file=None)
    answers = desk(settings)
    with told_to_stop() as stop:
        async with (
            kept(settings, answers.knowledge) as journal,
            open_desk(settings, answers, remembering(memories_in(journal))) as opened,
            listening(opened, settings) as port,
        ):
            _announce(port)
            await stop.wait()


async def serve_echo() -> None:
    """Bolt with one listener that says back what it hears, and nothing of ours."""
    settings = Settings(_env_file=None)
    async with aiohttp.ClientSession() as session:
        token = secret_of(settings.slack_bot_token, "BECAR7_SLACK_BOT_TOKEN")
        client = AsyncWebClient(
            token=token, base_url=settings.slack_api_url, session=session
        )
        secret = secret_of(settings.slack_signing_secret, "BECAR7_SLACK_SIGNING_SECRET")
        app = AsyncApp(client=client, signing_secret=secret)

        @app.event("app_mention")
        async def echo(event: dict[str, str], say: AsyncSay) -> None:
            await say(text=event["text"], thread_ts=event["ts"])

        config = uvicorn.Config(
            AsyncSlackRequestHandler(app),
            log_config=None,
            access_log=False,
        )
        with socket.create_server(("127.0.0.1", 0)) as opened:
            _announce(opened.getsockname()[1])
            await uvicorn.Server(config).serve(sockets=[opened])


def _announce(port: int) -> None:
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    match sys.argv[1]:
        case "echo":
            asyncio.run(serve_echo())
        case "before":
            asyncio.run(serve_ours(forgetful))
        case _:
            asyncio.run(serve_ours(lambda journal: journal))
