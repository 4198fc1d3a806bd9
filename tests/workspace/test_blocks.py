"""Blocks that Slack would refuse are refused here, with its words and pointers."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.block_ids import with_ids
from bot.workspace.blocks import objections
from tests.workspace.desks import ECHO, QUESTIONS


PLAIN = {"type": "plain_text", "text": "x"}
RULE = {"type": "divider"}
PICTURE = {"type": "image", "image_url": "https://example.org/a.png"}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(**changes: Any) -> dict[str, Any]:
    return {"type": "button", "text": PLAIN, "action_id": "more", **changes}


def actions(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(buttons)}


def container(*children: dict[str, Any], **changes: Any) -> dict[str, Any]:
    kids = list(children)
    return {"type": "container", "title": PLAIN, "child_blocks": kids, **changes}


def plain(length: int) -> dict[str, str]:
    return {**PLAIN, "text": "x" * length}


@pytest.mark.parametrize(
    ("blocks", "reason", "pointer"),
    [
        ([section("x" * 3001)], "must be less than 3001 characters", "/0/text/text"),
        ([section("")], "must be more than 0 characters", "/0/text/text"),
        ([{"type": "section"}], "missing required field: text", "/0"),
        ([{"type": "section", "text": "x"}], "must be a valid text object", "/0/text"),
        (
            [{"type": "section", "fields": [PLAIN] * 11}],
            "no more than 10 items allowed",
            "/0/fields",
        ),
        (
            [section("x") | {"accessory": {"type": "poem"}}],
            "unsupported type: poem",
            "/0/accessory/type",
        ),
        ([RULE] * 51, "no more than 50 items allowed", ""),
        ([{"type": "poem"}], "unsupported type: poem", "/0/type"),
        (["poem"], "must be an object", "/0"),
        (
            [{"type": "context", "elements": [PLAIN] * 11}],
            "no more than 10 items allowed",
            "/0/elements",
        ),
        (
            [actions(*(button(action_id=f"a{n}") for n in range(26)))],
            "no more than 25 items allowed",
            "/0/elements",
        ),
        (
            [actions(button(text=plain(76)))],
            "must be less than 76 characters",
            "/0/elements/0/text/text",
        ),
        (
            [actions(button(value="x" * 2001))],
            "must be less than 2001 characters",
            "/0/elements/0/value",
        ),
        (
            [actions(button(style="loud"))],
            "must be a valid enum value",
            "/0/elements/0/style",
        ),
        (
            [actions(button(), button())],
            'action_id "more" already exists',
            "/0/elements/1/action_id",
        ),
        (
            [{"type": "header", "text": plain(151)}],
            "must be less than 151 characters",
            "/0/text/text",
        ),
        (
            [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
            "unsupported type: mrkdwn",
            "/0/text/type",
        ),
        (
            [container(*[RULE] * 11)],
            "no more than 10 items allowed",
            "/0/child_blocks",
        ),
        ([container()], "missing required field: child_blocks", "/0"),
        (
            [container(RULE, title=plain(151))],
            "must be less than 151 characters",
            "/0/title/text",
        ),
        (
            [container(container(RULE))],
            "unsupported type: container",
            "/0/child_blocks/0/type",
        ),
        (
            [container(section("x" * 3001))],
            "must be less than 3001 characters",
            "/0/child_blocks/0/text/text",
        ),
        ([PICTURE], "missing required field: alt_text", "/0"),
        (
            [{"type": "image", "alt_text": "a"}],
            "missing required field: image_url",
            "/0",
        ),
        ([{**RULE, "block_id": "b"}] * 2, 'block_id "b" already exists', "/1"),
    ],
)
async def test_blocks_beyond_slacks_limits_are_refused(
    client: AsyncWebClient, blocks: list[Any], reason: str, pointer: str
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=QUESTIONS.id, text="x", blocks=blocks)

    answer = caught.value.response
    said = f"[ERROR] {reason} [json-pointer:/blocks{pointer}]"
    assert answer["error"] == "invalid_blocks"
    assert said in answer["response_metadata"]["messages"]


@pytest.mark.parametrize(
    "block",
    [
        section("x" * 3000),
        {"type": "context", "elements": [PLAIN, {**PICTURE, "alt_text": "a"}]},
        actions(button(style="primary", value="x" * 2000)),
        {"type": "header", "text": plain(150)},
        {"type": "image", "alt_text": "a", "slack_file": {"id": "F1"}},
        container(RULE, actions(button()), is_collapsible=True),
        {"type": "markdown", "text": "**x**"},
    ],
)
def test_blocks_within_the_limits_are_taken(block: dict[str, Any]) -> None:
    assert list(objections([block])) == []


def test_every_block_gets_an_id_that_tells_its_place() -> None:
    named = with_ids(ECHO, "b")

    assert [block["block_id"] for block in named] == ["b-0", "b-1"]
    assert named[1]["child_blocks"][0]["block_id"] == "b-1-0"
