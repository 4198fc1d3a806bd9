"""Objects to modals and Home tabs as Slack does."""

from __future__ import annotations

import json
from typing import Any

from bot.workspace.blocks import Surface, objections
from bot.workspace.rules import Objections, both, one_of, said, shape, text, words


LARGEST = 250_000  # bytes of one view; docs.slack.dev, views.open
_COMMON = {
    "callback_id": words(255),
    "external_id": words(255),
    "private_metadata": words(3000),
}
_HOME = shape(may=_COMMON)
_MODAL = both(
    shape(
        needs={"title": text(24)},
        may={**_COMMON, "submit": text(24), "close": text(24)},
    ),
)


def view_objections(
    view: object, kind: str = "modal", pointer: str = "/view"
) -> Objections:
    """What Slack would say against this view; nothing, if it would take it."""
    if not isinstance(view, dict):
        yield said("must be an object", pointer)
        return
    yield from one_of(kind)(view.get("type"), f"{pointer}/type")
    yield from (_MODAL if kind == "modal" else _HOME)(view, pointer)
    if "blocks" not in view:
        yield said("missing required field: blocks", pointer)
        return
    surface: Surface = "modal" if kind == "modal" else "home"
    yield from objections(view["blocks"], f"{pointer}/blocks", surface)
    yield from _submit(view, pointer)


def too_large(view: object) -> bool:
    """Whether a view has more bytes than Slack keeps."""
    return len(json.dumps(view).encode()) > LARGEST


def _submit(view: dict[str, Any], pointer: str) -> Objections:
    """A modal that asks for something needs a button to hand it in."""
    blocks = view["blocks"] if isinstance(view["blocks"], list) else []
    asks = any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if asks and view.get("type") == "modal" and not view.get("submit"):
        yield said("missing required field: submit", pointer)
