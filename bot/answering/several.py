"""Puts the replies to the parts of one message together, each thing once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from bot.answering.matches import Matches
from bot.answering.reply import Answer, Clarify, NotReported, Reply
from bot.knowledge.load import Entry


Telling: TypeAlias = Answer | NotReported
Given: TypeAlias = tuple[Matches, Reply | None]  # a part, and what it alone deserves


def in_order(given: Sequence[Given]) -> tuple[Reply, ...]:
    """What tells something, and what is to be asked about, as the message has them.

    A part about what another one tells is not asked about.
    """
    told: dict[object, Telling] = {}
    for _, reply in given:
        if isinstance(reply, Answer | NotReported):
            told.setdefault(thing_of(reply), reply)
    entries = {entry.id for reply in told.values() for entry in _entries(reply)}
    kept = (reply for part, reply in given if _is_kept(part, reply, told, entries))
    return tuple(reply for reply in kept if reply is not None)


def among(reply: Reply, others: Iterable[Reply]) -> bool:
    """Whether what a reply tells first is told by one of the others, too."""
    return thing_of(reply) in map(thing_of, others)


def thing_of(reply: Reply) -> object:
    """What a reply is about: an entry, or the qualifiers that no entry covers."""
    if isinstance(reply, Answer):
        return reply.entries[0].id
    if isinstance(reply, NotReported):
        return reply.qualifiers if reply.gap is None else reply.gap.id
    return None


def _is_kept(
    part: Matches,
    reply: Reply | None,
    told: Mapping[object, Telling],
    entries: set[str],
) -> bool:
    if isinstance(reply, Clarify):
        return part.ranked[0].entry.id not in entries
    return reply is not None and told.get(thing_of(reply)) is reply


def _entries(reply: Telling) -> tuple[Entry, ...]:
    """The entries that a reply tells, or says that nobody reports."""
    if isinstance(reply, Answer):
        return reply.entries
    return reply.nearest if reply.gap is None else (reply.gap, *reply.nearest)
