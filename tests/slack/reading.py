"""Finds in what was posted what a test is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias


Body: TypeAlias = dict[str, Any]

EPHEMERAL: Body = {"type": "message", "message_ts": "20.1", "is_ephemeral": True}


def in_modal(view_id: str = "V1") -> Body:
    """What a tap in a window carries instead of a message."""
    return {
        "container": {"type": "view", "view_id": view_id},
        "view": {"id": view_id, "type": "modal"},
        "channel": None,
        "message": None,
        "response_url": None,
    }


def on_home() -> Body:
    """What a tap on the home tab carries instead of a message."""
    return {**in_modal("H1"), "view": {"id": "H1", "type": "home"}}


def buttons(blocks: list[Body]) -> dict[str, str]:
    """Every button by its action, with its value."""
    return {
        str(one.get("action_id")): str(one.get("value", ""))
        for block in blocks
        if block["type"] in {"actions", "context_actions"}
        for one in block["elements"]
    }


def words(value: Any) -> str:
    """All that can be read in blocks or a window."""
    return "\n".join(_words(value))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
