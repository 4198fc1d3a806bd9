"""Says what may be passed on outside, by whose word, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.answering.above import shown
from bot.answering.citing import source_line
from bot.answering.composition import Composition, Fold, Point
from bot.answering.contacts import Contacts
from bot.answering.wording import brief_of, day
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.knowledge.provenance import Cleared


_FIRST_TIER = "A"  # the trial's own papers, abstracts and registry records
_NOT_CLEARED = "Not cleared for sharing"
_UNASKED = "Ask your press office."


@dataclass(frozen=True, slots=True)
class Shareable:
    """A reply in words that may be passed on, and why they may; empty if none need."""

    composition: Composition
    because: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A reply that may not be passed on: for reading, below what to do about it."""

    composition: Composition
    notice: str


Release: TypeAlias = Shareable | Withheld


@dataclass(frozen=True, slots=True)
class PressDesk:
    """Knows what somebody cleared by name, and what the pack's own rule adds to that."""

    knowledge: Knowledge
    contacts: Contacts

    def release(self, composition: Composition) -> Release:
        """The reply as the press may use it, or why it may not yet."""
        names = self._with_harms(composition.facts)
        held = [name for name in names if not self.is_cleared(name)]
        if held:
            return self._withheld(composition, held)
        points = tuple(self._cleared(one, composition) for one in composition.points)
        bare: dict[str, object] = {"figures": (), "suggestions": ()}  # nobody cleared
        if points != composition.points:
            bare |= {"points": points, "answer": "\n".join(map(shown, points))}
        because = " ".join(self._because(names))
        return Shareable(composition.model_copy(update=bare), because)

    def is_cleared(self, target: str) -> bool:
        """Whether an entry may be passed on: by a name, or by the pack's own rule."""
        fact = self.knowledge.facts.get(target)
        return fact is not None and (fact.cleared is not None or self._by_rule(fact))

    def is_picture_cleared(self, name: str) -> bool:
        """Whether all that a picture draws may be passed on, harms included."""
        figure = self.knowledge.figures.get(name)
        if figure is None:
            return False
        shows = figure.shows
        drawn = (*figure.facts(), *shows.gaps(), *shows.conflicts())
        return all(map(self.is_cleared, self._with_harms(drawn)))

    def _by_rule(self, fact: Fact) -> bool:
        """Whether the pack counts it: a work of the first tier says it, in its words."""
        press = self.knowledge.trial.press
        if press is None or press.rule == "by-name":
            return False
        tiers = {self.knowledge.sources[one.source].tier for one in fact.sources}
        return fact.got == "quoted" and _FIRST_TIER in tiers

    def _because(self, names: Iterable[str]) -> Iterator[str]:
        facts = [self.knowledge.facts[name] for name in names]
        given = [fact.cleared for fact in facts if fact.cleared is not None]
        if given:
            yield f"Wording cleared for sharing by {'; '.join(_unique(given))}."
        press = self.knowledge.trial.press
        if len(given) < len(facts) and press is not None:
            yield press.says

    def _cleared(self, point: Point, composition: Composition) -> Point:
        """What somebody cleared, word for word, instead of what the file says itself."""
        facts = [self.knowledge.facts[name] for name in self._with_harms(point.facts)]
        if not any(fact.cleared for fact in facts):
            return point
        said = [f"{_wording(f)} {_marks(f, composition)}".strip() for f in facts]
        if point.decision == "answered":
            return point.model_copy(
                update={"headline": said[0], "lines": tuple(said[1:])}
            )
        nearest, *rest = said
        lines = (f"Nearest: {nearest}", *rest, *point.lines[-1:])  # whom to ask is last
        return point.model_copy(update={"lines": lines})

    def _with_harms(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The entries, the first followed by the harms that all of them travel with."""
        facts = (self.knowledge.facts.get(name) for name in names)
        harms = [
            f.pair_with for f in facts if f is not None and f.pair_with is not None
        ]
        return tuple(dict.fromkeys((*names[:1], *harms, *names[1:])))

    def _withheld(self, composition: Composition, held: list[str]) -> Withheld:
        notice = f"{_NOT_CLEARED}: {'; '.join(map(self._label, held))}. {self._ask()}"
        lines = (*composition.answer.splitlines(), *_sources(composition))
        kept = Fold(title=f"{_NOT_CLEARED}: what the file says", lines=lines)
        point = Point(decision=composition.decision, headline=notice)
        told = {"points": (point,), "answer": notice, "folds": (kept,)}
        bare = {"citations": (), "figures": (), "suggestions": (), "badges": ()}
        return Withheld(composition.model_copy(update=told | bare), notice)

    def _label(self, name: str) -> str:
        """What an entry is about; its id where it has since been taken out."""
        try:
            return self.knowledge.entry(name).label
        except KeyError:
            return name

    def _ask(self) -> str:
        contact = self.contacts.of("press") or self.contacts.of("on-call")
        if contact is None:
            return _UNASKED
        return f"Ask {contact.says} (checked {day(contact.checked)})."


def _wording(fact: Fact) -> str:
    """What may be said of a fact; its value is filled in where the words leave room."""
    if fact.cleared is None or fact.cleared.wording is None:
        return brief_of(fact)
    return brief_of(fact.model_copy(update={"brief": fact.cleared.wording}))


def _marks(fact: Fact, composition: Composition) -> str:
    """The marks of the fact's sources, as the reply has numbered them."""
    own = {citation.source for citation in fact.sources}
    numbers = (one.number for one in composition.citations if one.source in own)
    return "".join(f"[{number}]" for number in numbers)


def _sources(composition: Composition) -> Iterator[str]:
    return map(source_line, composition.citations)


def _unique(given: Iterable[Cleared]) -> tuple[str, ...]:
    """Who cleared something, and when, each once."""
    return tuple(dict.fromkeys(f"{one.by}, {day(one.on)}" for one in given))
