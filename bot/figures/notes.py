"""The lines below a picture: whom it is about, its harms, its design, its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.answering.badges import TRIAL_TOPICS
from bot.answering.citing import Citations, source_line
from bot.answering.wording import brief_of, day, method_lines
from bot.figures.drawing import Note
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.knowledge.values import in_words


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FIRST_SENTENCE = re.compile(r"(?<=[.!?])\s")


class Notes:
    """Collects what the rows of one picture rest on, in the order of first use."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._citations = Citations(knowledge)
        self._facts: dict[str, Fact] = {}

    def marks(self, fact: Fact) -> str:
        """The marks of a fact's sources, such as [1][2]."""
        self._facts.setdefault(fact.id, fact)
        return self._citations.marks(fact)

    def rest_on(self, fact: Fact) -> None:
        """Take a fact that is told, without citing it beside a row."""
        self._facts.setdefault(fact.id, fact)

    def verified(self) -> str:
        """When the oldest of the facts was held against its source."""
        return day(min(fact.verified.on for fact in self._facts.values()))

    def works(self, sources: Iterable[str]) -> str:
        """The works of one claim, each once, with the date of each."""
        return "; ".join(map(self._work, dict.fromkeys(sources)))

    def populations(self) -> tuple[str, ...]:
        """Whom the facts are about, each once."""
        said = dict.fromkeys(fact.population for fact in self._facts.values())
        return tuple(f"{_opened(population)}." for population in said)

    def harms(self) -> tuple[str, ...]:
        """The harms that the benefits drawn travel with, one sentence each."""
        names = dict.fromkeys(f.pair_with for f in tuple(self._facts.values()))
        return tuple(self._harm(name) for name in names if name is not None)

    def standing(self) -> str:
        """What the evidence is at a glance, when it was verified, and its sources.

        The badge of the trial stands only where a fact is about the trial.
        """
        topics = {self._knowledge.topic(name) for name in self._facts}
        badge = (
            () if topics.isdisjoint(TRIAL_TOPICS) else (self._knowledge.trial.badge,)
        )
        parts = " · ".join([*badge, f"Verified {self.verified()}"])
        return f"{parts}. {self.sources()}".strip()

    def sources(self) -> str:
        """The works by number, each with through what it was read."""
        works = " ".join(self._works())
        return f"Sources: {works}" if works else ""

    def details(self) -> tuple[str, ...]:
        """The facts in full: statement, method, caveats; then where each was read."""
        facts = tuple(self._facts.values())
        lines = [line for fact in facts for line in _in_full(fact)]
        return (*dict.fromkeys(lines), *map(source_line, self._citations.listed()))

    def _harm(self, name: str) -> str:
        fact = self._knowledge.facts[name]
        first = _FIRST_SENTENCE.split(brief_of(fact), maxsplit=1)[0]
        return f"{first} {self.marks(fact)}"

    def _works(self) -> Iterator[str]:
        for one in self._citations.listed():
            yield f"[{one.number}] {self._work(one.source)} ({one.read_as})."

    def _work(self, name: str) -> str:
        """Who published a work, and when, unless that is part of who."""
        source = self._knowledge.sources[name]
        if source.date is None or _YEAR.search(source.publisher):
            return source.publisher
        return f"{source.publisher}, {in_words(source.date)}"


def standard_notes(notes: Notes, method: str = "") -> tuple[Note, ...]:
    """Harms first; then whom it is about and by which method; design and sources."""
    harms = [Note(harm, "ink") for harm in notes.harms()]
    about = " ".join([*notes.populations(), method]).strip()
    return (*harms, Note(about), Note(notes.standing()))


def _in_full(fact: Fact) -> Iterator[str]:
    yield fact.statement
    yield from method_lines(fact)
    yield from fact.caveats


def _opened(said: str) -> str:
    return said[:1].upper() + said[1:]
