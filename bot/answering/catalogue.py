"""Lists what a pack holds, for those who look around instead of asking."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import unquote, urlsplit

from bot.knowledge.load import Entry, Knowledge
from bot.knowledge.model import Fact, Gap, Source, Trial, Withdrawn


ITSELF = "about"  # the topic of what the bot says of itself

_PARTS = re.compile(r"[/?&=#;]+")


class Knowing(Protocol):
    """Whoever has read a pack."""

    @property
    def knowledge(self) -> Knowledge:
        """What the pack says."""
        ...


@dataclass(frozen=True, slots=True)
class Topic:
    """What facts are about, and how many there are."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a fact said until a day, what it says now, and why."""

    on: date
    target: str  # id of the fact; no longer an entry where it was taken out
    label: str
    was: str
    now: str  # empty where it was taken out
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A pack as a list: topics, entries, works and what is not known."""

    knowledge: Knowledge

    @property
    def trial(self) -> Trial:
        """The trial that the pack is about."""
        return self.knowledge.trial

    def topics(self) -> tuple[Topic, ...]:
        """Every topic with its number of facts, the largest first."""
        counted = Counter(map(self.knowledge.topic, self.knowledge.facts))
        ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(Topic(name, count) for name, count in ranked)

    def about(self, topic: str) -> tuple[Fact, ...]:
        """The facts of one topic, in the order of the pack."""
        facts = self.knowledge.facts.values()
        return tuple(f for f in facts if self.knowledge.topic(f.id) == topic)

    def gaps(self, words: str = "") -> tuple[Gap, ...]:
        """What no source reports, by number; only those that name all the words."""
        wanted = words.casefold().split()
        found = (
            gap
            for gap in self.knowledge.gaps.values()
            if all(word in f"{gap.label} {gap.wording}".casefold() for word in wanted)
        )
        return tuple(sorted(found, key=lambda gap: gap.number))

    def entry(self, target: str) -> Entry | None:
        """The entry of that id, or None if the pack has none."""
        try:
            return self.knowledge.entry(target)
        except KeyError:
            return None

    def work(self, name: str) -> Source | None:
        """The work of that id or number, from 1 on; None if there is none."""
        works = tuple(self.knowledge.sources.values())
        if name.isascii() and name.isdecimal():
            return works[int(name) - 1] if 1 <= int(name) <= len(works) else None
        return self.knowledge.sources.get(name)

    def work_at(self, url: str) -> Source | None:
        """The work that lies at an address: by its DOI, its number or its own page."""
        works = self.knowledge.sources.values()
        return next((work for work in works if _lies_at(work, url)), None)

    def latest(self, most: int) -> tuple[Fact, ...]:
        """The facts that were held against their sources last, the latest first.

        What the bot says of itself has no source to be held against.
        """
        every = self.knowledge.facts.values()
        facts = [one for one in every if self.knowledge.topic(one.id) != ITSELF]
        ranked = sorted(facts, key=lambda fact: fact.verified.on, reverse=True)
        return tuple(ranked[:most])

    def changes(self, most: int) -> tuple[Change, ...]:
        """What the pack itself says was changed or taken out, the newest first."""
        facts = self.knowledge.facts.values()
        found = [change for fact in facts for change in _changes_of(fact)]
        found += map(_withdrawal, self.knowledge.withdrawn.values())
        ranked = sorted(
            found, key=lambda change: (-change.on.toordinal(), change.target)
        )
        return tuple(ranked[:most])

    def overdue(self, today: date) -> tuple[Fact, ...]:
        """The facts that somebody should have looked at again before today."""
        facts = self.knowledge.facts.values()
        return tuple(fact for fact in facts if fact.review_by < today)


def _changes_of(fact: Fact) -> Iterator[Change]:
    """Each step from what the fact said first to what it says now."""
    newer = (fact.statement, *(one.statement for one in fact.history))
    for now, one in zip(newer, fact.history, strict=False):
        was = one.statement
        yield Change(one.until, fact.id, fact.label, was, now, one.why, one.by)


def _withdrawal(gone: Withdrawn) -> Change:
    return Change(gone.on, gone.id, gone.label, gone.statement, "", gone.why, gone.by)


def _lies_at(work: Source, url: str) -> bool:
    plain = _bare(url)
    if work.doi and plain.endswith(f"/{work.doi.casefold()}"):
        return True
    if work.url and plain == _bare(work.url):
        return True
    return _is_numbered(work, plain)


def _is_numbered(work: Source, plain: str) -> bool:
    """Whether a part of the address is the number under which a registry has it."""
    if not work.registry_id:
        return False
    *register, number = work.registry_id.casefold().split()
    if number.isdecimal() and not (register == ["pmid"] and "pubmed" in plain):
        return False  # digits alone are anything, but in PubMed
    return number in _PARTS.split(plain)


def _bare(url: str) -> str:
    """An address without what differs between two ways of writing it.

    What somebody pasted may be no address at all: that is compared as it stands.
    """
    plain = unquote(url).casefold()
    try:
        split = urlsplit(plain)
    except ValueError:  # a bracket that is never closed, a host that is none
        return plain
    query = f"?{split.query}" if split.query else ""
    return f"{split.netloc.removeprefix('www.')}{split.path.rstrip('/')}{query}"
