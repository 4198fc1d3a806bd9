"""The reactions methods: emoji under messages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.messages import Message
from bot.workspace.responses import RefusedError
from bot.workspace.workspace import Workspace


EMOJI = re.compile(r"[a-z0-9_+'-]{1,100}")


def add(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Add the app's reaction to a message."""
    message, reaction = _named(desk, given)
    if reaction in message.reactions:
        raise RefusedError("already_reacted")
    desk.state.write(replace(message, reactions=(*message.reactions, reaction)))
    return {}


def remove(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Take the app's reaction away."""
    message, reaction = _named(desk, given)
    if reaction not in message.reactions:
        raise RefusedError("no_reaction")
    left = tuple(one for one in message.reactions if one != reaction)
    desk.state.write(replace(message, reactions=left))
    return {}


def get(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """A message with everybody's reactions."""
    message = given.message(desk.state, "timestamp")
    written = desk.state.scribe.to_slack(message)
    return {"type": "message", "channel": message.channel, "message": written}


def _named(desk: Workspace, given: Arguments) -> tuple[Message, tuple[str, str]]:
    name = given.required("name").strip(":")
    if not EMOJI.fullmatch(name):
        raise RefusedError("invalid_name")
    return given.message(desk.state, "timestamp"), (name, desk.bot.id)
