"""Reads a tap: on what, by whom, and where what it asks for belongs."""

from __future__ import annotations

from dataclasses import dataclass

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.slack.listeners.hearing import Body, person_in, place_of_tap
from bot.slack.person import Person
from bot.slack.places import Aside, Place, Thread


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that somebody tapped, or an entry of a list that they chose."""

    name: str
    value: str
    body: Body
    person: Person

    @property
    def key(self) -> str:
        """The same however often the tap arrives."""
        who = f"{self.person.team}:{self.person.user}"
        return f"{who}:{self.body['trigger_id']}:{self.name}"

    @property
    def place(self) -> Place:
        """Where what it asks for belongs."""
        return place_of_tap(self.body)

    @property
    def aside(self) -> Place:
        """Where only the person who tapped reads what is said."""
        is_message = isinstance(self.place, Thread)
        return Aside(self.body["response_url"]) if is_message else self.place


def tap_in(args: AsyncArgs) -> Tap:
    """The tap that a request tells of."""
    action = args.payload
    chosen = action.get("selected_option") or {}
    value = action.get("value") or chosen.get("value") or ""
    person = person_in(args.body, args.context)
    return Tap(str(action["action_id"]), str(value), args.body, person)
