"""What people do with messages, files and shortcuts reaches the app."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.directory import NURSE, PRESS
from bot.workspace.seat import Seat
from bot.workspace.state import NotHereError
from bot.workspace.workspace import Workspace
from tests.workspace.desks import QUESTIONS
from tests.workspace.surface_app import Told
from tests.workspace.surfaces import PIXEL, button, option, section


async def test_an_edit_tells_what_was_there_before(
    surfaces: Workspace, seat: Seat, told: Told
) -> None:
    ts = surfaces.speak(NURSE.id, QUESTIONS.id, "ten?")
    seat.edit(QUESTIONS.id, ts, "eleven?")
    await surfaces.settle()

    (event,) = told.of("message_changed")
    assert event["message"]["text"] == "eleven?"
    assert event["message"]["edited"]["user"] == NURSE.id
    assert event["message"]["client_msg_id"]
    assert event["previous_message"]["text"] == "ten?"
    assert event["message"]["ts"] == event["previous_message"]["ts"] == ts
    assert event["ts"] != ts


async def test_a_deletion_tells_what_is_gone(
    surfaces: Workspace, seat: Seat, told: Told
) -> None:
    ts = surfaces.speak(NURSE.id, QUESTIONS.id, "never mind")
    seat.delete(QUESTIONS.id, ts)
    await surfaces.settle()

    (event,) = told.of("message_deleted")
    assert (event["deleted_ts"], event["previous_message"]["ts"]) == (ts, ts)
    assert surfaces.read(QUESTIONS.id) == ()


async def test_a_thread_whose_first_message_is_deleted_keeps_a_stone(
    surfaces: Workspace, seat: Seat, told: Told
) -> None:
    ts = surfaces.speak(NURSE.id, QUESTIONS.id, "question")
    surfaces.speak(PRESS.id, QUESTIONS.id, "reply", ts)
    seat.delete(QUESTIONS.id, ts)
    await surfaces.settle()

    (event,) = told.of("message_changed")
    assert event["message"]["subtype"] == "tombstone"
    assert [m.text for m in surfaces.thread(QUESTIONS.id, ts)][1] == "reply"


async def test_nobody_changes_what_others_said(surfaces: Workspace, seat: Seat) -> None:
    ts = surfaces.speak(PRESS.id, QUESTIONS.id, "mine")

    with pytest.raises(NotHereError, match="Only their author"):
        seat.edit(QUESTIONS.id, ts, "yours")


async def test_reactions_come_and_go(
    surfaces: Workspace, seat: Seat, told: Told, app_client: AsyncWebClient
) -> None:
    ts = surfaces.speak(PRESS.id, QUESTIONS.id, "look")
    where: dict[str, Any] = {"channel": QUESTIONS.id, "timestamp": ts}
    seat.react(QUESTIONS.id, ts, "eyes")
    await app_client.reactions_add(name="eyes", **where)
    seen = (await app_client.reactions_get(**where))["message"]["reactions"][0]
    seat.unreact(QUESTIONS.id, ts, "eyes")
    await app_client.reactions_remove(name="eyes", **where)
    await surfaces.settle()

    assert (seen["count"], seen["users"]) == (2, [NURSE.id, surfaces.bot.id])
    assert told.of("reaction_added")[0]["item_user"] == PRESS.id
    assert told.of("reaction_removed")[0]["reaction"] == "eyes"
    assert surfaces.state.message(QUESTIONS.id, ts).reactions == ()


async def test_a_link_to_a_registered_domain_is_unfurled(
    surfaces: Workspace, told: Told
) -> None:
    text = "see <https://doi.example/10.1?a=1&amp;b=2> and <https://other.example>"
    ts = surfaces.speak(NURSE.id, QUESTIONS.id, text)
    shown = await surfaces.wait_for(
        lambda: surfaces.state.message(QUESTIONS.id, ts).attachments
    )

    (event,) = told.of("link_shared")
    url = "https://doi.example/10.1?a=1&b=2"
    assert event["links"] == [{"url": url, "domain": "doi.example"}]
    assert shown[0]["from_url"] == url
    assert shown[0]["blocks"][0]["text"]["text"] == "A paper"


async def test_an_uploaded_file_is_shared_and_served(
    surfaces: Workspace, seat: Seat, told: Told
) -> None:
    ts = seat.upload(QUESTIONS.id, "dot.png", PIXEL, "look")
    await surfaces.settle()

    (event,) = told.of("file_share")
    assert (event["ts"], event["files"][0]["mimetype"]) == (ts, "image/png")


async def test_a_global_shortcut_carries_a_trigger(
    surfaces: Workspace, seat: Seat, told: Told
) -> None:
    await seat.use_shortcut("ask")
    await surfaces.wait_for(lambda: seat.modal)

    (body,) = told.of("shortcut")
    assert body["callback_id"] == "ask"
    assert "channel" not in body


async def test_a_message_shortcut_carries_the_message(
    surfaces: Workspace, seat: Seat, told: Told
) -> None:
    ts = surfaces.speak(PRESS.id, QUESTIONS.id, "only mild rash?")

    await seat.use_message_shortcut("from_file", QUESTIONS.id, ts)

    (whisper,) = await surfaces.wait_for(
        lambda: surfaces.only_for(NURSE.id, QUESTIONS.id)
    )
    assert whisper.text == "From the file: only mild rash?"
    assert told.of("message_action")[0]["message"]["user"] == PRESS.id


@pytest.mark.parametrize("name", ["ask", "made-up"])
async def test_a_shortcut_is_used_where_it_belongs(
    surfaces: Workspace, seat: Seat, name: str
) -> None:
    ts = surfaces.speak(PRESS.id, QUESTIONS.id, "x")

    with pytest.raises(NotHereError, match="no message shortcut"):
        await seat.use_message_shortcut(name, QUESTIONS.id, ts)


async def test_feedback_and_menus_say_what_was_chosen(
    seat: Seat, told: Told, app_client: AsyncWebClient
) -> None:
    sides = ({"text": {"type": "plain_text", "text": t}, "value": t} for t in "gb")
    positive, negative = sides
    blocks = [
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "feedback",
                    "positive_button": positive,
                    "negative_button": negative,
                }
            ],
        },
        section("x")
        | {
            "accessory": {
                "type": "overflow",
                "action_id": "menu",
                "options": [option("cite"), option("copy")],
            }
        },
    ]
    posted = await app_client.chat_postMessage(
        channel=QUESTIONS.id, text="x", blocks=blocks
    )

    await seat.choose(QUESTIONS.id, posted["ts"], "feedback", "b")
    await seat.choose(QUESTIONS.id, posted["ts"], "menu", "copy")

    first, second = (body["actions"][0] for body in told.of("block_actions"))
    assert (first["type"], first["value"]) == ("feedback_buttons", "b")
    assert second["selected_option"]["value"] == "copy"


async def test_a_button_without_an_action_id_gets_one_that_tells_its_place(
    surfaces: Workspace, app_client: AsyncWebClient
) -> None:
    nameless = {**button("x"), "action_id": None}
    blocks = [{"type": "actions", "block_id": "row", "elements": [nameless]}]
    await app_client.chat_postMessage(channel=QUESTIONS.id, text="x", blocks=blocks)

    (message,) = surfaces.read(QUESTIONS.id)
    assert message.blocks[0]["elements"][0]["action_id"] == "row-0"


async def test_a_workflow_step_ends_with_outputs_or_an_error(
    surfaces: Workspace, seat: Seat, told: Told
) -> None:
    assert told.bodies == []
    asked = [seat.run_step("ask_step", {"question": words}) for words in ("rate", "?")]
    done = [await surfaces.step_done(run) for run in asked]

    assert [run.state for run in done] == ["completed", "failed"]
    assert done[0].outputs == {"answer": "Heard: rate"}
    assert done[1].error == "That is no question."


async def test_the_direct_talk_offers_prompts_when_it_is_opened(
    surfaces: Workspace, seat: Seat, told: Told
) -> None:
    await seat.open_messages()
    await surfaces.wait_for(lambda: seat.prompts().prompts)

    assert told.of("app_home_opened")[0]["tab"] == "messages"
    assert seat.prompts().prompts[0]["message"] == "What is the rate?"


async def test_an_uninstalled_app_is_told_and_shut_out(
    surfaces: Workspace, seat: Seat, told: Told, app_client: AsyncWebClient
) -> None:
    seat.uninstall()
    await surfaces.settle()

    answer = await app_client.api_call("api.test")
    assert answer["ok"]
    with pytest.raises(Exception, match="account_inactive"):
        await app_client.auth_test()
    assert told.of("tokens_revoked")[0]["tokens"]["bot"] == [surfaces.bot.id]
