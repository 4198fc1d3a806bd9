"""Home tabs and modals live as they do in Slack."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import SteppedClock
from bot.workspace.directory import NURSE, PRESS
from bot.workspace.grants import TRIGGER_LIFE, Origin
from bot.workspace.seat import Seat
from bot.workspace.state import NotHereError
from bot.workspace.views import TROUBLE, View
from bot.workspace.workspace import Workspace
from tests.workspace.desks import QUESTIONS
from tests.workspace.surface_app import Told
from tests.workspace.surfaces import button, make_modal, plain


async def opened(seat: Seat) -> View:
    await seat.use_shortcut("ask")
    return await seat.see_modal()


async def refusal(client: AsyncWebClient, method: str, **given: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=given)
    answer: dict[str, Any] = caught.value.response.data
    return answer


async def test_opening_the_home_tab_lets_the_app_publish_it(
    surfaces: Workspace, seat: Seat, told: Told
) -> None:
    await seat.open_home()
    home = await seat.see_home()
    await seat.open_home()

    assert "What I know" in home.text
    first, second = told.of("app_home_opened")
    assert (first["tab"], "view" in first) == ("home", False)
    assert second["view"]["id"] == home.id
    assert surfaces.seat(PRESS.id).home is None


async def test_a_choice_in_home_reports_itself_and_the_state(
    seat: Seat, told: Told
) -> None:
    await seat.open_home()
    await seat.see_home()

    await seat.choose_in_home("theme", "dark")

    (body,) = told.of("block_actions")
    assert body["actions"][0]["selected_option"]["value"] == "dark"
    kept = body["view"]["state"]["values"]["settings"]["theme"]
    assert kept["selected_option"]["value"] == "dark"
    assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}


async def test_a_window_that_opens_after_the_tap_ends_the_waiting(
    surfaces: Workspace, seat: Seat, told: Told, app_client: AsyncWebClient
) -> None:
    blocks = [{"type": "actions", "elements": [button("menu")]}]
    posted = await app_client.chat_postMessage(
        channel=QUESTIONS.id, text="One button", blocks=blocks
    )
    await seat.choose(QUESTIONS.id, posted["ts"], "menu")
    waiting = [status.only_for for status in surfaces.state.statuses.values()]
    (tapped,) = told.of("block_actions")

    await app_client.views_open(trigger_id=tapped["trigger_id"], view=make_modal())

    assert waiting == [NURSE.id]
    assert surfaces.state.statuses == {}


async def test_a_modal_is_filled_in_and_handed_in(seat: Seat, told: Told) -> None:
    await opened(seat)

    problems = await seat.submit(
        {"words": "how many", "role": "press", "parts": ["harms"], "length": "full"}
    )

    (body,) = told.of("view_submission")
    values = body["view"]["state"]["values"]
    assert problems == {}
    assert seat.modal is None
    assert values["words"]["words"]["value"] == "how many"
    assert values["length"]["length"]["selected_option"]["value"] == "full"
    assert values["role"]["role"]["selected_option"]["value"] == "press"
    chosen = values["parts"]["parts"]["selected_options"]
    assert [one["value"] for one in chosen] == ["harms"]
    assert values["topic"]["topic"]["selected_option"] is None
    assert body["view"]["private_metadata"] == "kept"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Please complete this required field."),
        ("a", "Please enter at least 3 characters."),
        ("x" * 3001, "Please enter at most 3000 characters."),
    ],
)
async def test_input_that_slack_itself_refuses_never_reaches_the_app(
    seat: Seat, told: Told, words: str, said: str
) -> None:
    await opened(seat)

    assert await seat.submit({"words": words}) == {"words": said}
    assert told.of("view_submission") == []
    assert seat.modal is not None


async def test_the_app_can_object_to_an_input(seat: Seat, told: Told) -> None:
    await opened(seat)
    told.answer = {"response_action": "errors", "errors": {"words": "Not that"}}

    assert await seat.submit({"words": "hello"}) == {"words": "Not that"}
    assert seat.modal is not None


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        (
            {"response_action": "update", "view": make_modal(title=plain("New"))},
            ["New"],
        ),
        (
            {"response_action": "push", "view": make_modal(title=plain("Top"))},
            ["Ask the file", "Top"],
        ),
        ({"response_action": "clear"}, []),
    ],
)
async def test_the_app_can_answer_a_submission_with_another_view(
    seat: Seat,
    told: Told,
    answer: dict[str, Any],
    titles: list[str],
) -> None:
    await opened(seat)
    told.answer = answer

    assert await seat.submit({"words": "hello"}) == {}
    assert [view.title for view in seat.modals] == titles


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "errors", "errors": {}},
    ],
)
async def test_an_answer_that_makes_no_sense_is_shown_as_trouble(
    seat: Seat, told: Told, answer: dict[str, Any]
) -> None:
    await opened(seat)
    told.answer = answer

    assert await seat.submit({"words": "hello"}) == {"": TROUBLE}


async def test_a_closed_modal_is_told_to_the_app_that_wants_to_know(
    seat: Seat, told: Told
) -> None:
    await opened(seat)

    await seat.dismiss()

    (body,) = told.of("view_closed")
    assert (seat.modal, body["is_cleared"]) == (None, False)


async def test_modals_stack_three_deep(
    surfaces: Workspace, seat: Seat, app_client: AsyncWebClient
) -> None:
    await opened(seat)
    for _ in range(2):
        await seat.choose_in_modal("deeper")
        await surfaces.settle()
    trigger = surfaces.grants.trigger(Origin(NURSE.id, ""))

    answer = await refusal(
        app_client, "views.push", trigger_id=trigger, view=make_modal()
    )
    assert answer["error"] == "push_limit_reached"
    assert seat.modals[2].previous == seat.modals[1].id
    assert len({view.root for view in seat.modals}) == 1
    await seat.submit({"words": "hello"})
    assert len(seat.modals) == 2


async def test_an_external_menu_asks_the_app_for_its_options(
    seat: Seat, told: Told
) -> None:
    await opened(seat)

    assert await seat.suggest("topic", "remission") == ["remission-one", "two"]
    await seat.submit({"words": "hello", "topic": "remission-one"})

    (body,) = told.of("view_submission")
    kept = body["view"]["state"]["values"]["topic"]["topic"]
    assert kept["selected_option"]["value"] == "remission-one"


async def test_a_value_that_is_not_offered_cannot_be_chosen(
    seat: Seat, told: Told
) -> None:
    assert told.bodies == []
    await opened(seat)

    with pytest.raises(NotHereError, match="No option"):
        await seat.submit({"role": "king"})


async def test_a_trigger_opens_one_view_within_three_seconds(
    surfaces: Workspace, app_client: AsyncWebClient, clock: SteppedClock
) -> None:
    used = surfaces.grants.trigger(Origin(NURSE.id, ""))
    late = surfaces.grants.trigger(Origin(NURSE.id, ""))
    await app_client.views_open(trigger_id=used, view=make_modal())

    words = [
        (await refusal(app_client, "views.open", trigger_id=used, view=make_modal()))
    ]
    clock.step(TRIGGER_LIFE + 1)
    words += [
        await refusal(app_client, "views.open", trigger_id=name, view=make_modal())
        for name in (late, "made-up")
    ]

    assert [answer["error"] for answer in words] == [
        "exchanged_trigger_id",
        "expired_trigger_id",
        "invalid_trigger_id",
    ]


async def test_an_update_keeps_input_and_guards_its_hash(
    seat: Seat, app_client: AsyncWebClient
) -> None:
    view = await opened(seat)
    await seat.submit({"words": "a"})

    new = make_modal(title=plain("Changed"))
    await app_client.views_update(view_id=view.id, view=new, hash=view.hash)
    answer = await refusal(
        app_client, "views.update", view_id=view.id, view=new, hash=view.hash
    )

    assert seat.modal is not None
    assert seat.modal.title == "Changed"
    assert seat.modal.values["words"]["words"]["value"] == "a"
    assert answer["error"] == "hash_conflict"
    assert (await refusal(app_client, "views.update", view_id="V1", view=new))[
        "error"
    ] == "not_found"
