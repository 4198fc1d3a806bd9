"""What happens between filling a modal in and the app taking it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.workspace import controls
from bot.workspace.blocks import Block
from bot.workspace.responses import RefusedError
from bot.workspace.views import View


def unfilled(view: View) -> Iterator[tuple[str, str]]:
    """What Slack itself refuses to hand in."""
    for block in view.blocks:
        if block["type"] == "input":
            said = _wrong(block, view)
            if said:
                yield block["block_id"], said


def _wrong(block: Block, view: View) -> str:
    element = block["element"]
    kept = view.values[block["block_id"]][element["action_id"]]
    if controls.is_empty(kept):
        return "" if block.get("optional") else "Please complete this required field."
    value = kept.get("value")
    size = len(value) if isinstance(value, str) else 0
    if size and size < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if size > element.get("max_length", 3000):
        return f"Please enter at most {element.get('max_length', 3000)} characters."
    return ""


def read_answer(body: str) -> dict[str, Any]:
    """What an acknowledgement says of a submission; empty: close the view."""
    if not body.strip():
        return {}
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise RefusedError("invalid_json") from error
    if not isinstance(answer, dict) or not _is_sound(answer):
        raise RefusedError("invalid_arguments")
    return answer


def _is_sound(answer: dict[str, Any]) -> bool:
    wanted = answer.get("response_action")
    if wanted == "errors":
        said = answer.get("errors")
        return isinstance(said, dict) and bool(said)
    return wanted in {None, "clear", "update", "push"}
