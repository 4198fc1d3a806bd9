"""The talk with an agent: Stop, sessions, and the older assistant view."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import SteppedClock
from bot.workspace.directory import NURSE, WorkspaceConfig
from bot.workspace.features import Features
from bot.workspace.server import running_workspace
from bot.workspace.workspace import Workspace
from tests.workspace.desks import QUESTIONS, Ear


DIRECT = "D" + NURSE.id[1:]
AGENT: dict[str, Any] = {
    "features": {"agent_view": {"agent_description": "x"}},
    "oauth_config": {"scopes": {"bot": ["chat:write", "assistant:write"]}},
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                *("agent_session_stopped", "app_context_changed", "app_home_opened"),
                *("assistant_thread_started", "assistant_thread_context_changed"),
                "message.im",
            ]
        }
    },
}
ASSISTANT = {**AGENT, "features": {"assistant_view": {"assistant_description": "x"}}}
UNSUBSCRIBED = {
    **AGENT,
    "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
}


@pytest.fixture
def manifest() -> dict[str, Any]:
    return AGENT


@pytest.fixture
async def desk(
    clock: SteppedClock, manifest: dict[str, Any]
) -> AsyncIterator[Workspace]:
    config = WorkspaceConfig(
        channels=(QUESTIONS,), features=Features.from_manifest(manifest)
    )
    async with running_workspace(config, clock) as desk:
        yield desk


async def told(desk: Workspace, ear: Ear, kind: str) -> list[dict[str, Any]]:
    """The events of a kind that the app has heard."""
    await desk.settle()
    events = [json.loads(heard.body)["event"] for heard in ear.heard]
    return [event for event in events if event["type"] == kind]


async def test_stop_names_the_streams_that_it_ended(
    desk: Workspace, ear: Ear, client: AsyncWebClient
) -> None:
    root = desk.speak(NURSE.id, DIRECT, "hello")
    other = desk.speak(NURSE.id, DIRECT, "another")
    first = await client.chat_startStream(channel=DIRECT, thread_ts=root)
    spared = await client.chat_startStream(channel=DIRECT, thread_ts=other)

    desk.seat(NURSE.id).stop_agent(DIRECT, root)

    (event,) = await told(desk, ear, "agent_session_stopped")
    assert event["streaming_message_ts"] == [first["ts"]]
    assert (event["channel"], event["thread_ts"]) == (DIRECT, root)
    await client.chat_stopStream(channel=DIRECT, ts=spared["ts"])
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        await client.chat_stopStream(channel=DIRECT, ts=first["ts"])


async def test_stop_leaves_the_status_to_the_app(
    desk: Workspace, ear: Ear, client: AsyncWebClient
) -> None:
    root = desk.speak(NURSE.id, DIRECT, "hello")
    talk = {"channel_id": DIRECT, "thread_ts": root}
    await client.agents_sessions_setStatus(**talk, status="processing")

    desk.seat(NURSE.id).stop_agent(DIRECT, root)
    await told(desk, ear, "agent_session_stopped")
    still = dict(desk.state.statuses)
    await client.agents_sessions_setStatus(**talk, status="active")

    assert [status.text for status in still.values()] == ["is working on it…"]
    assert desk.state.statuses == {}
    assert desk.conversations.of(DIRECT, root).session == "active"


async def test_a_session_keeps_what_the_app_says_it_is_doing(
    desk: Workspace, client: AsyncWebClient
) -> None:
    root = desk.speak(NURSE.id, DIRECT, "hello")
    talk = {"channel_id": DIRECT, "thread_ts": root}
    await client.assistant_threads_setStatus(
        **talk, status="is reading", loading_messages=["One…", "Two…"]
    )
    await client.agents_sessions_setStatus(**talk, status="processing")

    (status,) = desk.state.statuses.values()
    assert (status.text, status.loading) == ("is reading", ("One…", "Two…"))


@pytest.mark.parametrize("loading", [["x"] * 11, [1], [{"a": 1}], {"a": 1}])
async def test_loading_messages_are_at_most_ten_texts(
    desk: Workspace, client: AsyncWebClient, loading: Any
) -> None:
    root = desk.speak(NURSE.id, DIRECT, "hello")
    given = {"channel_id": DIRECT, "thread_ts": root, "status": "is reading"}

    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.api_call(
            "assistant.threads.setStatus", json={**given, "loading_messages": loading}
        )


@pytest.mark.parametrize("manifest", [AGENT, UNSUBSCRIBED])
async def test_an_app_that_cannot_be_stopped_is_warned(
    desk: Workspace, client: AsyncWebClient, manifest: dict[str, Any]
) -> None:
    root = desk.speak(NURSE.id, DIRECT, "hello")

    answer = await client.agents_sessions_setStatus(
        channel_id=DIRECT, thread_ts=root, status="processing"
    )

    warning = "missing_agent_session_stopped_event_subscription"
    assert answer.get("warning") == (warning if manifest is UNSUBSCRIBED else None)


@pytest.mark.parametrize("manifest", [ASSISTANT])
async def test_the_assistant_view_begins_a_thread_once_and_goes_on_in_it(
    desk: Workspace, ear: Ear
) -> None:
    seat = desk.seat(NURSE.id)
    await seat.open_messages()
    await seat.open_messages()
    said = seat.say(DIRECT, "hello")

    (started,) = await told(desk, ear, "assistant_thread_started")
    talk = started["assistant_thread"]
    assert (talk["user_id"], talk["channel_id"]) == (NURSE.id, DIRECT)
    assert talk["context"] == {}
    root = desk.state.message(DIRECT, talk["thread_ts"])
    assert (root.subtype, root.user) == ("assistant_app_thread", desk.bot.id)
    assert desk.state.message(DIRECT, said).thread_ts == talk["thread_ts"]


@pytest.mark.parametrize("manifest", [ASSISTANT])
async def test_the_assistant_view_tells_what_is_in_sight_once_it_is_open(
    desk: Workspace, ear: Ear
) -> None:
    seat = desk.seat(NURSE.id)
    seat.look_at(QUESTIONS.id)
    await seat.open_messages()
    seat.look_at(QUESTIONS.id)

    (changed,) = await told(desk, ear, "assistant_thread_context_changed")
    talk = changed["assistant_thread"]
    assert talk["context"]["channel_id"] == QUESTIONS.id
    assert talk["thread_ts"] == desk.conversations.begun[DIRECT]
    assert await told(desk, ear, "app_context_changed") == []


async def test_the_agent_view_tells_the_same_in_its_own_way(
    desk: Workspace, ear: Ear
) -> None:
    seat = desk.seat(NURSE.id)
    await seat.open_messages()
    seat.look_at(QUESTIONS.id)
    said = seat.say(DIRECT, "hello")

    (changed,) = await told(desk, ear, "app_context_changed")
    (entity,) = changed["context"]["entities"]
    assert (entity["type"], entity["value"]) == (
        "slack#/types/channel_id",
        QUESTIONS.id,
    )
    assert await told(desk, ear, "assistant_thread_started") == []
    assert await told(desk, ear, "assistant_thread_context_changed") == []
    assert [e["tab"] for e in await told(desk, ear, "app_home_opened")] == ["messages"]
    assert desk.state.message(DIRECT, said).thread_ts is None
