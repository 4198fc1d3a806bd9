"""Reads the arguments of a Web API call, whichever way they were sent."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.workspace.directory import Channel
from bot.workspace.messages import Message
from bot.workspace.responses import RefusedError
from bot.workspace.state import NotHereError, State


MOMENT = re.compile(r"\d{1,12}(\.\d{1,6})?")
STRUCTURED = (  # JSON inside a form
    "loading_messages",
    "attachments",
    "blocks",
    "chunks",
    "files",
    "loading_messages",
    "message",
    "metadata",
    "outputs",
    "prompts",
    "unfurls",
    "view",
)


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one call, by name, and the token they came with."""

    given: dict[str, Any]
    token: str = field(default="", repr=False)
    basic: str = field(default="", repr=False)  # an app's id and secret, encoded

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

    def moment(self, name: str, default: str) -> str:
        """An argument as a timestamp."""
        value = self.text(name) or default
        if value != default and not MOMENT.fullmatch(value):
            raise RefusedError(f"invalid_ts_{name}")
        return value

    def listed(self, name: str) -> list[dict[str, Any]]:
        """An argument as a list of objects; empty when it was not given."""
        value = self.given.get(name) or []
        if not isinstance(value, list) or any(not isinstance(i, dict) for i in value):
            raise RefusedError(
                "invalid_arguments", (f"must be an array [json-pointer:/{name}]",)
            )
        return value

    def words(self, name: str, most: int) -> tuple[str, ...]:
        """An argument as a list of at most so many texts; empty if not given."""
        value = self.given.get(name) or []
        is_list = isinstance(value, list) and len(value) <= most
        if not is_list or any(not isinstance(one, str) for one in value):
            wrong = f"must be at most {most} texts [json-pointer:/{name}]"
            raise RefusedError("invalid_arguments", (wrong,))
        return tuple(value)

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
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = secret if scheme == "Bearer" else str(given.get("token") or "")
    basic = secret if scheme == "Basic" else ""
    return Arguments({**given, **_structured(given)}, token, basic)


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
