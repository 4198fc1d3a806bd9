"""The rules that a declared picture must keep: nothing is drawn that no source says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.knowledge.figures import Figure, Ladder, People, Points, Row
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.knowledge.objections import Objection, Rule
from bot.knowledge.prose import banned_in, numbers_said
from bot.knowledge.provenance import Grading
from bot.knowledge.values import Count, Percentage, numbers_in


FEWEST = 3  # people; ANSWERS: no interval for a subset with n ≤ 2
MOST_PEOPLE = 44  # four rows of eleven: more are counted by nobody, use intervals
MOST_COLUMNS = 24  # people in one row of a phone's width, 15 units each


def figure_without_number(knowledge: Knowledge) -> Iterator[Objection]:
    """A row must have something to show; where people are drawn, a count."""
    for figure in knowledge.figures.values():
        for row in figure.rows():
            fact = knowledge.facts.get(row.fact)
            if fact is not None and row.words_in(fact) is None:
                advice = f"there is no {_named(row)}: choose another item"
                yield _against(figure, "figure-without-number", advice)
        for row, value in _counted(knowledge, figure):
            if not isinstance(value, Count | Percentage):
                advice = f"{_named(row)} is no count: show it in words, or leave it out"
                yield _against(figure, "figure-without-number", advice)


def figure_without_denominator(knowledge: Knowledge) -> Iterator[Objection]:
    """A share is drawn only where the count behind it was seen."""
    for figure in knowledge.figures.values():
        for row, value in _counted(knowledge, figure):
            if isinstance(value, Percentage):
                advice = (
                    f"{_named(row)} is a percentage without a count:"
                    " write k and n in the fact, or leave the row out"
                )
                yield _against(figure, "figure-without-denominator", advice)


def figure_without_source(knowledge: Knowledge) -> Iterator[Objection]:
    """Every side of a conflict that is drawn must say where it was read."""
    for figure in knowledge.figures.values():
        for conflict in _conflicts(knowledge, figure):
            for claim in knowledge.conflicts[conflict].claims:
                if not claim.sources:
                    advice = f"name the sources of {claim.who!r} in {conflict}"
                    yield _against(figure, "figure-without-source", advice)


def figure_of_too_few(knowledge: Knowledge) -> Iterator[Objection]:
    """Two people carry no interval, and a picture of them points at them."""
    for figure in knowledge.figures.values():
        for row, value in _counted(knowledge, figure):
            if isinstance(value, Count) and value.n < FEWEST:
                advice = f"{_named(row)} is of {value.n}: draw at least {FEWEST} people"
                yield _against(figure, "figure-of-too-few", advice)


def figure_of_too_many(knowledge: Knowledge) -> Iterator[Objection]:
    """Persons are drawn one by one only where they can be counted at a look."""
    for figure in knowledge.figures.values():
        if isinstance(figure.shows, People | Points):
            most = MOST_PEOPLE if isinstance(figure.shows, People) else MOST_COLUMNS
            for row, value in _counted(knowledge, figure):
                if isinstance(value, Count) and value.n > most:
                    advice = f"{_named(row)} is of {value.n}: use kind intervals"
                    yield _against(figure, "figure-of-too-many", advice)


def unrelated_points(knowledge: Knowledge) -> Iterator[Objection]:
    """People keep their column only where a source says that each row is part of the last."""
    for figure in knowledge.figures.values():
        if isinstance(figure.shows, Points):
            for row, following in pairwise(figure.shows.rows):
                fact = knowledge.facts.get(following.fact)
                if fact is not None and fact.subset_of != row.fact:
                    advice = (
                        f"{following.fact} is not said to be a subset of {row.fact}:"
                        " add subset_of where a source relates them, or use kind people"
                    )
                    yield _against(figure, "unrelated-points", advice)


def unexplained_loss(knowledge: Knowledge) -> Iterator[Objection]:
    """Who is missing from one point to the next is a fact, never a subtraction."""
    for figure in knowledge.figures.values():
        if isinstance(figure.shows, Points):
            counts = [_count_of(knowledge, row) for row in figure.shows.rows]
            found = [_count_of(knowledge, row) for row in figure.shows.left]
            lost = [
                (was[0] - now[0], was[1]) if was and now and was[1] == now[1] else None
                for was, now in pairwise(counts)
            ]
            if lost != found:
                advice = (
                    "give in left, for each step, the fact that counts who is missing"
                    f" (k, n): the rows lose {lost}, left has {found}"
                )
                yield _against(figure, "unexplained-loss", advice)


def ungraded_ladder(knowledge: Knowledge) -> Iterator[Objection]:
    """The grades of a ladder are of one scale, in one version, and say which."""
    for figure in knowledge.figures.values():
        if isinstance(figure.shows, Ladder):
            facts = [f for n in figure.facts() if (f := knowledge.facts.get(n))]
            scales = {fact.grading for fact in facts}
            if len(scales) > 1 or not all(isinstance(s, Grading) for s in scales):
                advice = "draw facts of one grading scale and version, stated in each"
                yield _against(figure, "ungraded-ladder", advice)


def foreign_number_in_figure(knowledge: Knowledge) -> Iterator[Objection]:
    """The words of a picture may repeat only numbers of the facts it is drawn from."""
    for figure in knowledge.figures.values():
        facts = [knowledge.facts[n] for n in figure.facts() if n in knowledge.facts]
        own = frozenset[str]().union(*map(numbers_of, facts))
        for name in _conflicts(knowledge, figure):
            own |= numbers_in(knowledge.conflicts[name].model_dump_json())
        for said in _words(figure):
            foreign = sorted(numbers_said(said, knowledge.trial.names) - own)
            if foreign:
                advice = f"{', '.join(foreign)} is in no fact of it: {said[:60]}"
                yield _against(figure, "foreign-number-in-figure", advice)


def banned_word_in_figure(knowledge: Knowledge) -> Iterator[Objection]:
    """Promising and belittling words stand only within quotation marks, here too."""
    for figure in knowledge.figures.values():
        found = banned_in(_words(figure), knowledge.trial.banned)
        if found:
            advice = f"say it otherwise, or quote it: {', '.join(sorted(found))}"
            yield _against(figure, "banned-word-in-figure", advice)


def undrawn_conflict(knowledge: Knowledge) -> Iterator[Objection]:
    """Where a pack declares pictures, each of its conflicts has a card."""
    drawn = {n for f in knowledge.figures.values() for n in f.shows.conflicts()}
    for name in knowledge.conflicts if knowledge.figures else ():
        if name not in drawn:
            advice = f"declare a figure of kind conflict for it: conflict: {name}"
            yield Objection("conflicts", name, "undrawn-conflict", advice)


def taken_name(knowledge: Knowledge) -> Iterator[Objection]:
    """A picture's name belongs to no fact, gap or conflict."""
    entries = {entry.id for entry in knowledge.entries()}
    for figure in knowledge.figures.values():
        if figure.id in entries:
            advice = f"an entry is called {figure.id} too: rename the figure"
            yield _against(figure, "taken-name", advice)


