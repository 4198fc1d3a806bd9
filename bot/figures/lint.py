"""Holds every declared picture against the words around it, as rules of the check.

A number that is drawn must be one that a reply about its facts would say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.answering.wording import brief_of, method_lines, value_in_words
from bot.errors import FigureError
from bot.figures.axis import TICKS
from bot.figures.drawing import Drawing
from bot.figures.plate import LONGEST_ALT
from bot.figures.plates import plate_of
from bot.figures.shapes import Words
from bot.figures.shares import METHOD
from bot.knowledge.figures import Figure
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.knowledge.objections import Objection, Rule
from bot.knowledge.values import in_words, numbers_in


def undrawable_figure(knowledge: Knowledge) -> Iterator[Objection]:
    """Every text of a picture must have room, and every sign a letter."""
    for figure in _complete(knowledge):
        try:
            plate_of(figure, knowledge).drawing()
        except FigureError as error:
            yield Objection("figures", figure.id, "undrawable-figure", str(error))


def long_alternative(knowledge: Knowledge) -> Iterator[Objection]:
    """An alternative text must be one that every reader's program takes whole."""
    for figure, drawing in _drawn(knowledge):
        if len(drawing.alt) > LONGEST_ALT:
            advice = f"{len(drawing.alt)} characters, at most {LONGEST_ALT}: show less"
            yield Objection("figures", figure.id, "long-alternative", advice)


def unsaid_number(knowledge: Knowledge) -> Iterator[Objection]:
    """A picture may show only numbers that a reply about its facts would say."""
    for figure, drawing in _drawn(knowledge):
        said = numbers_in(" ".join(_told(figure, knowledge)))
        unsaid = sorted(numbers_in(drawn_words(drawing)) - said)
        if unsaid:
            advice = f"{', '.join(unsaid)} is drawn, and no fact of it says so"
            yield Objection("figures", figure.id, "unsaid-number", advice)


PICTURE_RULES: tuple[Rule, ...] = (
    undrawable_figure,
    long_alternative,
    unsaid_number,
)


def drawn_words(drawing: Drawing) -> str:
    """Every text of a drawing, in the order in which it was written."""
    return " ".join(shape.text for shape in drawing.shapes if isinstance(shape, Words))


def _complete(knowledge: Knowledge) -> Iterator[Figure]:
    """The pictures that name only what exists; other rules speak about the rest."""
    known = {entry.id for entry in knowledge.entries()}
    for figure in knowledge.figures.values():
        named = {*figure.facts(), *figure.shows.conflicts(), *figure.shows.gaps()}
        if named <= known:
            yield figure


def _drawn(knowledge: Knowledge) -> Iterator[tuple[Figure, Drawing]]:
    for figure in _complete(knowledge):
        try:
            yield figure, plate_of(figure, knowledge).drawing()
        except FigureError:  # undrawable_figure says so
            continue


def _told(figure: Figure, knowledge: Knowledge) -> Iterator[str]:
    """What replies say of all that a picture rests on, sources and axis included."""
    trial = knowledge.trial
    yield from (METHOD, *map(str, TICKS), trial.model_dump_json(), trial.badge)
    yield in_words(trial.status.as_of.isoformat())
    conflicts = [knowledge.conflicts[name] for name in figure.shows.conflicts()]
    names = [*figure.facts(), *(name for one in conflicts for name in one.facts)]
    facts = [knowledge.facts[name] for name in names]
    facts += [knowledge.facts[f.pair_with] for f in facts if f.pair_with is not None]
    for fact in facts:
        yield from _of_fact(fact)
    works = {citation.source for fact in facts for citation in fact.sources}
    for conflict in conflicts:
        yield conflict.model_dump_json()
        works |= {source for claim in conflict.claims for source in claim.sources}
    yield from (knowledge.gaps[name].label for name in figure.shows.gaps())
    yield from _of_works(knowledge, works)


def _of_fact(fact: Fact) -> Iterator[str]:
    yield from (fact.label, fact.statement, brief_of(fact), value_in_words(fact.value))
    yield from (fact.population, fact.time or "", *method_lines(fact))
    yield from (citation.read_as or "" for citation in fact.sources)
    yield in_words(fact.verified.on.isoformat())


def _of_works(knowledge: Knowledge, works: Iterable[str]) -> Iterator[str]:
    for place, name in enumerate(works, start=1):  # [1], [2] … are numbers too
        source = knowledge.sources[name]
        yield f"{place} {source.publisher} {in_words(source.date or '1')} {source.read_as}"
