"""The rules that a pack must keep: each small, named, and read from the files alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias, get_args

from bot.knowledge.clearing import CLEARING, cleared_words
from bot.knowledge.figure_rules import FIGURE_RULES
from bot.knowledge.load import Entry, Knowledge, concepts_of, dangling, sources_of
from bot.knowledge.model import Fact, Gap, Matchable
from bot.knowledge.objections import Objection, Rule, against
from bot.knowledge.prose import banned_in, numbers_said
from bot.knowledge.terms import Topic
from bot.knowledge.upkeep import UPKEEP
from bot.knowledge.values import Count, Items, numbers_in


Signature: TypeAlias = tuple[frozenset[str], ...]

BRIEF_WORDS = 60  # ANSWERS asks for 45 in a line; qualifiers and units may add a few


def dangling_name(knowledge: Knowledge) -> Iterator[Objection]:
    """An entry may only name what somebody wrote."""
    for entry, names in dangling(knowledge).items():
        advice = f"write {', '.join(names)}, or correct the name"
        yield Objection(_listed_as(knowledge, entry), entry, "dangling-name", advice)


def wrong_percentage(knowledge: Knowledge) -> Iterator[Objection]:
    """A printed percentage must be what its count rounds to."""
    for fact in knowledge.facts.values():
        for count in _counts(fact):
            if count.percent is not None and not _rounds_to(count, count.k):
                advice = f"{count.k} of {count.n} is not {count.percent}%"
                yield against(fact, "wrong-percentage", advice)


def ambiguous_count(knowledge: Knowledge) -> Iterator[Objection]:
    """A count derived from a percentage must be the only one that fits."""
    for fact in knowledge.facts.values():
        for count in _counts(fact) if fact.got == "derived" else ():
            fits = [k for k in range(count.n + 1) if _rounds_to(count, k)]
            if count.percent is not None and len(fits) > 1:
                advice = (
                    f"{count.percent}% of {count.n} may be {fits}: do not derive it"
                )
                yield against(fact, "ambiguous-count", advice)


def grade_without_scale(knowledge: Knowledge) -> Iterator[Objection]:
    """A grade must name its scale and version, or say that the source names none."""
    for fact in knowledge.facts.values():
        if fact.grading is None and re.search(r"\bgrades? \d", fact.statement):
            advice = "add grading with scale and version, or not-stated"
            yield against(fact, "grade-without-scale", advice)


def benefit_without_harm(knowledge: Knowledge) -> Iterator[Objection]:
    """A benefit must travel with its harms."""
    benefits = {c.id for c in knowledge.concepts.values() if c.benefit}
    for fact in knowledge.facts.values():
        if benefits.intersection(fact.measure) and fact.pair_with is None:
            advice = "name the harms fact that goes with it in pair_with"
            yield against(fact, "benefit-without-harm", advice)


def uncited_source(knowledge: Knowledge) -> Iterator[Objection]:
    """A source nobody cites is a source nobody checks."""
    cited = {source for entry in knowledge.entries() for source in sources_of(entry)}
    for name in sorted(
        knowledge.sources.keys() - cited - {knowledge.trial.status.source}
    ):
        yield Objection("sources", name, "uncited-source", "cite it or delete it")


def unused_concept(knowledge: Knowledge) -> Iterator[Objection]:
    """A concept must belong to an entry, be broader than one, or forbid an answer.

    Signs and stances tell boundaries from questions; no entry is about them.
    """
    used = {
        concept
        for entry in knowledge.entries()
        for concept in (*concepts_of(entry), *entry.excludes)
    }
    broader = {name for c in knowledge.concepts.values() for name in c.broader}
    for concept in knowledge.concepts.values():
        wanted = concept.material or concept.kind in {"sign", "stance"}
        if concept.id not in used | broader and not wanted:
            advice = "let an entry name it, make it material, or delete it"
            yield Objection("concepts", concept.id, "unused-concept", advice)


def foreign_number(knowledge: Knowledge) -> Iterator[Objection]:
    """A sentence may hold no number that its value, population or time lacks."""
    for fact in knowledge.facts.values():
        own = fact.value.numbers() | numbers_in(f"{fact.population} {fact.time or ''}")
        for said in (fact.statement, fact.brief, *cleared_words(fact)):
            foreign = sorted(numbers_said(said, knowledge.trial.names) - own)
            if foreign:
                advice = f"{', '.join(foreign)} is not in the value: {said[:60]}…"
                yield against(fact, "foreign-number", advice)


def banned_word(knowledge: Knowledge) -> Iterator[Objection]:
    """Promising and belittling words stand only within quotation marks."""
    for entry in knowledge.entries():
        found = banned_in(_said(entry), knowledge.trial.banned)
        if found:
            advice = f"say it otherwise, or quote it: {', '.join(sorted(found))}"
            yield against(entry, "banned-word", advice)


def long_brief(knowledge: Knowledge) -> Iterator[Objection]:
    """What stands above the fold is short enough to be read there."""
    for fact in knowledge.facts.values():
        words = len(fact.brief.split())
        if words > BRIEF_WORDS:
            advice = f"{words} words; at most {BRIEF_WORDS}"
            yield against(fact, "long-brief", advice)


def twin_entries(knowledge: Knowledge) -> Iterator[Objection]:
    """Two entries that the same question would ask for need something to tell them apart.

    A draft may be the twin of the gap that it closes: the gap goes when it is verified.
    """
    seen: dict[Signature, str] = {}
    leaving = _gaps_closed_by_drafts(knowledge)
    for entry in knowledge.entries():
        if entry.id in leaving:
            continue
        key = signature_of(entry)
        if key in seen:
            advice = f"{seen[key]} has the same measure, aspect and covers"
            yield against(entry, "twin-entries", advice)
        seen.setdefault(key, entry.id)


def signature_of(entry: Matchable) -> Signature:
    """What a question must be about for an entry to be told."""
    asked = (entry.measure, entry.aspect, entry.covers)
    return tuple(frozenset(names) for names in asked)


def _gaps_closed_by_drafts(knowledge: Knowledge) -> set[str]:
    """The gaps that a draft takes the very place of."""
    drafts = knowledge.drafts.values()
    closed = {(one.closes_gap, signature_of(one)) for one in drafts}
    gaps = knowledge.gaps.values()
    return {gap.id for gap in gaps if (gap.number, signature_of(gap)) in closed}


def repeated_gap_number(knowledge: Knowledge) -> Iterator[Objection]:
    """A gap keeps its number for good, so no two may share one."""
    seen: dict[int, str] = {}
    for gap in knowledge.gaps.values():
        if gap.number in seen:
            advice = f"{gap.number} belongs to {seen[gap.number]}"
            yield against(gap, "repeated-gap-number", advice)
        seen.setdefault(gap.number, gap.id)


def unknown_topic(knowledge: Knowledge) -> Iterator[Objection]:
    """A file of facts is named after its topic."""
    for fact in knowledge.facts.values():
        topic = knowledge.topic(fact.id)
        if topic not in get_args(Topic):
            advice = f"move it to one of: {', '.join(get_args(Topic))}"
            yield against(fact, "unknown-topic", advice)


def review_before_check(knowledge: Knowledge) -> Iterator[Objection]:
    """A review is due after the check that it renews."""
    for fact in knowledge.facts.values():
        if fact.review_by <= fact.verified.on:
            advice = f"review_by must lie after {fact.verified.on}"
            yield against(fact, "review-before-check", advice)


def misplaced_name(knowledge: Knowledge) -> Iterator[Objection]:
    """A gap's nearest must hold something to tell."""
    for gap in knowledge.gaps.values():
        if all(name in knowledge.gaps for name in gap.nearest):
            yield against(gap, "misplaced-name", "name a fact among the nearest")


