"""A question from its arrival to its end, as everybody sees it who works on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, get_args

from bot.answering.composition import Composition


Json: TypeAlias = Mapping[str, Any]
Ending: TypeAlias = Literal["answered", "failure_notified", "failure_unnotifiable"]
State: TypeAlias = Literal["received", "frozen"] | Ending
Outcome: TypeAlias = Literal["posted", "adopted", "not posted", "unknown", "refused"]

ENDINGS: tuple[Ending, ...] = get_args(Ending)
ANSWER, NOTICE, DIRECT = "answer", "notice", "direct"  # what a message of ours is


@dataclass(frozen=True, slots=True)
class Arrival:
    """A question as it came: who, where, and its words without anybody's details."""

    key: str  # team:channel:ts, the same however often it arrives
    team: str
    channel: str
    person: str  # a user id
    thread: str  # the asker in this thread
    words: str = field(repr=False)
    place: Json = field(repr=False)  # where the reply belongs, as the Slack side reads


@dataclass(frozen=True, slots=True)
class Frozen:
    """The reply to a question, as it will be posted however often it is tried."""

    composition: Composition
    messages: tuple[Json, ...]  # text and blocks, as drawn for the asker
    earlier: tuple[str, ...] = field(default=(), repr=False)  # the asker's own words


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message of ours stands in Slack."""

    channel: str
    ts: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to post one part; without an outcome nobody knows what became of it."""

    number: int
    part: str  # answer-1, answer-2, … · notice · direct
    began: float  # seconds since 1970
    outcome: Outcome | None = None

    @property
    def is_open(self) -> bool:
        """Whether Slack may have the message, or not."""
        return self.outcome in {None, "unknown"}


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a try, while nobody has noted it."""

    attempt: Attempt
    outcome: Outcome
    spot: Spot | None = None  # where it stands, if it can be changed later


@dataclass(frozen=True, slots=True)
class Owed:
    """A question that is not at its end, and all that was done about it so far."""

    arrival: Arrival
    mark: str  # an opaque name of the key, for the metadata of our messages
    received_at: float  # seconds since 1970
    revision: int = 0  # how often its words were changed, or it was taken back
    starts: int = 1  # how often work on it began
    withdrawn: bool = False
    ours: bool = True  # to work on at once; otherwise a queue brings it to somebody
    inherited: bool = False  # from a replica that was lost
    frozen: Frozen | None = None
    attempts: tuple[Attempt, ...] = ()  # the latest of each part
    posts: Mapping[str, Spot] = field(default_factory=dict)  # what stands, by part

    @property
    def key(self) -> str:
        """team:channel:ts."""
        return self.arrival.key


@dataclass(frozen=True, slots=True)
class Seen:
    """A channel in which somebody asked: their latest question, and the threads."""

    team: str
    channel: str
    ts: str
    threads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question at its end of which Slack may show two replies."""

    key: str
    team: str
    mark: str
    place: Json
