"""The method that checks blocks without posting them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.blocks import objections
from bot.workspace.responses import RefusedError
from bot.workspace.view_rules import view_objections
from bot.workspace.workspace import Workspace


SAID = re.compile(r"(?P<message>.*) \[json-pointer:(?P<pointer>[^\]]*)\]")
CODES = (  # the beginning of a sentence, and the code that stands for it
    ("missing required", "missing_required_field"),
    ("unsupported type", "unsupported_type"),
    ("must be less", "too_long"),
    ("must be more", "too_short"),
    ("no more than", "too_many_items"),
    ("must be", "wrong_type"),
)


def validate(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Everything Slack would say against blocks, a message or a view."""
    said = list(map(_explained, _said(given)))
    pictures = desk.files.objections(given.given.get("blocks"), "")
    errors = [*said, *map(_explained, pictures)]
    if errors:
        raise RefusedError("invalid_blocks", explained=tuple(errors))
    return {}


def _said(given: Arguments) -> Iterator[str]:
    message, view = given.given.get("message"), given.given.get("view")
    if view is not None:
        kind = view.get("type", "modal") if isinstance(view, dict) else "modal"
        yield from view_objections(view, "home" if kind == "home" else "modal", "")
    elif message is not None:
        blocks = message.get("blocks") if isinstance(message, dict) else None
        yield from objections(blocks, "/blocks")
    else:
        yield from objections(given.given.get("blocks"), "")


def _explained(said: str) -> dict[str, str]:
    found = SAID.fullmatch(said)
    message, pointer = (found["message"], found["pointer"]) if found else (said, "")
    starts = (code for start, code in CODES if message.startswith(start))
    return {"code": next(starts, "invalid"), "message": message, "pointer": pointer}
