"""Finds the button that a person means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.workspace.messages import Message
from bot.workspace.state import NotHereError


def action_of(message: Message, action: str, at: str) -> dict[str, Any]:
    """What a tap on the button reports, found by action_id or value."""
    for block, button in buttons(message.blocks):
        if action in {button.get("action_id"), button.get("value")}:
            return {
                "action_id": button.get("action_id", ""),
                "block_id": block.get("block_id"),
                "text": button["text"],
                "value": button.get("value"),
                "type": button["type"],
                "action_ts": at,
            }
    raise NotHereError(f"No button of that message is called {action!r}.")


def buttons(
    blocks: tuple[dict[str, Any], ...],
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every button with its block, also inside containers."""
    for block in blocks:
        inside = [*block.get("elements", []), block.get("accessory", {})]
        yield from ((block, part) for part in inside if part.get("type") == "button")
        yield from buttons(tuple(block.get("child_blocks", [])))
