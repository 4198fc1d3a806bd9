"""The methods about people and the app itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.responses import RefusedError
from bot.workspace.state import NotHereError, Status
from bot.workspace.workspace import Workspace


EMOJI = re.compile(r"[a-z0-9_+'-]{1,100}")


def api_test(_desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Say the arguments back, or fail with the error that was asked for."""
    if error := given.text("error"):
        raise RefusedError(error)
    return {"args": {k: v for k, v in given.given.items() if k != "token"}}


def auth_test(desk: Workspace, _given: Arguments) -> dict[str, Any]:
    """Who the token belongs to."""
    directory = desk.state.directory
    return {
        "url": f"{desk.url}/",
        "team": directory.team.name,
        "user": directory.bot.name,
        "team_id": directory.team.id,
        "user_id": directory.bot.id,
        "bot_id": directory.bot.bot_id,
        "is_enterprise_install": False,
    }


def about(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Describe one person."""
    try:
        person = desk.state.person(given.required("user"))
    except NotHereError as error:
        raise RefusedError("user_not_found") from error
    return {"user": person.to_slack(desk.state.directory.team)}


def react(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Add the app's reaction to a message."""
    name = given.required("name").strip(":")
    if not EMOJI.fullmatch(name):
        raise RefusedError("invalid_name")
    message = given.message(desk.state, "timestamp")
    reaction = (name, desk.state.directory.bot.id)
    if reaction in message.reactions:
        raise RefusedError("already_reacted")
    desk.state.write(replace(message, reactions=(*message.reactions, reaction)))
    return {}


def set_status(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Say in a thread what the app is doing; an empty status takes it back."""
    place = given.place(desk.state, "channel_id")
    root = given.required("thread_ts")
    desk.state.show(Status(place.id, root, given.text("status")))
    return {}
