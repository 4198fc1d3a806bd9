"""Puts values into words: counts first, intervals labelled, dates in full."""

from __future__ import annotations

from datetime import date

from bot.answering.intervals import FEWEST, clopper_pearson, wilson
from bot.knowledge.model import Fact
from bot.knowledge.values import Count, Items, Value, in_words


def value_in_words(value: Value, *, exact: bool = False) -> str:
    """A value as it stands in a sentence; a count with its share and interval."""
    if isinstance(value, Count):
        return _count(value, digits=1 if exact else 0)
    return value.text()


def brief_of(fact: Fact, *, exact: bool = False) -> str:
    """What stands above the fold; {value}, or {1} for the first item, is filled in."""
    if "{value}" in fact.brief:
        return fact.brief.replace("{value}", value_in_words(fact.value, exact=exact))
    if isinstance(fact.value, Items):
        return _with_items(fact.brief, fact.value, digits=1 if exact else 0)
    if exact and isinstance(fact.value, Count):
        return f"{fact.brief} {value_in_words(fact.value, exact=True)}."
    return fact.brief


def has_interval(fact: Fact) -> bool:
    """Whether exact limits belong to a number of the fact."""
    return any(_counts(fact.value))


def method_lines(fact: Fact, *, with_wilson: bool = False) -> tuple[str, ...]:
    """Exact numbers, and how each was got."""
    lines = [f"{fact.label}: {value_in_words(fact.value, exact=True)}."]
    counts = tuple(_counts(fact.value))
    if counts:
        lines.append(
            "Intervals are exact (Clopper-Pearson, 95%), computed by the bot from the"
            " count, not in the source."
        )
    if with_wilson:
        lines += [_wilson(count) for count in counts if count.n >= FEWEST]
    lines.append(_how_got(fact))
    if fact.grading == "not-stated":
        lines.append("The source names no grading scale.")
    elif fact.grading is not None:
        lines.append(f"Grades by {fact.grading.scale} {fact.grading.version}.")
    return tuple(lines)


def day(when: date) -> str:
    """A day as it is written in a badge."""
    return in_words(when.isoformat())


def _count(count: Count, digits: int) -> str:
    return f"{count.text()}{_interval(count, digits)}"


def _share(count: Count, digits: int) -> str:
    return f"{count.k} of {count.n}{_interval(count, digits)}"


def _interval(count: Count, digits: int) -> str:
    """The share and its exact interval in brackets, where there are people enough."""
    if count.n < FEWEST:
        return ""
    share = f"{100 * count.k / count.n:.{digits}f}%"
    low, high = (f"{end:.{digits}f}" for end in clopper_pearson(count.k, count.n))
    name = "exact 95% CI" if digits else "95% CI"
    return f" ({share}; {name} {low} to {high}%)"


def _with_items(brief: str, items: Items, digits: int) -> str:
    """Each numbered place filled with the count of that item and its interval."""
    for place, item in enumerate(items.items, start=1):
        if isinstance(item.value, Count):
            brief = brief.replace(f"{{{place}}}", _share(item.value, digits))
    return brief


def _counts(value: Value) -> tuple[Count, ...]:
    if isinstance(value, Items):
        inner = (item.value for item in value.items)
        return tuple(one for one in inner if isinstance(one, Count))
    return (value,) if isinstance(value, Count) else ()


def _wilson(count: Count) -> str:
    low, high = wilson(count.k, count.n)
    return f"Wilson 95% CI for {count.text()}: {low:.1f} to {high:.1f}%."


def _how_got(fact: Fact) -> str:
    how = {
        "quoted": "Quoted from the source",
        "derived": "Derived from the sources by a curator",
        "computed": "Computed from published counts, not in the source",
    }[fact.got]
    return f"{how}; read at the level of: {fact.certainty}."
