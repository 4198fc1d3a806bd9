"""The methods of an agent's conversation: status, title, prompts, session."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.conversing import Conversation
from bot.workspace.responses import RefusedError
from bot.workspace.state import Status
from bot.workspace.workspace import Workspace


MOST_PROMPTS = 4  # docs.slack.dev, assistant.threads.setSuggestedPrompts
LONGEST_TITLE = 200  # characters; docs.slack.dev, agents.sessions.rename
SESSIONS = frozenset({"processing", "active", "suspended", "closed"})
MOST_LOADING = 10  # docs.slack.dev, assistant.threads.setStatus
STOPPED = "agent_session_stopped"
UNSUBSCRIBED = "missing_agent_session_stopped_event_subscription"
WORKING = "is working on it…"


def set_status(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Say in a thread what the app is doing; an empty status takes it back."""
    place = given.place(desk.state, "channel_id")
    root, said = given.required("thread_ts"), given.text("status")
    loading = given.words("loading_messages", MOST_LOADING)
    desk.state.show(Status(place.id, root, said, loading=loading))
    return {}


def set_title(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Give a conversation a title."""
    title = given.required("title")
    if len(title) > LONGEST_TITLE:
        raise RefusedError("title_too_long")
    _keep(desk, replace(_conversation(desk, given), title=title))
    return {}


def set_prompts(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Offer questions to begin with."""
    prompts = given.listed("prompts")
    sound = all(p.get("title") and p.get("message") for p in prompts)
    if not prompts or len(prompts) > MOST_PROMPTS or not sound:
        raise RefusedError("invalid_arguments", ("prompts [json-pointer:/prompts]",))
    offered = tuple(
        {"title": str(p["title"]), "message": str(p["message"])} for p in prompts
    )
    about = _conversation(desk, given)
    _keep(desk, replace(about, prompts=offered, prompts_title=given.text("title")))
    return {}


def set_session(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Say how far the agent is in a conversation."""
    status = given.required("status")
    if status not in SESSIONS:
        raise RefusedError("invalid_status")
    about = _conversation(desk, given)
    title = given.text("title") or about.title
    _keep(desk, replace(about, session=status, title=title))
    if about.thread_ts:
        _show_session(desk, about.channel, about.thread_ts, status)
    hears = desk.state.config.features.hears({"type": STOPPED})
    return {} if hears or status != "processing" else {"warning": UNSUBSCRIBED}


def _show_session(desk: Workspace, channel: str, thread_ts: str, status: str) -> None:
    """Show that the app works, in its own words if it has said any."""
    said = desk.state.statuses.get((channel, thread_ts))
    if status != "processing":
        desk.state.show(Status(channel, thread_ts, ""))
    else:
        desk.state.show(said or Status(channel, thread_ts, WORKING))


def _conversation(desk: Workspace, given: Arguments) -> Conversation:
    place = given.place(desk.state, "channel_id")
    return desk.conversations.of(place.id, given.text("thread_ts"))


def _keep(desk: Workspace, conversation: Conversation) -> None:
    members = desk.state.directory.channels[conversation.channel].members
    desk.conversations.keep(conversation, members)
