"""Reads the arguments of a Web API call, whichever way they were sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.workspace.directory import Channel
from bot.workspace.messages import Message
from bot.workspace.responses import RefusedError
from bot.workspace.state import NotHereError, State


STRUCTURED = ("blocks", "attachments", "metadata")  # JSON inside a form


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one call, by name."""

    given: dict[str, Any]

    def text(self, name: str) -> str:
        """An argument as text; empty when it was not given."""
        value = self.given.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        """An argument that must be there."""
        if not self.text(name):
            raise RefusedError(
                "invalid_arguments", (f"missing required field: {name}",)
            )
        return self.text(name)

    def count(self, name: str, default: int) -> int:
        """An argument as a whole number."""
        value = self.text(name) or str(default)
        if not value.isdecimal():
            raise RefusedError(
                "invalid_arguments", (f"must be an integer [json-pointer:/{name}]",)
            )
        return int(value)

    def place(self, state: State, name: str = "channel") -> Channel:
        """The channel that an argument names."""
        try:
            return state.place(self.required(name))
        except NotHereError as error:
            raise RefusedError("channel_not_found") from error

    def message(self, state: State, name: str = "ts") -> Message:
        """The message that an argument names, in the channel of the call."""
        try:
            return state.message(self.place(state).id, self.required(name))
        except NotHereError as error:
            raise RefusedError("message_not_found") from error


async def read_arguments(request: web.Request) -> Arguments:
    """Everything given in the address, a form or a JSON body."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= await _json_body(request)
    elif request.method == "POST":
        given |= dict(await request.post())
    return Arguments({**given, **_structured(given)})


async def _json_body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError as error:
        raise RefusedError("invalid_json") from error
    if not isinstance(body, dict):
        raise RefusedError("json_not_object")
    return body


def _structured(given: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _decoded(name, given[name])
        for name in STRUCTURED
        if isinstance(given.get(name), str)
    }


def _decoded(name: str, value: str) -> Any:
    try:
        return json.loads(value) if value else None
    except ValueError as error:
        raise RefusedError(f"invalid_{name}_format") from error
