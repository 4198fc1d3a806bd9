"""Views that Slack would refuse are refused here, with its words and pointers."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.directory import NURSE
from bot.workspace.grants import Origin
from bot.workspace.workspace import Workspace
from tests.workspace.surfaces import HOME, make_modal, plain, section
from tests.workspace.test_views import refusal


@pytest.mark.parametrize(
    "case",
    [
        ("open", make_modal(title=plain("x" * 25)), "/view/title/text"),
        ("open", {"type": "modal", "blocks": []}, "title [json-pointer:/view]"),
        ("open", make_modal(submit=None), "missing required field: submit"),
        ("open", make_modal(private_metadata="x" * 3001), "/view/private_metadata"),
        ("open", make_modal(blocks=[section("x")] * 101), "no more than 100 items"),
        (
            "open",
            make_modal(blocks=[{"type": "markdown", "text": "x"}]),
            "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
        ),
        ("open", HOME, "/view/type"),
        ("publish", make_modal(), "/view/type"),
        ("publish", {"type": "home"}, "missing required field: blocks"),
    ],
)
async def test_views_beyond_slacks_limits_are_refused_with_a_pointer(
    surfaces: Workspace, app_client: AsyncWebClient, case: tuple[str, Any, str]
) -> None:
    method, view, said = case
    trigger = surfaces.grants.trigger(Origin(NURSE.id, ""))
    who = {"user_id": NURSE.id} if method == "publish" else {"trigger_id": trigger}

    answer = await refusal(app_client, f"views.{method}", view=view, **who)

    assert answer["error"] == "invalid_arguments"
    assert any(said in line for line in answer["response_metadata"]["messages"])


async def test_blocks_can_be_checked_without_a_token(
    app_client: AsyncWebClient,
) -> None:
    app_client.token = None
    answer = await refusal(app_client, "blocks.validate", blocks=[section("x" * 3001)])

    assert answer["errors"] == [
        {
            "code": "too_long",
            "message": "must be less than 3001 characters",
            "pointer": "/0/text/text",
        }
    ]
    assert (await app_client.blocks_validate(view=make_modal()))["ok"]
