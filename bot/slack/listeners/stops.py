"""Hears when somebody presses Stop while we work on an answer."""

from __future__ import annotations

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.listeners.before_ack import BeforeAck, event_of
from bot.slack.listeners.hearing import Body
from bot.slack.needs import Needs
from bot.slack.places import Thread
from bot.slack.reception import Reception, thread_key
from bot.slack.workers import Workers


NEEDS = Needs(events=("agent_session_stopped",))
STOPPED = "stopped"  # where the context keeps the keys of what was stopped


def register(app: AsyncApp, reception: Reception, workers: Workers) -> None:
    """Give up the answer of that conversation, on whichever replica it is worked on.

    We never stream, so the messages that Slack itself has stopped are none of ours.
    """

    async def take_back(request: AsyncBoltRequest) -> None:
        inbox, team = reception.memories.inbox, request.context.team_id or ""
        conversation = thread_key(team, _thread_of(event_of(request)))
        request.context[STOPPED] = await inbox.stop(conversation)

    async def on_stopped(
        event: Body, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        desk, keys = reception.speaking(client), context[STOPPED]
        thread = _thread_of(event)
        await asyncio.gather(
            desk.stopped(thread) if keys else desk.courtesies.stop_working(thread),
            *map(workers.take_up, keys),
        )

    app.event("agent_session_stopped", middleware=[BeforeAck(take_back)])(on_stopped)


def _thread_of(event: Body) -> Thread:
    return Thread(event["channel"], event["thread_ts"])
