"""Reads what Slack sends: who speaks, whether to us, and where an answer belongs."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack.keeping import Asked
from bot.slack.person import Person
from bot.slack.places import Aside, Modal, Opening, Place, Thread, Written
from bot.slack.reception import without_mention


Body: TypeAlias = dict[str, Any]

SPOKEN = frozenset({None, "thread_broadcast", "file_share"})  # a person's new message
SLACKBOT = "USLACKBOT"  # has no bot_id
WHOLE = ("channel", "ts", "user")  # without one of these there is nobody to answer
MARKS_OF_OTHERS = ("bot_id", "bot_profile", "edited", "hidden")
EDIT_WINDOW = 120.0  # seconds in which an edited question is answered anew
TO_ANOTHER = re.compile(r"\s*<@[A-Z0-9]+(?:\|[^<>]*)?>")


def is_question(event: Body) -> bool:
    """Whether a person newly said this to us: by mention, or in a direct message."""
    to_us = event["type"] == "app_mention" or (
        event["type"] == "message" and event.get("channel_type") == "im"
    )
    return to_us and is_from_a_person(event)


def is_from_a_person(event: Body) -> bool:
    """Whether a person newly wrote this."""
    return (
        event.get("subtype") in SPOKEN
        and all(isinstance(event.get(name), str) for name in WHOLE)
        and not any(event.get(mark) for mark in MARKS_OF_OTHERS)
        and event.get("user") not in {"", SLACKBOT}
    )


def is_in_thread(event: Body) -> bool:
    """Whether it was said below another message of a channel."""
    root = event.get("thread_ts")
    return isinstance(root, str) and root != event.get("ts")


def is_shared_outside(body: Body) -> bool:
    """Whether other organisations read the channel this comes from."""
    event = body.get("event") or {}
    return any(
        str(part.get("is_ext_shared_channel")).lower() == "true"
        for part in (body, event)
    )


@dataclass(frozen=True, slots=True)
class Own:
    """Who we are in a workspace."""

    team: str
    bot_user: str


def own_in(context: AsyncBoltContext) -> Own:
    """Who we are in the workspace that a request came from."""
    return Own(context.team_id or "", context.bot_user_id or "")


def question_in(event: Body, own: Own) -> Asked:
    """What was asked, with the keys of the message and of the asker in its thread."""
    thread = event.get("thread_ts") or event["ts"]
    direct = event.get("channel_type") == "im"
    return Asked(
        text=without_mention(event.get("text") or "", own.bot_user),
        place=Thread(event["channel"], thread),
        key=f"{own.team}:{event['channel']}:{event['ts']}",
        thread=f"{own.team}:{event['channel']}:{thread}:{event['user']}",
        asker=Person(own.team, event["user"]),
        opens=direct and not is_in_thread(event),
    )


def edit_in(event: Body) -> Body | None:
    """The message as it reads now; None if its words are old, or not a person's."""
    now, before = event.get("message"), event.get("previous_message")
    if not isinstance(now, dict) or not isinstance(before, dict):
        return None
    fresh = {"channel": event.get("channel"), "channel_type": event.get("channel_type")}
    message = {name: said for name, said in now.items() if name != "edited"} | fresh
    if not is_from_a_person(message) or now.get("text") == before.get("text"):
        return None
    edited = now.get("edited")
    at = edited.get("ts") if isinstance(edited, dict) else event.get("ts")
    return message if _seconds_between(message["ts"], at) <= EDIT_WINDOW else None


def is_deletion(event: Body) -> bool:
    """Whether a message is gone; below one with replies Slack leaves a tombstone."""
    now = event.get("message")
    left = now.get("subtype") if isinstance(now, dict) else None
    return event.get("subtype") == "message_deleted" or left == "tombstone"


def deletion_in(event: Body, team: str) -> str:
    """The key of the message that is gone."""
    gone = event.get("previous_message") or {}
    ts = event.get("deleted_ts") or gone.get("ts")
    return f"{team}:{event.get('channel')}:{ts}"


def person_in(body: Body, context: AsyncBoltContext) -> Person:
    """Who tapped, commanded or submitted."""
    user = body.get("user")
    name = user.get("id") if isinstance(user, dict) else body.get("user_id")
    return Person(context.team_id or "", str(name or context.user_id or ""))


def place_of_tap(body: Body) -> Place:
    """Where what a tap asks for belongs: in a window, aside or in the thread."""
    view, box = body.get("view"), body.get("container") or {}
    if view:
        is_home = view.get("type") == "home"
        return Opening(body["trigger_id"]) if is_home else Modal(view["id"])
    if box.get("is_ephemeral"):
        return Aside(body["response_url"])
    return thread_of_tap(body)


def instead_of_tapped(body: Body) -> Place:
    """The very place of the message that was tapped."""
    place = place_of_tap(body)
    if isinstance(place, Aside):
        return Aside(place.response_url, instead=True)
    if isinstance(place, Thread):
        return Written(place.channel, body["container"]["message_ts"], place.ts)
    return place


def window_for(body: Body) -> Opening:
    """A window that a tap may open: above the one it was tapped in, if any."""
    view = body.get("view") or {}
    return Opening(body["trigger_id"], above=view.get("type") == "modal")


def thread_of_tap(body: Body) -> Thread:
    """The thread of the message whose button was tapped."""
    box, message = body["container"], body.get("message") or {}
    thread = box.get("thread_ts") or message.get("thread_ts") or box["message_ts"]
    return Thread(body["channel"]["id"], thread)


def places_of(body: Body) -> tuple[Place, ...]:
    """Where whoever sent this can be answered; nowhere, if it was not put to us."""
    event = body.get("event")
    if event is not None:
        asked = is_question(event)
        return (question_in(event, Own("", "")).place,) if asked else ()
    if body.get("type") == "block_actions" and "container" in body:
        return (_told_of_fault(body, place_of_tap(body)),)
    if body.get("response_url"):
        return (Aside(body["response_url"]),)
    user = body.get("user")
    return (Thread(user["id"]),) if isinstance(user, dict) and "id" in user else ()


def _told_of_fault(body: Body, place: Place) -> Place:
    """A window may be gone by then; the person's messages are not."""
    is_window = isinstance(place, Modal | Opening)
    return Thread(body["user"]["id"]) if is_window else place


def filled_in(view: Body, name: str) -> Any:
    """What somebody wrote or chose in a field of a window; empty if nothing."""
    given = view.get("state", {}).get("values", {}).get(name, {}).get("value", {})
    chosen = given.get("selected_option") or {}
    return (
        given.get("value")
        or given.get("selected_conversation")
        or given.get("selected_user")
        or given.get("selected_date")
        or chosen.get("value")
        or ""
    )


def carried(view: Body) -> Any:
    """What a window carried since it was opened; None if it is not what we wrote."""
    try:
        return json.loads(view.get("private_metadata") or "null")
    except ValueError:
        return None


def _seconds_between(first: object, then: object) -> float:
    try:
        return float(str(then)) - float(str(first))
    except ValueError:
        return float("inf")
