"""Reads the body of a request as Slack writes it, and refuses every other shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias
from urllib.parse import parse_qsl


Body: TypeAlias = dict[str, Any]
Part: TypeAlias = Body | list[Any]

DEEPEST = 32  # levels; the deepest that Block Kit allows in a tap is 15: a styled word
#               in a list in rich text in a container in an attachment of the message
TOO_DEEP = "The JSON is nested too deeply."
MOST_FIELDS = 50  # of a form; a slash command has 14
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

# What Bolt looks into without asking: `dict` there, or it answers 500.
_OBJECTS = (
    "event",
    "view",
    "message",
    "previous_message",
    "container",
    "assistant_thread",
    "function_data",
)
_OBJECTS_OR_IDS = ("user", "team", "channel", "enterprise", "item")
_WORDS = (
    *("type", "team_id", "enterprise_id", "user_id", "event_id", "callback_id"),
    *("trigger_id", "response_url"),
)
_LISTS = ("authorizations", "actions", "response_urls")


class BodyError(ValueError):
    """A body that Slack would not send; the message says why, and quotes nothing."""


def read_body(text: str, content_type: str) -> Body:
    """The body as an object, whether it came as JSON, as a form or as JSON in a form."""
    if content_type == JSON:
        return _shaped(_parsed(text))
    try:
        fields = dict(
            parse_qsl(
                text,
                keep_blank_values=True,
                errors="strict",
                max_num_fields=MOST_FIELDS,
            )
        )
    except ValueError as error:
        raise BodyError("The form cannot be read.") from error
    is_interaction = "payload" in fields and "command" not in fields
    return _shaped(_parsed(fields["payload"])) if is_interaction else dict(fields)


def is_certificate_check(text: str, content_type: str) -> bool:
    """Whether Slack only looks at our certificate: a form that nobody has signed.

    Bolt's own middleware (AsyncSslCheck) lets it pass before it looks for a signature.
    """
    return content_type == FORM and "ssl_check=1" in text.split("&", MOST_FIELDS)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise BodyError(TOO_DEEP) from error
    except ValueError as error:
        raise BodyError("The body is not JSON.") from error


def _shaped(value: Any) -> Body:
    if not isinstance(value, dict):
        raise BodyError("The body is not an object.")
    shapes: tuple[tuple[tuple[str, ...], tuple[type, ...]], ...] = (
        (_OBJECTS, (dict,)),
        (_OBJECTS_OR_IDS, (dict, str)),
        (_LISTS, (list,)),
        (_WORDS, (str,)),
    )
    for names, kinds in shapes:
        _check_kinds(value, names, kinds)
    _check_parts(value)
    _check_ids(value)
    for name in _LISTS:
        if not all(isinstance(part, dict) for part in value.get(name) or ()):
            raise BodyError(f"`{name}` is not a list of objects.")
    _check_event(value)
    return value


def _check_parts(value: Body) -> None:
    """Look once through everything inside: how deep it lies, and that ids are words."""
    layer: list[Part] = [value]
    for _ in range(DEEPEST):
        layer = [inner for part in layer for inner in _parts_of(part)]
    if any(layer):
        raise BodyError(TOO_DEEP)


def _parts_of(part: Part) -> Iterator[Part]:
    """The objects and lists that lie in one."""
    if isinstance(part, list):
        yield from (inner for inner in part if isinstance(inner, dict | list))
        return
    for name, inner in part.items():
        if name.endswith("_id") and not isinstance(inner, str | None):
            raise BodyError(f"`{name}` has a shape that Slack does not send.")
        if isinstance(inner, dict | list):
            yield inner


def _check_ids(value: Body) -> None:
    for name in _OBJECTS_OR_IDS:
        part = value.get(name)
        if isinstance(part, dict) and not isinstance(part.get("id", ""), str):
            raise BodyError(f"`{name}` has an id that Slack does not send.")


def _check_kinds(value: Body, names: tuple[str, ...], kinds: tuple[type, ...]) -> None:
    for name in names:
        if value.get(name) is not None and not isinstance(value[name], kinds):
            raise BodyError(f"`{name}` has a shape that Slack does not send.")


def _check_event(value: Body) -> None:
    event = value.get("event")
    if value.get("type") == "event_callback" and not event:
        raise BodyError("The event is missing.")
    if event is not None and not isinstance(event.get("type"), str):
        raise BodyError("The event has no type.")
