"""Workspaces and small apps for the tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSay

from bot.workspace.directory import NURSE, Channel, WorkspaceConfig
from bot.workspace.workspace import Workspace


SECRET = "signing-secret"  # noqa: S105  made up
TOKEN = "xoxb-test"  # noqa: S105  made up
QUESTIONS = Channel("C0QUESTIONS", "questions", "Ask here")
CLOSED = Channel("C0CLOSED001", "closed", is_archived=True)
ELSEWHERE = Channel("C0ELSEWHERE", "elsewhere", members=(NURSE.id,))


def make_config(
    *, suggestions: tuple[str, ...] = (), acknowledge_within: float = 3.0
) -> WorkspaceConfig:
    return WorkspaceConfig(
        channels=(QUESTIONS, CLOSED, ELSEWHERE),
        suggestions=suggestions,
        acknowledge_within=acknowledge_within,
    )


ECHO: list[dict[str, Any]] = [
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*Heard:* you <https://example.org|there>"},
    },
    {
        "type": "container",
        "title": {"type": "plain_text", "text": "Sources"},
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "action_id": "more",
                        "value": "1",
                        "text": {"type": "plain_text", "text": "More"},
                    }
                ],
            }
        ],
    },
]


@dataclass(slots=True)
class Heard:
    """One request as the app received it."""

    body: bytes
    headers: dict[str, str]


@dataclass(slots=True)
class Ear:
    """An app that only listens; it answers with the planned statuses, then with 200."""

    statuses: list[int] = field(default_factory=list)
    answer: str = ""
    no_retry: bool = False
    heard: list[Heard] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        self.heard.append(Heard(await request.read(), dict(request.headers)))
        status = self.statuses.pop(0) if self.statuses else 200
        headers = {"X-Slack-No-Retry": "1"} if self.no_retry else {}
        return web.Response(text=self.answer, status=status, headers=headers)


@asynccontextmanager
async def listening(
    desk: Workspace, hear: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> AsyncIterator[None]:
    """Let something hear what the workspace sends, for as long as the block lasts."""
    app = web.Application()
    app.router.add_post("/slack/events", hear)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    desk.connect(f"http://127.0.0.1:{port}/slack/events", SECRET, TOKEN)
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def echoing(desk: Workspace) -> AsyncIterator[None]:
    """A Bolt app that says back what it hears, in the thread."""
    app = AsyncApp(token=TOKEN, signing_secret=SECRET)
    app.client.base_url = desk.api_url
    app.event("app_mention")(_on_mention)
    app.event("message")(_on_message)
    app.command("/desk")(_on_command)
    app.action("more")(_on_tap)

    async def hear(request: web.Request) -> web.StreamResponse:
        answer = await app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async with listening(desk, hear):
        yield


async def _on_mention(event: dict[str, str], say: AsyncSay) -> None:
    await say(text="*Heard:* you", blocks=ECHO, thread_ts=event["ts"])


async def _on_message(event: dict[str, str], say: AsyncSay) -> None:
    if event["channel_type"] == "im" and "bot_id" not in event:
        await say(text=f"Heard: {event['text']}")


async def _on_command(ack: AsyncAck, respond: AsyncRespond) -> None:
    await ack()
    await respond(text="For you alone")


async def _on_tap(ack: AsyncAck, respond: AsyncRespond) -> None:
    await ack()
    await respond(text="More", replace_original=True)