RULES: tuple[Rule, ...] = (
    dangling_name,
    misplaced_name,
    wrong_percentage,
    ambiguous_count,
    grade_without_scale,
    benefit_without_harm,
    uncited_source,
    unused_concept,
    foreign_number,
    banned_word,
    long_brief,
    twin_entries,
    repeated_gap_number,
    unknown_topic,
    review_before_check,
    *UPKEEP,
    *CLEARING,
    *FIGURE_RULES,
)


def _listed_as(knowledge: Knowledge, name: str) -> str:
    return next(listed for listed, own in knowledge.places if own == name)


def _counts(fact: Fact) -> Iterator[Count]:
    items = fact.value.items if isinstance(fact.value, Items) else ()
    values = (fact.value, *(item.value for item in items))
    yield from (value for value in values if isinstance(value, Count))


def _rounds_to(count: Count, k: int) -> bool:
    """Whether k of n, rounded as the source rounds, gives the printed percentage."""
    if count.percent is None:
        return False
    digits = len(str(count.percent).partition(".")[2].rstrip("0"))
    half: float = 0.5 / 10**digits + 1e-9  # a source may round a half up or down
    return abs(100 * k / count.n - float(count.percent)) <= half


def _said(entry: Entry) -> Iterator[str]:
    """What an entry says in our own words."""
    if isinstance(entry, Fact):
        own = [entry.statement, entry.brief, entry.label, *entry.caveats]
        own += cleared_words(entry)
    else:
        own = [entry.wording if isinstance(entry, Gap) else entry.phrase, entry.label]
    yield from own
