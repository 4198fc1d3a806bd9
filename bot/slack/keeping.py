"""Writes down what was asked and what will be said, and reads it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.promise.question import Arrival, Json, Spot
from bot.slack.blocks.kit import Message
from bot.slack.blocks.text import Markup
from bot.slack.person import Person
from bot.slack.places import Aside, Modal, Place, Thread, Written


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody put to us: their words, where, and two keys."""

    text: str = field(repr=False)
    place: Place
    key: str  # the same however often and under however many event ids it arrives
    thread: str  # the asker in this thread
    asker: Person
    overheard: bool = False  # said in a thread of ours, but not to us by name
    opens: bool = False  # the first words of a conversation with us


def arrival_of(asked: Asked, words: str) -> Arrival:
    """What the inbox keeps of a question, with words that name nobody."""
    place = asked.place
    return Arrival(
        key=asked.key,
        team=asked.asker.team,
        channel=place.channel if isinstance(place, Thread) else "",
        person=asked.asker.user,
        thread=asked.thread,
        words=words,
        place=_place_told(asked),
    )


def asked_of(arrival: Arrival) -> Asked:
    """What was asked, as the inbox kept it."""
    return Asked(
        text=arrival.words,
        place=place_of(arrival.place),
        key=arrival.key,
        thread=arrival.thread,
        asker=Person(arrival.team, arrival.person),
        opens=bool(arrival.place.get("opens")),
    )


def place_of(told: Json) -> Place:
    """Where the reply belongs."""
    if "response_url" in told:
        return Aside(str(told["response_url"]))
    if "view" in told:
        return Modal(str(told["view"]))
    return Thread(str(told["channel"]), str(told["thread"]))


def told_of(messages: Iterable[Message]) -> tuple[dict[str, Any], ...]:
    """The messages as the inbox keeps them."""
    return tuple(
        {"text": one.text, "blocks": list(one.blocks), "checked": one.checked}
        for one in messages
    )


def messages_of(told: Iterable[Mapping[str, Any]]) -> tuple[Message, ...]:
    """The messages as they were drawn once."""
    return tuple(
        Message(Markup(one["text"]), tuple(one["blocks"]), one.get("checked", False))
        for one in told
    )


def written_at(spot: Spot) -> Written:
    """A message of ours, to be changed or taken back."""
    return Written(spot.channel, spot.ts, spot.thread)


def spot_of(written: Written) -> Spot:
    """Where a message of ours stands, as the inbox keeps it."""
    return Spot(written.channel, written.ts, written.thread)


def _place_told(asked: Asked) -> Json:
    match asked.place:
        case Thread(channel, ts):
            return {"channel": channel, "thread": ts, "opens": asked.opens}
        case Aside(response_url):
            return {"response_url": response_url}
        case Modal(view):
            return {"view": view}
        case _:
            raise ValueError("a question belongs to a thread, an aside or a window")
