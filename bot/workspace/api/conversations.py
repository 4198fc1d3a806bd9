"""The conversations methods: what stands where."""

from __future__ import annotations

from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.messages import Message
from bot.workspace.responses import RefusedError
from bot.workspace.workspace import Workspace


DEFAULT_LIMIT = 100  # docs.slack.dev, conversations.history
MOST = 999


def about(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Describe one conversation."""
    place = given.place(desk.state)
    return {"channel": place.to_slack(desk.state.directory.bot)}


def history(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """What stands in the channel itself, newest first."""
    place = given.place(desk.state)
    found = _between(desk.state.board.history(place.id), given)
    return _page(desk, found[::-1], given)


def replies(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """A thread, oldest first, its first message always included."""
    place, root = given.place(desk.state), given.required("ts")
    thread = desk.state.board.thread(place.id, root)
    if not thread:
        raise RefusedError("thread_not_found")
    return _page(desk, (thread[0], *_between(thread[1:], given)), given)


def open_direct(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """The app's talk with a person; it is always already open."""
    users = given.text("users")
    if not users and not given.text("channel"):
        raise RefusedError("users_list_not_supplied")
    place = desk.state.directory.direct(users) if users else given.place(desk.state)
    if place is None:
        raise RefusedError("user_not_found")
    return {"no_op": True, "already_open": True, "channel": {"id": place.id}}


def members(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Who is in a conversation."""
    return {"members": list(given.place(desk.state).members)}


def listed(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """The conversations of some kinds; public channels unless told otherwise."""
    kinds = set((given.text("types") or "public_channel").split(","))
    places = desk.state.directory.channels.values()
    wanted = [p for p in places if ("im" if p.direct else "public_channel") in kinds]
    if given.text("exclude_archived").lower() in {"1", "true"}:
        wanted = [p for p in wanted if not p.is_archived]
    return {"channels": [p.to_slack(desk.bot) for p in wanted]}


def own(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Of these conversations, the ones that the app is in."""
    every = listed(desk, given)["channels"]
    return {"channels": [place for place in every if place.get("is_member")]}


def join(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Become a member of a public channel."""
    place = given.place(desk.state)
    if place.direct:
        raise RefusedError("method_not_supported_for_channel_type")
    if place.is_archived:
        raise RefusedError("is_archived")
    joined = desk.state.directory.join(place, desk.bot.id)
    return {"channel": joined.to_slack(desk.bot)}


def _between(found: tuple[Message, ...], given: Arguments) -> tuple[Message, ...]:
    """Those after `oldest` and before `latest`; both ends only with `inclusive`."""
    oldest, latest = given.moment("oldest", "0"), given.moment("latest", "inf")
    ends = (
        {oldest, latest} if given.text("inclusive") in {"1", "true", "True"} else {""}
    )
    return tuple(
        m for m in found if float(oldest) < float(m.ts) < float(latest) or m.ts in ends
    )


def _page(
    desk: Workspace, found: tuple[Message, ...], given: Arguments
) -> dict[str, Any]:
    limit = min(given.count("limit", DEFAULT_LIMIT) or DEFAULT_LIMIT, MOST)
    start = given.count("cursor", 0)
    shown, rest = found[start : start + limit], found[start + limit :]
    answer: dict[str, Any] = {
        "messages": [desk.state.scribe.to_slack(message) for message in shown],
        "has_more": bool(rest),
    }
    if rest:
        answer["response_metadata"] = {"next_cursor": str(start + limit)}
    return answer
