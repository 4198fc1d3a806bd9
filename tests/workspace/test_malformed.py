"""Whatever an app or a page sends, the answer says what is wrong with it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.acts import ACTS
from bot.workspace.api.methods import METHODS
from bot.workspace.directory import NURSE
from bot.workspace.grants import Origin
from bot.workspace.workspace import Workspace
from tests.workspace.desks import ECHO, QUESTIONS, TOKEN
from tests.workspace.surfaces import HOME, make_modal


NAMES = [
    "attachments",
    "blocks",
    "channel",
    "channel_id",
    "channels",
    "chunks",
    "code",
    "files",
    "filename",
    "function_execution_id",
    "hash",
    "length",
    "markdown_text",
    "metadata",
    "name",
    "outputs",
    "prompts",
    "status",
    "text",
    "thread_ts",
    "timestamp",
    "title",
    "trigger_id",
    "ts",
    "unfurls",
    "user",
    "user_id",
    "view",
    "view_id",
    "limit",
    "cursor",
    "oldest",
    "latest",
    "session_status",
    "recipient_user_id",
]
ODD: tuple[Any, ...] = (
    None, "", "x", "{", -1, 1.5, True, [], {}, [None], [[]], ["x"], {"type": []},
    {"type": "modal"}, [{"type": "section", "text": []}], [{"type": "input"}],
    [{"type": "actions", "elements": [{"type": "static_select", "options": [1]}]}],
    [{"type": "container", "child_blocks": [{"type": "table", "rows": [1]}]}],
    [{"type": "image", "alt_text": "x", "slack_file": {"id": []}}],
    [{"type": "card", "title": 1}], [{"type": {}}], [{"block_id": []}],
    {"type": "home", "blocks": [{"type": "input", "element": None}]},
    {"a": {"blocks": 1}}, {"https://a.example": []}, {"event_type": 1},
    [{"type": "task_update"}], [{"type": "blocks", "blocks": None}], [{"title": []}],
    QUESTIONS.id, NURSE.id, ECHO, HOME, make_modal(),
)  # fmt: skip


def requests(dice: random.Random, ts: str, trigger: str) -> Iterator[dict[str, Any]]:
    """Calls that are right here and there, and wrong elsewhere."""
    right = {"channel": QUESTIONS.id, "channel_id": QUESTIONS.id, "ts": ts}
    right |= {"timestamp": ts, "thread_ts": ts, "user": NURSE.id, "trigger_id": trigger}
    for _ in range(15):
        odd = {name: dice.choice(ODD) for name in dice.sample(NAMES, 9)}
        yield odd | {name: right[name] for name in right if dice.random() < 0.7}


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_a_malformed_call_is_answered_in_slacks_shape(
    desk: Workspace, client: AsyncWebClient, method: str
) -> None:
    assert client.token == TOKEN
    ts = desk.speak(NURSE.id, QUESTIONS.id, "hello")
    dice = random.Random(method)  # noqa: S311  the same in every run
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for given in requests(dice, ts, desk.grants.trigger(Origin(NURSE.id, ""))):
            url = f"{desk.api_url}{method}"
            async with session.post(url, json=given) as response:
                assert response.status == 200, given
                assert isinstance((await response.json())["ok"], bool)


@pytest.mark.parametrize("act", [*ACTS, "dance"])
async def test_a_malformed_act_is_answered_in_one_sentence(
    desk: Workspace, session: aiohttp.ClientSession, act: str
) -> None:
    ts = desk.speak(NURSE.id, QUESTIONS.id, "hello")
    whole = {"user": NURSE.id, "channel": QUESTIONS.id, "ts": ts, "action": "x"}
    more = {"callback_id": "x", "name": "x", "content": "x", "thread_ts": ts}
    for body in (b"", b"[]", b"{}", {"user": "U1"}, {"user": NURSE.id}, whole | more):
        given = {"data": body} if isinstance(body, bytes) else {"json": body}
        headers = {"Content-Type": "application/json"}
        url = f"{desk.url}/desk/act/{act}"
        async with session.post(url, headers=headers, **given) as response:
            assert response.status < 500, body
            assert (await response.json()).keys() <= {"error", "done"}
