"""Lays out what stands around the facts: trial, conflicts, gaps, boundaries, works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.citing import vancouver
from bot.answering.wording import day
from bot.handover.parts import COMPUTED, PUBLISHED
from bot.handover.sheet.facts import FactPages, anchor_of, name_row, source_anchor
from bot.handover.sheet.paper import Card, Chapter, Line, Row, Table, numbered, words
from bot.knowledge.bibliography import link_of
from bot.knowledge.load import Knowledge, sources_of
from bot.knowledge.model import Conflict, Gap, Source


@dataclass(frozen=True, slots=True)
class OtherPages:
    """Lays out everything of a pack that is not a fact."""

    facts: FactPages

    @property
    def knowledge(self) -> Knowledge:
        """What the pack says."""
        return self.facts.knowledge

    def about(self) -> Chapter:
        """How to read the sheet, and how much it holds."""
        facts = self.knowledge.facts.values()
        dates = [fact.verified.on for fact in facts]
        checked = (min(dates), max(dates))
        due = Counter(fact.review_by for fact in facts)
        levels = Counter(fact.certainty for fact in facts)
        rows = (
            Row.of("Knowledge", f"{self.knowledge.trial.id}, {self.knowledge.version}"),
            Row.of("Holds", _holdings(self.knowledge)),
            Row.of("Read at the level of", _counted(dict(levels.most_common()))),
            Row.of("Verified", " to ".join(dict.fromkeys(map(day, checked)))),
            Row.of(
                "Reviews due", _counted({day(d): n for d, n in sorted(due.items())})
            ),
            Row.of("Intervals", _METHOD),
            Row.of("How a number was got", _GOT),
        )
        return Chapter("about", "About this sheet", _ABOUT, rows=rows)

    def trial(self) -> Chapter:
        """The trial: its names, numbers, sites and how it stood when last looked at."""
        trial = self.knowledge.trial
        arms = (f"{arm.name}: {arm.what}" for arm in trial.arms)
        numbers = (f"{name}: {n}" for name, n in trial.registrations.items())
        status = f"As of {day(trial.status.as_of)}: {trial.status.says}"
        source = self.knowledge.sources[trial.status.source]
        dosed = (one for one in (trial.first_dosed, trial.last_dosed) if one)
        rows = (
            Row.of("Title", trial.title),
            Row.of("Also called", ", ".join(trial.also_called)),
            Row.of("Phase", trial.phase),
            Row.of("Arms", *arms),
            Row.of("Sponsor", trial.sponsor),
            Row.of("Sites", *trial.sites),
            Row.of("Registrations", *numbers),
            Row.of("First and last dosed", " to ".join(map(day, dosed))),
            Row("Status", (Line(status, f"#{source_anchor(source.id)}"),)),
        )
        known = tuple(row for row in rows if row.lines)
        return Chapter("trial", "The trial", trial.badge, rows=known)

    def conflicts(self) -> Chapter:
        """Where sources disagree, who says what, and how it is put."""
        found = self.knowledge.conflicts.values()
        cards = tuple(map(self._conflict, found))
        return Chapter("conflicts", "Where sources differ", _CONFLICTS, cards=cards)

    def gaps(self) -> Chapter:
        """What people ask for and no source read reports, by number."""
        found = sorted(self.knowledge.gaps.values(), key=lambda gap: gap.number)
        cards = tuple(map(self._gap, found))
        return Chapter("gaps", "What is not reported", _GAPS, cards=cards)

    def boundaries(self) -> Chapter:
        """What is not answered, and what is said instead."""
        head = ("Boundary", "Why", "What is said")
        rows = tuple(
            (words(one.id.replace("-", " ")), words(one.why), words(one.says))
            for one in self.knowledge.boundaries.values()
        )
        table = Table("What is not answered, and what is said instead", head, rows)
        return Chapter("boundaries", "What is not answered", _BOUNDARIES, table=table)

    def sources(self) -> Chapter:
        """Every work, through what it was read, and which entries rest on it."""
        cards = tuple(map(self._source, self.knowledge.sources.values()))
        return Chapter("sources", "Sources", _SOURCES, cards=cards)

    def _conflict(self, conflict: Conflict) -> Card:
        rows = tuple(
            (words(claim.who), words(claim.says), tuple(map(self._work, claim.sources)))
            for claim in conflict.claims
        )
        table = Table(
            f"Who says what: {conflict.label}", ("Who", "Says", "Source"), rows
        )
        facts = (
            Row("Facts", tuple(map(self.facts.link, conflict.facts))),
            name_row(conflict.id, conflict.evidence),
        )
        return Card(
            anchor=anchor_of(conflict.id),
            title=conflict.label,
            lead=conflict.phrase,
            rows=facts,
            table=table.without_empty_columns(),
        )

    def _gap(self, gap: Gap) -> Card:
        nearest = Row("Nearest", tuple(map(self.facts.link, gap.nearest)))
        rows = (nearest, name_row(gap.id, gap.evidence))
        title = f"{gap.number}. {gap.label}"
        return Card(anchor_of(gap.id), title, gap.wording, rows)

    def _source(self, source: Source) -> Card:
        link = link_of(source)
        rows = (
            Row.of("Read as", source.read_as),
            Row.of("Kind", _kind(source)),
            Row("Address", (Line(link, link),) if link else ()),
            Row("Entries that rest on it", tuple(self._resting_on(source))),
            name_row(source.id, source.evidence),
        )
        return Card(
            anchor=source_anchor(source.id),
            title=source.title,
            lead=vancouver(source),
            rows=tuple(row for row in rows if row.lines),
        )

    def _work(self, name: str) -> Line:
        return Line(self.knowledge.sources[name].title, f"#{source_anchor(name)}")

    def _resting_on(self, source: Source) -> Iterator[Line]:
        for entry in self.knowledge.entries():
            if source.id in sources_of(entry):
                yield self.facts.link(entry.id)


_METHOD = (
    f"95%. {COMPUTED}: the bot works them out from the count, never from a percentage."
    f" {PUBLISHED.capitalize()}: the source prints them. No interval for fewer than three."
)
_GOT = (
    "Quoted: the source says it. Derived: worked out by a curator where only one value"
    " fits. Computed: from published counts, not in the source."
)
_ABOUT = (
    "All that the knowledge pack holds, for handing over and for review. Every sentence"
    " and every number of an answer comes from here."
)
_CONFLICTS = "Sources that disagree: who says what, and how an answer puts it."
_GAPS = (
    "What people ask for and no source read reports, with the nearest that is known."
)
_BOUNDARIES = "These come before everything: no fact is told instead."
_SOURCES = (
    "Every work, in the order of the pack, and through what it was read."
    " Tier A: primary or official text seen; B: reputable, or quoting the primary;"
    " C: weak; D: listed only to document an error, never an answer's source."
)


def _kind(source: Source) -> str:
    reviewed = "peer reviewed" if source.peer_reviewed else "not peer reviewed"
    return f"{source.kind.replace('-', ' ')}, {reviewed}, tier {source.tier}"


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in counts.items())


def _holdings(knowledge: Knowledge) -> str:
    held = {
        "fact": knowledge.facts,
        "conflict": knowledge.conflicts,
        "gap": knowledge.gaps,
        "source": knowledge.sources,
    }
    return ", ".join(numbered(len(entries), name) for name, entries in held.items())
