"""Gives every block an id, as Slack does when an app gives none."""

from __future__ import annotations

from bot.workspace.blocks import Block


def with_ids(blocks: list[Block], prefix: str) -> tuple[Block, ...]:
    """The blocks, each with an id; those without get one that tells their place."""
    return tuple(
        _with_id(block, f"{prefix}-{place}") for place, block in enumerate(blocks)
    )


def _with_id(block: Block, fallback: str) -> Block:
    named = {**block, "block_id": block.get("block_id") or fallback}
    if "child_blocks" in block:
        named["child_blocks"] = list(with_ids(block["child_blocks"], fallback))
    return named
