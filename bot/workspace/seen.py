"""What the page shows when it opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.workspace.directory import Channel, Person
from bot.workspace.features import Features
from bot.workspace.state import State
from bot.workspace.workspace import Workspace


def seen_by(desk: Workspace, user: str) -> Mapping[str, Any]:
    """Everything that the page shows to one person."""
    state = desk.state
    places = state.directory.seen_by(user)
    here = {place.id for place in places}
    statuses = (
        asdict(status)
        for status in state.statuses.values()
        if status.channel in here and status.only_for in {None, user}
    )
    return {
        "you": user,
        "team": state.directory.team.name,
        "bot": state.directory.bot.id,
        "people": [_person(person) for person in state.directory.people.values()],
        "channels": [_place(place) for place in places],
        "messages": _messages(state, user, places),
        "statuses": list(statuses),
        "exchanges": [exchange.to_json() for exchange in state.exchanges.kept],
        "command": state.config.command,
        "suggestions": list(state.config.suggestions),
        "features": _features(state.config.features),
        "views": desk.views.as_shown(user),
        "conversations": desk.conversations.shown_in(here),
    }


def _messages(
    state: State, user: str, places: tuple[Channel, ...]
) -> list[dict[str, Any]]:
    return [
        state.as_shown(message)
        for place in places
        for message in state.board.all_in(place.id)
        if message.only_for in {None, user}
    ]


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "title": person.title,
        "is_bot": person.is_bot,
    }


def _place(place: Channel) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "topic": place.topic,
        "direct": place.direct,
    }


def _features(features: Features) -> dict[str, Any]:
    return {
        "shortcuts": [asdict(shortcut) for shortcut in features.shortcuts],
        "steps": [
            {
                "callback_id": step.callback_id,
                "title": step.title,
                "inputs": [dict(parameter) for parameter in step.inputs],
            }
            for step in features.steps
        ],
        "home_tab": features.home_tab,
        "conversation": features.conversation,
        "stoppable": features.hears({"type": "agent_session_stopped"}),
    }
