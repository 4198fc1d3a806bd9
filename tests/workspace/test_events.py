"""What a person does reaches the app, signed, and again if it must."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import SteppedClock
from bot.workspace.directory import NURSE, REGISTRAR
from bot.workspace.grants import RESPONSE_LIFE, RESPONSE_USES, TRIGGER_LIFE, Origin
from bot.workspace.state import NotHereError
from bot.workspace.workspace import Workspace
from tests.workspace.desks import ECHO, QUESTIONS, SECRET, Ear, echoing


MENTION = "<@U0BOT000001> how many?"


def envelopes(ear: Ear) -> list[dict[str, Any]]:
    return [json.loads(heard.body) for heard in ear.heard]


def form(body: bytes) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


async def test_every_request_is_signed(desk: Workspace, ear: Ear) -> None:
    desk.speak(NURSE.id, QUESTIONS.id, "höllo")
    await desk.settle()
    await desk.command(NURSE.id, QUESTIONS.id, "/desk", "x")

    verifier = SignatureVerifier(SECRET)
    assert len(ear.heard) == 2
    assert all(verifier.is_valid_request(h.body, h.headers) for h in ear.heard)


async def test_a_mention_arrives_twice_with_two_ids_and_one_ts(
    desk: Workspace, ear: Ear
) -> None:
    ts = desk.speak(NURSE.id, QUESTIONS.id, MENTION)
    await desk.settle()

    heard = sorted(envelopes(ear), key=lambda e: str(e["event"]["type"]))
    assert [e["event"]["type"] for e in heard] == ["app_mention", "message"]
    assert [e["event"]["ts"] for e in heard] == [ts, ts]
    assert len({e["event_id"] for e in heard}) == 2


async def test_a_message_without_mention_arrives_once(
    desk: Workspace, ear: Ear
) -> None:
    desk.speak(NURSE.id, QUESTIONS.id, "no mention")
    await desk.settle()

    (envelope,) = envelopes(ear)
    assert envelope["event"]["channel_type"] == "channel"
    assert envelope["authorizations"][0]["user_id"] == "U0BOT000001"
    assert envelope["event_context"]


async def test_a_mention_in_the_direct_talk_is_only_a_message(
    desk: Workspace, ear: Ear
) -> None:
    desk.speak(NURSE.id, "D0NURSE0001", MENTION)
    await desk.settle()

    (envelope,) = envelopes(ear)
    assert envelope["event"]["channel_type"] == "im"


async def test_typed_words_come_with_their_rich_text(desk: Workspace, ear: Ear) -> None:
    desk.speak(NURSE.id, QUESTIONS.id, "<@U0BOT000001> 3 &lt; 4 <https://a.example>")
    await desk.settle()

    event = envelopes(ear)[0]["event"]
    assert event["client_msg_id"]
    assert event["blocks"][0]["elements"][0]["elements"] == [
        {"type": "user", "user_id": "U0BOT000001"},
        {"type": "text", "text": " 3 < 4 "},
        {"type": "link", "url": "https://a.example"},
    ]


async def test_the_app_hears_its_own_posts_and_changes(
    desk: Workspace, ear: Ear, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=QUESTIONS.id, text="hi")
    await client.chat_update(channel=QUESTIONS.id, ts=posted["ts"], text="bye")
    await desk.settle()

    first, second = (e["event"] for e in envelopes(ear))
    assert first["bot_id"] == "B0BOT000001"
    assert second["subtype"] == "message_changed"


async def test_a_failed_delivery_is_repeated_at_once_after_one_and_five_minutes(
    desk: Workspace, ear: Ear, clock: SteppedClock
) -> None:
    ear.statuses = [500, 500, 500]
    begun = clock.now()

    desk.speak(NURSE.id, QUESTIONS.id, "hello")
    await desk.settle()

    retries = [h.headers.get("x-slack-retry-num") for h in ear.heard]
    assert retries == [None, "1", "2", "3"]
    assert ear.heard[1].headers["x-slack-retry-reason"] == "http_error"
    assert len({e["event_id"] for e in envelopes(ear)}) == 1
    assert clock.now() - begun == 360


async def test_an_app_can_decline_retries(desk: Workspace, ear: Ear) -> None:
    ear.statuses, ear.no_retry = [500], True

    desk.speak(NURSE.id, QUESTIONS.id, "hello")
    await desk.settle()

    assert len(ear.heard) == 1


async def test_an_app_that_is_away_is_shown_as_unreachable(desk: Workspace) -> None:
    desk.connect("http://127.0.0.1:9/slack/events", SECRET, "xoxb")

    desk.speak(NURSE.id, QUESTIONS.id, MENTION)
    await desk.settle()

    assert [s.failed for s in desk.state.statuses.values()] == [True]
    assert desk.state.exchanges.kept[-1].note == "connection_failed"


async def test_a_command_carries_who_where_and_how_to_respond(
    desk: Workspace, ear: Ear
) -> None:
    await desk.command(NURSE.id, QUESTIONS.id, "/desk", "how many & why")

    sent = form(ear.heard[0].body)
    assert (sent["command"], sent["text"]) == ("/desk", "how many & why")
    assert (sent["user_id"], sent["channel_id"]) == (NURSE.id, QUESTIONS.id)
    assert sent["response_url"].startswith(desk.url)
    assert sent["trigger_id"]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        pytest.param("plain words", "plain words", id="text"),
        pytest.param('{"text": "json words"}', "json words", id="json"),
        pytest.param('{"x": 1}', "/desk failed with the error “no_text”", id="nothing"),
    ],
)
async def test_an_acknowledgement_may_be_the_response(
    desk: Workspace, ear: Ear, answer: str, shown: str
) -> None:
    ear.answer = answer

    await desk.command(NURSE.id, QUESTIONS.id, "/desk")

    assert [m.text for m in desk.only_for(NURSE.id, QUESTIONS.id)] == [shown]


async def test_a_failed_command_is_told_to_the_person_and_not_repeated(
    desk: Workspace, ear: Ear
) -> None:
    ear.statuses = [500]

    await desk.command(NURSE.id, QUESTIONS.id, "/desk")

    (told,) = desk.only_for(NURSE.id, QUESTIONS.id)
    assert told.text == "/desk failed with the error “dispatch_failed”"
    assert len(ear.heard) == 1


async def test_a_tap_names_the_button_inside_a_fold(
    desk: Workspace, ear: Ear, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=QUESTIONS.id, text="hi", blocks=ECHO)
    await desk.settle()
    ear.heard.clear()

    await desk.tap(REGISTRAR.id, QUESTIONS.id, posted["ts"], "more")

    payload = json.loads(form(ear.heard[0].body)["payload"])
    assert payload["type"] == "block_actions"
    assert payload["actions"][0]["value"] == "1"
    assert payload["container"]["message_ts"] == posted["ts"]
    assert payload["message"]["text"] == "hi"


async def test_a_button_that_is_not_there_cannot_be_tapped(desk: Workspace) -> None:
    ts = desk.speak(NURSE.id, QUESTIONS.id, "hello")

    with pytest.raises(NotHereError, match="No button"):
        await desk.tap(NURSE.id, QUESTIONS.id, ts, "more")


async def test_a_response_url_serves_five_times(
    desk: Workspace, session: aiohttp.ClientSession
) -> None:
    url = desk.response_url(Origin(NURSE.id, QUESTIONS.id))

    statuses = []
    for _ in range(RESPONSE_USES + 1):
        async with session.post(url, json={"text": "hi"}) as response:
            statuses.append(response.status)

    assert statuses == [200] * RESPONSE_USES + [404]
    assert len(desk.only_for(NURSE.id, QUESTIONS.id)) == RESPONSE_USES


async def test_a_response_url_ends_after_half_an_hour(
    desk: Workspace, clock: SteppedClock, session: aiohttp.ClientSession
) -> None:
    url = desk.response_url(Origin(NURSE.id, QUESTIONS.id))
    clock.step(RESPONSE_LIFE + 1)

    async with session.post(url, json={"text": "hi"}) as response:
        assert await response.json() == {"ok": False, "error": "expired_url"}


async def test_a_response_can_be_public_or_replace_the_original(
    desk: Workspace, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=QUESTIONS.id, text="hi")
    ts = str(posted["ts"])
    url = desk.response_url(Origin(NURSE.id, QUESTIONS.id, message_ts=ts))

    public = {"text": "for all", "response_type": "in_channel"}
    for fields in (public, {"text": "new", "replace_original": True}):
        async with session.post(url, json=fields) as response:
            assert response.status == 200

    assert [m.text for m in desk.read(QUESTIONS.id)] == ["new", "for all"]


async def test_a_response_with_wrong_blocks_is_refused(
    desk: Workspace, session: aiohttp.ClientSession
) -> None:
    url = desk.response_url(Origin(NURSE.id, QUESTIONS.id))

    async with session.post(url, json={"blocks": [{"type": "poem"}]}) as response:
        assert (response.status, await response.text()) == (400, "invalid_blocks")


async def test_a_trigger_is_used_once_and_soon(
    desk: Workspace, clock: SteppedClock
) -> None:
    origin = Origin(NURSE.id, QUESTIONS.id)
    used, late = desk.grants.trigger(origin), desk.grants.trigger(origin)

    assert [desk.grants.spend(used), desk.grants.spend(used)] == [origin, "used"]
    clock.step(TRIGGER_LIFE + 1)
    assert desk.grants.spend(late) == "expired"


async def test_a_bolt_app_needs_nothing_but_the_address(desk: Workspace) -> None:
    async with echoing(desk):
        asked = desk.speak(NURSE.id, QUESTIONS.id, MENTION)
        (reply,) = await desk.replies(QUESTIONS.id, asked)
        await desk.tap(NURSE.id, QUESTIONS.id, reply.ts, "more")
        await desk.command(NURSE.id, QUESTIONS.id, "/desk")
        told = await desk.wait_for(lambda: desk.only_for(NURSE.id, QUESTIONS.id))
        changed = await desk.replies(QUESTIONS.id, asked)

    assert reply.text == "*Heard:* you"
    assert changed[0].text == "More"
    assert [m.text for m in told] == ["For you alone"]
