"""Every method of the Web API that this workspace knows, and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.workspace.api import (
    assistant,
    chat,
    checking,
    conversations,
    files,
    functions,
    oauth,
    people,
    reactions,
    sockets,
    streams,
    views,
)
from bot.workspace.api.arguments import Arguments
from bot.workspace.tokens import Kind
from bot.workspace.workspace import Workspace


Answer: TypeAlias = Callable[[Workspace, Arguments], dict[str, Any]]

BOTS: frozenset[Kind] = frozenset({"bot", "user", "step"})
APPS: frozenset[Kind] = frozenset({"app"})
NOBODY: frozenset[Kind] = frozenset()  # the method needs no token


@dataclass(frozen=True, slots=True)
class Method:
    """One method: what it does, which scope it needs, which tokens open it."""

    answer: Answer
    scope: str = ""
    tokens: frozenset[Kind] = BOTS


METHODS: Mapping[str, Method] = {
    "agents.sessions.rename": Method(assistant.set_title, "chat:write"),
    "agents.sessions.setStatus": Method(assistant.set_session, "chat:write"),
    "api.test": Method(people.api_test, tokens=NOBODY),
    "apps.connections.open": Method(sockets.open_connection, tokens=APPS),
    "apps.uninstall": Method(oauth.uninstall),
    "assistant.threads.setStatus": Method(assistant.set_status, "chat:write"),
    "assistant.threads.setSuggestedPrompts": Method(
        assistant.set_prompts, "assistant:write"
    ),
    "assistant.threads.setTitle": Method(assistant.set_title, "assistant:write"),
    "auth.revoke": Method(people.revoke),
    "auth.test": Method(people.auth_test),
    "blocks.validate": Method(checking.validate, tokens=NOBODY),
    "chat.appendStream": Method(streams.append, "chat:write"),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.getPermalink": Method(chat.permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.startStream": Method(streams.start, "chat:write"),
    "chat.stopStream": Method(streams.stop, "chat:write"),
    "chat.unfurl": Method(chat.unfurl, "links:write"),
    "chat.update": Method(chat.update, "chat:write"),
    "conversations.history": Method(conversations.history),  # scope: by kind
    "conversations.info": Method(conversations.about),
    "conversations.join": Method(conversations.join, "channels:join"),
    "conversations.list": Method(conversations.listed),
    "conversations.members": Method(conversations.members),
    "conversations.open": Method(conversations.open_direct, "im:write"),
    "conversations.replies": Method(conversations.replies),
    "files.completeUploadExternal": Method(files.complete, "files:write"),
    "files.delete": Method(files.delete, "files:write"),
    "files.getUploadURLExternal": Method(files.upload_url, "files:write"),
    "files.info": Method(files.about, "files:read"),
    "functions.completeError": Method(functions.fail),
    "functions.completeSuccess": Method(functions.complete),
    "oauth.v2.access": Method(oauth.access, tokens=NOBODY),
    "reactions.add": Method(reactions.add, "reactions:write"),
    "reactions.get": Method(reactions.get, "reactions:read"),
    "reactions.remove": Method(reactions.remove, "reactions:write"),
    "users.conversations": Method(conversations.own),
    "users.info": Method(people.about, "users:read"),
    "users.list": Method(people.listed, "users:read"),
    "views.open": Method(views.open_modal),
    "views.publish": Method(views.publish),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
}
BY_PLACE: Mapping[str, str] = {  # methods whose scope depends on the kind of channel
    "conversations.history": "history",
    "conversations.replies": "history",
    "conversations.info": "read",
    "conversations.members": "read",
}


def needed_scope(desk: Workspace, name: str, given: Arguments) -> str:
    """The scope that this call needs; empty, if it needs none."""
    if name not in BY_PLACE:
        return METHODS[name].scope
    place = desk.state.directory.channels.get(given.text("channel"))
    kind = "im" if place and place.direct else "channels"
    return f"{kind}:{BY_PLACE[name]}"
