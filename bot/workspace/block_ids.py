"""Gives every block and every control a name, as Slack does when an app gives none."""

from __future__ import annotations

from typing import Any

from bot.workspace.blocks import Block


PARTS = ("elements", "actions")  # lists of controls in a block
NAMELESS = frozenset({"actions", "context_actions", "input", "section"})


def with_ids(blocks: list[Block], prefix: str) -> tuple[Block, ...]:
    """The blocks, each with an id; those without get one that tells their place."""
    return tuple(
        _with_id(block, f"{prefix}-{place}") for place, block in enumerate(blocks)
    )


def _with_id(block: Block, fallback: str) -> Block:
    own = block.get("block_id") or fallback
    named = {**block, "block_id": own}
    if "child_blocks" in block:
        named["child_blocks"] = list(with_ids(block["child_blocks"], fallback))
    if block.get("type") in NAMELESS:
        named |= _controls(block, own)
    return named


def _controls(block: Block, own: str) -> dict[str, Any]:
    named: dict[str, Any] = {
        part: [_named(e, f"{own}-{n}") for n, e in enumerate(block[part])]
        for part in PARTS
        if part in block
    }
    single = {part: block[part] for part in ("accessory", "element") if part in block}
    return named | {part: _named(e, f"{own}-0") for part, e in single.items()}


def _named(control: Any, fallback: str) -> Any:
    if control.get("type") == "image" or control.get("action_id"):
        return control
    return {**control, "action_id": fallback}
