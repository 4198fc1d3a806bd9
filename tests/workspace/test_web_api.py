"""Real slack_sdk clients find Slack here."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.directory import NURSE, PRESS, REGISTRAR
from bot.workspace.workspace import Workspace
from tests.workspace.desks import CLOSED, ECHO, ELSEWHERE, QUESTIONS, TOKEN


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


async def refused(client: AsyncWebClient, method: str, **given: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=given)
    answer: dict[str, Any] = caught.value.response.data
    return answer


async def test_the_token_belongs_to_the_app(client: AsyncWebClient) -> None:
    answer = await client.auth_test()

    assert (answer["user_id"], answer["bot_id"]) == ("U0BOT000001", "B0BOT000001")


async def test_a_post_stands_in_its_thread(
    desk: Workspace, client: AsyncWebClient
) -> None:
    root = desk.speak(NURSE.id, "#questions", "hello")

    posted = await client.chat_postMessage(
        channel=QUESTIONS.id, text="hi", thread_ts=root
    )

    replies = await client.conversations_replies(channel=QUESTIONS.id, ts=root)
    assert [m["ts"] for m in replies["messages"]] == [root, posted["ts"]]
    assert replies["messages"][0]["reply_count"] == 1
    assert replies["messages"][1]["parent_user_id"] == NURSE.id


async def test_the_same_run_gives_the_same_timestamps(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=QUESTIONS.id, text="hi")

    assert posted["ts"] == "1763805600.000100"


async def test_history_is_newest_first_and_leaves_replies_out(
    desk: Workspace, client: AsyncWebClient
) -> None:
    first = desk.speak(NURSE.id, QUESTIONS.id, "one")
    second = desk.speak(NURSE.id, QUESTIONS.id, "two")
    desk.speak(NURSE.id, QUESTIONS.id, "three", first)

    answer = await client.conversations_history(channel=QUESTIONS.id)
    assert [m["ts"] for m in answer["messages"]] == [second, first]


async def test_long_histories_come_in_pages(
    desk: Workspace, client: AsyncWebClient
) -> None:
    for number in range(5):
        desk.speak(NURSE.id, QUESTIONS.id, f"message {number}")

    sizes = [
        len(page["messages"])
        async for page in await client.conversations_history(
            channel=QUESTIONS.id, limit=2
        )
    ]
    assert sizes == [2, 2, 1]


async def test_history_can_begin_after_a_message(
    desk: Workspace, client: AsyncWebClient
) -> None:
    first = desk.speak(NURSE.id, QUESTIONS.id, "one")
    second = desk.speak(NURSE.id, QUESTIONS.id, "two")

    after = await client.conversations_history(channel=QUESTIONS.id, oldest=first)
    assert [m["ts"] for m in after["messages"]] == [second]


async def test_metadata_and_blocks_come_back(client: AsyncWebClient) -> None:
    metadata = {"event_type": "answer", "event_payload": {"key": "k"}}
    posted = await client.chat_postMessage(
        channel=QUESTIONS.id, text="hi", blocks=ECHO, metadata=metadata
    )

    answer = await client.conversations_replies(channel=QUESTIONS.id, ts=posted["ts"])
    assert answer["messages"][0]["metadata"] == metadata
    assert [b["type"] for b in answer["messages"][0]["blocks"]] == [
        "section",
        "container",
    ]


async def test_a_form_is_as_good_as_json(
    desk: Workspace, client: AsyncWebClient
) -> None:
    await client.api_call(
        "chat.postMessage",
        data={"channel": QUESTIONS.id, "blocks": '[{"type":"divider"}]'},
    )

    assert desk.read(QUESTIONS.id)[0].blocks[0]["type"] == "divider"


async def test_an_update_replaces_and_marks(
    desk: Workspace, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=QUESTIONS.id, text="hi")

    await client.chat_update(channel=QUESTIONS.id, ts=posted["ts"], text="bye")

    message = desk.state.message(QUESTIONS.id, posted["ts"])
    assert message.text == "bye"
    assert message.edited


async def test_a_deleted_message_is_gone(
    desk: Workspace, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=QUESTIONS.id, text="hi")

    await client.chat_delete(channel=QUESTIONS.id, ts=posted["ts"])

    assert desk.read(QUESTIONS.id) == ()


async def test_only_one_person_sees_an_ephemeral_message(
    desk: Workspace, client: AsyncWebClient
) -> None:
    await client.chat_postEphemeral(channel=QUESTIONS.id, user=NURSE.id, text="psst")

    assert [m.text for m in desk.only_for(NURSE.id, QUESTIONS.id)] == ["psst"]
    assert desk.only_for(PRESS.id, QUESTIONS.id) == ()
    assert desk.read(QUESTIONS.id) == ()


async def test_a_direct_talk_opens_by_person(
    desk: Workspace, client: AsyncWebClient
) -> None:
    opened = await client.conversations_open(users=NURSE.id)
    await client.chat_postMessage(channel=opened["channel"]["id"], text="hi")

    assert [m.text for m in desk.read(opened["channel"]["id"])] == ["hi"]
    info = await client.conversations_info(channel=opened["channel"]["id"])
    assert info["channel"]["is_im"]


async def test_people_can_be_looked_up(client: AsyncWebClient) -> None:
    answer = await client.users_info(user=REGISTRAR.id)

    assert answer["user"]["real_name"] == REGISTRAR.real_name


async def test_a_reaction_is_given_once(
    desk: Workspace, client: AsyncWebClient
) -> None:
    ts = desk.speak(NURSE.id, QUESTIONS.id, "hello")
    given = {"channel": QUESTIONS.id, "timestamp": ts, "name": "eyes"}

    await client.api_call("reactions.add", json=given)

    answer = await refused(client, "reactions.add", **given)
    assert answer["error"] == "already_reacted"


async def test_a_status_shows_until_the_reply(
    desk: Workspace, client: AsyncWebClient
) -> None:
    ts = desk.speak(NURSE.id, QUESTIONS.id, "hello")
    await client.assistant_threads_setStatus(
        channel_id=QUESTIONS.id, thread_ts=ts, status="is reading"
    )
    shown = [status.text for status in desk.state.statuses.values()]

    await client.chat_postMessage(channel=QUESTIONS.id, text="hi", thread_ts=ts)

    assert shown == ["is reading"]
    assert desk.state.statuses == {}


@pytest.mark.parametrize(
    ("method", "given", "error"),
    [
        ("chat.postMessage", {"text": "hi"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C1", "text": "hi"}, "channel_not_found"),
        ("chat.postMessage", {"channel": QUESTIONS.id}, "no_text"),
        ("chat.postMessage", {"channel": CLOSED.id, "text": "hi"}, "is_archived"),
        ("chat.postMessage", {"channel": ELSEWHERE.id, "text": "x"}, "not_in_channel"),
        (
            "chat.postMessage",
            {"channel": QUESTIONS.id, "text": "x" * 40_001},
            "msg_too_long",
        ),
        (
            "chat.postMessage",
            {"channel": QUESTIONS.id, "blocks": [section("x" * 3000)] * 5},
            "msg_blocks_too_long",
        ),
        (
            "chat.postMessage",
            {"channel": QUESTIONS.id, "blocks": "no list"},
            "invalid_blocks_format",
        ),
        (
            "chat.postEphemeral",
            {"channel": QUESTIONS.id, "user": "U1", "text": "x"},
            "user_not_in_channel",
        ),
        (
            "chat.update",
            {"channel": QUESTIONS.id, "ts": "1.1", "text": "x"},
            "message_not_found",
        ),
        ("chat.delete", {"channel": QUESTIONS.id, "ts": "1.1"}, "message_not_found"),
        (
            "conversations.replies",
            {"channel": QUESTIONS.id, "ts": "1.1"},
            "thread_not_found",
        ),
        (
            "conversations.history",
            {"channel": QUESTIONS.id, "limit": "x"},
            "invalid_arguments",
        ),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"users": "U1"}, "user_not_found"),
        ("users.info", {"user": "U1"}, "user_not_found"),
        (
            "reactions.add",
            {"channel": QUESTIONS.id, "timestamp": "1.1", "name": "N o"},
            "invalid_name",
        ),
        ("api.test", {"error": "my_error"}, "my_error"),
        ("pins.add", {}, "unknown_method"),
    ],
)
async def test_a_wrong_call_gets_slacks_own_word(
    client: AsyncWebClient, method: str, given: dict[str, Any], error: str
) -> None:
    answer = await refused(client, method, **given)

    assert answer["error"] == error


async def test_the_app_changes_only_its_own_messages(
    desk: Workspace, client: AsyncWebClient
) -> None:
    ts = desk.speak(NURSE.id, QUESTIONS.id, "mine")
    where = {"channel": QUESTIONS.id, "ts": ts}

    changed = await refused(client, "chat.update", **where, text="yours")
    deleted = await refused(client, "chat.delete", **where)

    assert changed["error"] == "cant_update_message"
    assert deleted["error"] == "cant_delete_message"


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        pytest.param({}, "not_authed", id="no token"),
        pytest.param({"Authorization": "Bearer no"}, "invalid_auth", id="wrong token"),
    ],
)
async def test_a_call_without_the_token_is_refused(
    client: AsyncWebClient,
    session: aiohttp.ClientSession,
    headers: dict[str, str],
    error: str,
) -> None:
    url = f"{client.base_url}auth.test"
    async with session.post(url, headers=headers) as response:
        assert await response.json() == {"ok": False, "error": error}


async def test_the_token_may_come_in_the_form(
    client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    url = f"{client.base_url}auth.test"
    async with session.post(url, data={"token": TOKEN}) as response:
        assert (await response.json())["ok"]


async def test_broken_json_is_named(
    client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    url = f"{client.base_url}api.test"
    headers = {"Content-Type": "application/json"}
    async with session.post(url, data=b"{", headers=headers) as response:
        assert (await response.json())["error"] == "invalid_json"
