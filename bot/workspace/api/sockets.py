"""The method that opens a Socket Mode connection."""

from __future__ import annotations

from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.workspace import Workspace


def open_connection(desk: Workspace, _given: Arguments) -> dict[str, Any]:
    """An address that takes one websocket."""
    address = desk.url.replace("http://", "ws://")
    ticket, app = desk.sockets.ticket(), desk.state.config.app_id
    return {"url": f"{address}/link/?ticket={ticket}&app_id={app}"}
