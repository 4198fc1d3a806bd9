"""Names the places in Slack where something can be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread in a channel or a direct message, which all its members read."""

    channel: str  # or a person's id: their direct messages with the app
    ts: str = ""  # empty: outside of any thread


@dataclass(frozen=True, slots=True)
class Aside:
    """A place that one person sees: the response_url of a command or a tap."""

    response_url: str
    instead: bool = False  # of the message that was tapped, or below it


@dataclass(frozen=True, slots=True)
class Written:
    """A message of ours, which can be written anew or taken back."""

    channel: str
    ts: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Modal:
    """A window that one person has open."""

    view: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A window that one person is about to see: a tap allows to open it."""

    trigger: str
    above: bool = False  # another window that stays open below


Place: TypeAlias = Thread | Aside | Written | Modal | Opening
