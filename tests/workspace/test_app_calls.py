"""Files, streams, places and scopes: what an app does through the Web API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import SteppedClock
from bot.workspace.directory import NURSE
from bot.workspace.faults import Fault
from bot.workspace.features import Features
from bot.workspace.server import running_workspace
from bot.workspace.workspace import Workspace
from tests.workspace.desks import QUESTIONS, SECRET, TOKEN
from tests.workspace.surface_app import Told
from tests.workspace.surfaces import FEATURES, PIXEL, make_surfaces, section
from tests.workspace.test_views import refusal


MANIFEST = Path(__file__).parents[2] / "deploy" / "manifest.yaml"


async def test_an_uploaded_picture_stands_in_a_message_and_in_a_block(
    surfaces: Workspace, app_client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    answer = await app_client.files_upload_v2(
        filename="dots.png", content=PIXEL, alt_txt="7 of 11", channel=QUESTIONS.id
    )
    file = answer["file"]
    block = {"type": "image", "alt_text": "7 of 11", "slack_file": {"id": file["id"]}}
    await app_client.chat_postMessage(channel=QUESTIONS.id, text="x", blocks=[block])

    shared, drawn = surfaces.read(QUESTIONS.id)
    assert shared.files[0]["alt_txt"] == "7 of 11"
    assert drawn.blocks[0]["slack_file"]["id"] == file["id"]
    async with session.get(file["url_private"]) as response:
        assert (response.content_type, await response.read()) == ("image/png", PIXEL)
    assert [one.name for one in surfaces.files.all] == ["dots.png"]
    await app_client.files_delete(file=file["id"])
    gone = await refusal(app_client, "files.info", file=file["id"])
    assert gone["error"] == "file_not_found"


async def test_a_picture_that_is_not_there_is_an_invalid_block(
    app_client: AsyncWebClient,
) -> None:
    block = {"type": "image", "alt_text": "x", "slack_file": {"id": "F1"}}
    answer = await refusal(
        app_client, "chat.postMessage", channel=QUESTIONS.id, text="x", blocks=[block]
    )

    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [
        "invalid slack file [json-pointer:/blocks/0/slack_file]"
    ]


async def test_an_upload_of_the_wrong_size_is_refused(
    app_client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    announced = await app_client.files_getUploadURLExternal(filename="a.txt", length=9)

    async with session.post(announced["upload_url"], data=b"short") as response:
        assert response.status == 400
    files = [{"id": announced["file_id"]}]
    answer = await refusal(app_client, "files.completeUploadExternal", files=files)
    assert answer["error"] == "file_not_found"


async def test_a_stream_grows_and_ends_as_a_message(
    surfaces: Workspace, app_client: AsyncWebClient
) -> None:
    root = surfaces.speak(NURSE.id, QUESTIONS.id, "?")
    stream = await app_client.chat_stream(
        channel=QUESTIONS.id,
        thread_ts=root,
        recipient_user_id=NURSE.id,
        recipient_team_id="T0DESK00001",
        buffer_size=1,
    )
    await stream.append(markdown_text="**7** of ")
    task = {"type": "task_update", "id": "1", "title": "Read", "status": "complete"}
    await stream.append(markdown_text="11", chunks=[task])
    await stream.stop(blocks=[section("Sources")], session_status="active")

    (message,) = await surfaces.replies(QUESTIONS.id, root)
    assert message.text == "**7** of 11"
    kinds = [block["type"] for block in message.blocks]
    assert kinds == ["plan", "markdown", "section"]
    assert message.blocks[0]["tasks"][0]["status"] == "complete"
    more = await refusal(
        app_client, "chat.appendStream", channel=QUESTIONS.id, ts=message.ts
    )
    assert more["error"] == "message_not_in_streaming_state"
    assert surfaces.conversations.of(QUESTIONS.id, root).session == "active"


async def test_a_stream_dies_after_five_minutes(
    surfaces: Workspace, app_client: AsyncWebClient, clock: SteppedClock
) -> None:
    root = surfaces.speak(NURSE.id, "D0NURSE0001", "?")
    begun = await app_client.chat_startStream(channel="D0NURSE0001", thread_ts=root)
    clock.step(301)

    answer = await refusal(
        app_client, "chat.stopStream", channel="D0NURSE0001", ts=begun["ts"]
    )
    assert answer["error"] == "message_not_in_streaming_state"


async def test_markdown_text_is_a_message(
    surfaces: Workspace, app_client: AsyncWebClient
) -> None:
    await app_client.chat_postMessage(channel=QUESTIONS.id, markdown_text="**x**")

    assert surfaces.read(QUESTIONS.id)[0].blocks[0]["type"] == "markdown"


async def test_a_permalink_leads_to_the_page(
    surfaces: Workspace, app_client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    ts = surfaces.speak(NURSE.id, QUESTIONS.id, "hello")
    reply = surfaces.speak(NURSE.id, QUESTIONS.id, "again", ts)

    link = await app_client.chat_getPermalink(channel=QUESTIONS.id, message_ts=reply)
    assert link["permalink"].startswith(surfaces.url)
    assert f"thread_ts={ts}" in link["permalink"]
    async with session.get(link["permalink"]) as response:
        assert response.content_type == "text/html"


async def test_places_and_people_are_listed(app_client: AsyncWebClient) -> None:
    channels = (await app_client.conversations_list())["channels"]
    directs = (await app_client.conversations_list(types="im"))["channels"]
    members = await app_client.conversations_members(channel=QUESTIONS.id)
    people = (await app_client.users_list())["members"]

    assert [c["name"] for c in channels] == ["questions"]
    assert len(directs) == 3
    assert len(members["members"]) == len(people) == 4


async def test_an_app_joins_a_channel_before_it_writes_there(
    desk: Workspace, client: AsyncWebClient
) -> None:
    await client.conversations_join(channel="C0ELSEWHERE")
    await client.chat_postMessage(channel="C0ELSEWHERE", text="hi")

    assert [m.text for m in desk.read("C0ELSEWHERE")] == ["hi"]


async def test_what_lags_is_accepted_and_seen_later(
    surfaces: Workspace, app_client: AsyncWebClient, clock: SteppedClock
) -> None:
    root = surfaces.speak(NURSE.id, QUESTIONS.id, "?")
    surfaces.faults.plan(
        Fault("lag", "chat.postMessage", seconds=1),
        Fault("error_after", "chat.postMessage"),
    )
    with pytest.raises(SlackApiError):
        await app_client.chat_postMessage(
            channel=QUESTIONS.id, text="hi", thread_ts=root
        )

    async def texts() -> list[str]:
        answer = await app_client.conversations_replies(channel=QUESTIONS.id, ts=root)
        return [message["text"] for message in answer["messages"]]

    assert await texts() == ["?"]
    clock.step(1)
    assert await texts() == ["?", "hi"]


@pytest.mark.parametrize(
    ("method", "given", "error"),
    [
        ("chat.unfurl", {"channel": QUESTIONS.id, "ts": "1.1"}, "cannot_find_message"),
        ("chat.startStream", {"channel": QUESTIONS.id}, "invalid_arguments"),
        ("functions.completeError", {"function_execution_id": "Fx1", "error": "x"},
         "function_execution_not_found"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 0},
         "invalid_arguments"),
        ("assistant.threads.setSuggestedPrompts",
         {"channel_id": QUESTIONS.id, "prompts": []}, "invalid_arguments"),
        ("agents.sessions.setStatus",
         {"channel_id": QUESTIONS.id, "status": "bored"}, "invalid_status"),
        ("apps.connections.open", {}, "not_allowed_token_type"),
        ("chat.postMessage",
         {"channel": QUESTIONS.id, "text": "x", "attachments": ["x"]},
         "invalid_arguments"),
        ("chat.postMessage",
         {"channel": QUESTIONS.id, "text": "x", "markdown_text": "x"},
         "markdown_text_conflict"),
        ("reactions.remove",
         {"channel": QUESTIONS.id, "timestamp": "1.1", "name": "x"},
         "message_not_found"),
        ("views.publish", {"user_id": "U1", "view": {}}, "invalid_user_id"),
    ],
)  # fmt: skip
async def test_a_wrong_call_gets_slacks_own_word(
    app_client: AsyncWebClient, method: str, given: dict[str, Any], error: str
) -> None:
    assert (await refusal(app_client, method, **given))["error"] == error


async def test_a_token_does_only_what_its_scopes_allow(
    session: aiohttp.ClientSession,
) -> None:
    manifest = {
        "oauth_config": {"scopes": {"bot": ["chat:write", "im:history"]}},
        "features": {
            "shortcuts": [{"name": "Ask", "type": "global", "callback_id": "ask"}],
            "unfurl_domains": ["doi.example"],
            "agent_view": {},
        },
        "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
        "functions": {
            "step": {"title": "Step", "output_parameters": {"answer": {}}},
        },
    }
    features = FEATURES.from_manifest(manifest)
    async with running_workspace(make_surfaces(features=features)) as desk:
        desk.connect("http://127.0.0.1:9/", SECRET, TOKEN)
        client = AsyncWebClient(TOKEN, base_url=desk.api_url, session=session)
        await client.chat_postMessage(channel=QUESTIONS.id, text="x")
        answer = await refusal(client, "conversations.replies", channel=QUESTIONS.id)

        assert answer["error"] == "missing_scope"
        assert answer["needed"] == "channels:history"
        assert not features.hears({"type": "message", "channel_type": "channel"})
        assert features.hears({"type": "message", "channel_type": "im"})
        assert features.conversation == "agent"
        assert features.step("step") is not None


async def test_the_drawer_hides_tokens_that_were_given_out(
    surfaces: Workspace, told: Told
) -> None:
    assert told.bodies == []
    kept = [str(exchange.to_json()) for exchange in surfaces.state.exchanges.kept]
    assert not any("xoxe" in line for line in kept)


def test_the_manifest_in_the_repository_can_be_read() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    features = Features.from_manifest(manifest)

    assert features.scopes is not None
    assert "chat:write" in features.scopes
