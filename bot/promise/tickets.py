"""What was asked and not answered, as work for curators: one ticket for each thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, get_args

from bot.knowledge.load import Knowledge


State: TypeAlias = Literal["open", "assigned", "snoozed", "closed"]
View: TypeAlias = Literal["oldest", "most asked", "mine", "snoozed", "closed"]

VIEWS: tuple[View, ...] = get_args(View)
MOST = 50  # tickets in one list; more than anybody reads at once


@dataclass(frozen=True, slots=True)
class Ticket:
    """One thing that people asked for in vain, and what is done about it."""

    number: int
    pack: str
    gap: int | None  # its number in the pack; None: nobody has written it yet
    concepts: tuple[str, ...]
    unknown: tuple[str, ...]  # words that belong to no concept; none once erased
    times: int  # how often it was asked
    people: int  # who can still be told
    unhelpful: int  # how often the reply was there, and did not help
    first: float  # seconds since 1970, as all moments
    last: float
    state: State
    owner: str = ""  # team:user, or a name from a terminal
    until: float | None = None  # snoozed until then
    fact: str = ""  # that answers it
    draft: str = ""  # id of the fact that somebody drafted for it
    reason: str = ""  # of the last act


@dataclass(frozen=True, slots=True)
class Sample:
    """How somebody put it, without what points to a person."""

    words: str
    at: float
    how: str  # what became of it: the decision, or not helpful and why


@dataclass(frozen=True, slots=True)
class Assign:
    """Somebody takes it on."""

    to: str


@dataclass(frozen=True, slots=True)
class Snooze:
    """Nobody need look at it before then."""

    until: float


@dataclass(frozen=True, slots=True)
class CloseOutside:
    """It is not for this trial desk to answer."""


@dataclass(frozen=True, slots=True)
class CloseAnswered:
    """A fact answers it; those who asked are to be told."""

    fact: str


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """Somebody has drafted a fact for it."""

    fact: str


Act: TypeAlias = Assign | Snooze | CloseOutside | CloseAnswered | NoteDraft


@dataclass(frozen=True, slots=True)
class By:
    """Who does something about a ticket, and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why an act is not possible, in one sentence."""

    says: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tickets there are, by state."""

    open: int = 0
    assigned: int = 0
    snoozed: int = 0
    closed: int = 0


class Tickets(Protocol):
    """The tickets of every pack."""

    async def listed(self, pack: str, view: View, who: str = "") -> tuple[Ticket, ...]:
        """The tickets of a pack in an order that the view names, at most MOST."""
        ...

    async def find(self, number: int) -> Ticket | None:
        """The ticket of that number; None if there is none."""
        ...

    async def samples(self, number: int) -> tuple[Sample, ...]:
        """How it was put, the latest first; a few."""
        ...

    async def tally(self, pack: str) -> Tally:
        """How many tickets of a pack there are."""
        ...

    async def act(self, number: int, act: Act, by: By) -> Ticket | Unfit:
        """Do it and write it to the audit; the ticket as it is then."""
        ...


def name_of(ticket: Ticket, knowledge: Knowledge) -> str:
    """What the ticket is about, in words; the pack names what it knows."""
    gap = next((g for g in knowledge.gaps.values() if g.number == ticket.gap), None)
    if gap is not None:
        return gap.label
    known = knowledge.concepts
    named = [known[one].name for one in ticket.concepts if one in known]
    said = [f"“{word}”" for word in ticket.unknown]
    if not named and not said:
        return f"gap {ticket.gap}" if ticket.gap else "words that are no longer kept"
    return " · ".join([*named, *said])


def exported(
    ticket: Ticket, name: str, samples: tuple[Sample, ...]
) -> Mapping[str, object]:
    """The ticket as a line of JSON: nobody is named who asked."""
    return {
        "ticket": ticket.number,
        "about": name,
        "gap": ticket.gap,
        "concepts": list(ticket.concepts),
        "state": ticket.state,
        "owner": ticket.owner,
        "asked": ticket.times,
        "people": ticket.people,
        "unhelpful": ticket.unhelpful,
        "first": ticket.first,
        "last": ticket.last,
        "fact": ticket.fact,
        "draft": ticket.draft,
        "reason": ticket.reason,
        "samples": [one.words for one in samples if one.words],
    }