FIGURE_RULES: tuple[Rule, ...] = (
    figure_without_number,
    figure_without_denominator,
    figure_without_source,
    figure_of_too_few,
    figure_of_too_many,
    unrelated_points,
    unexplained_loss,
    ungraded_ladder,
    foreign_number_in_figure,
    banned_word_in_figure,
    undrawn_conflict,
    taken_name,
)


def numbers_of(fact: Fact) -> frozenset[str]:
    """Every number that a fact has: value, population and time."""
    return fact.value.numbers() | numbers_in(f"{fact.population} {fact.time or ''}")


def _counted(knowledge: Knowledge, figure: Figure) -> Iterator[tuple[Row, object]]:
    """The rows that must be counts, with what they hold, where they hold anything."""
    for row in figure.shows.counted():
        fact = knowledge.facts.get(row.fact)
        if fact is not None and row.words_in(fact) is not None:
            yield row, row.value_in(fact)


def _count_of(knowledge: Knowledge, row: Row) -> tuple[int, int] | None:
    fact = knowledge.facts.get(row.fact)
    value = None if fact is None else row.value_in(fact)
    return (value.k, value.n) if isinstance(value, Count) else None


def _conflicts(knowledge: Knowledge, figure: Figure) -> Iterator[str]:
    return (name for name in figure.shows.conflicts() if name in knowledge.conflicts)


def _words(figure: Figure) -> tuple[str, ...]:
    rows = (word for row in figure.rows() for word in row.words())
    return (figure.title, figure.caption, *rows)


def _named(row: Row) -> str:
    return row.fact if row.item is None else f"item {row.item} of {row.fact}"


def _against(figure: Figure, rule: str, advice: str) -> Objection:
    return Objection("figures", figure.id, rule, advice)
