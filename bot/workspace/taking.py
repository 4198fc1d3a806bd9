"""Takes a view from an app, or refuses it as Slack does."""

from __future__ import annotations

from typing import Any

from bot.workspace.files import Files
from bot.workspace.responses import RefusedError
from bot.workspace.view_rules import too_large, view_objections


def taken_view(files: Files, view: Any, kind: str = "modal") -> dict[str, Any]:
    """The view itself; RefusedError with every reason if Slack would not take it."""
    said = tuple(view_objections(view, kind))
    if said:
        raise RefusedError("invalid_arguments", said)
    pictures = tuple(files.objections(view.get("blocks"), "/view/blocks"))
    if pictures:
        raise RefusedError("invalid_arguments", pictures)
    if too_large(view):
        raise RefusedError("view_too_large")
    taken: dict[str, Any] = view
    return taken
