"""Reads what Slack sends: who speaks, whether to us, and where an answer belongs."""

from __future__ import annotations

from typing import Any, TypeAlias

from bot.slack.delivery import Aside, Place, Thread
from bot.slack.reception import Asked, without_mention


Body: TypeAlias = dict[str, Any]

SPOKEN = frozenset({None, "thread_broadcast", "file_share"})  # a person's new message
SLACKBOT = "USLACKBOT"  # has no bot_id
WHOLE = ("channel", "ts", "user")  # without one of these there is nobody to answer
MARKS_OF_OTHERS = ("bot_id", "bot_profile", "edited", "hidden")


def is_question(event: Body) -> bool:
    """Whether a person newly said this to us: by mention, or in a direct message."""
    to_us = event["type"] == "app_mention" or (
        event["type"] == "message" and event.get("channel_type") == "im"
    )
    return to_us and _is_from_a_person(event)


def is_shared_outside(body: Body) -> bool:
    """Whether other organisations read the channel this comes from."""
    event = body.get("event") or {}
    return any(
        str(part.get("is_ext_shared_channel")).lower() == "true"
        for part in (body, event)
    )


def question_in(event: Body, team: str, bot_user: str) -> Asked:
    """What was asked, with the keys of the message and of the asker in its thread."""
    thread = event.get("thread_ts") or event["ts"]
    return Asked(
        text=without_mention(event.get("text") or "", bot_user),
        place=Thread(event["channel"], thread),
        key=f"{team}:{event['channel']}:{event['ts']}",
        thread=f"{team}:{event['channel']}:{thread}:{event['user']}",
    )


def places_of(body: Body) -> tuple[Place, ...]:
    """Where whoever sent this can be answered; nowhere, if it was not put to us."""
    event = body.get("event")
    if event is not None:
        asked = is_question(event)
        return (question_in(event, "", "").place,) if asked else ()
    in_message = body.get("type") == "block_actions" and "container" in body
    if in_message and not body["container"].get("is_ephemeral"):
        return (thread_of_tap(body),)
    return (Aside(body["response_url"]),) if body.get("response_url") else ()


def thread_of_tap(body: Body) -> Thread:
    """The thread of the message whose button was tapped."""
    box, message = body["container"], body.get("message") or {}
    thread = box.get("thread_ts") or message.get("thread_ts") or box["message_ts"]
    return Thread(body["channel"]["id"], thread)


def _is_from_a_person(event: Body) -> bool:
    return (
        event.get("subtype") in SPOKEN
        and all(isinstance(event.get(name), str) for name in WHOLE)
        and not any(event.get(mark) for mark in MARKS_OF_OTHERS)
        and event.get("user") not in {"", SLACKBOT}
    )
