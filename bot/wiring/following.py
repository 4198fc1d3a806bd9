"""Follows the pack: what it answers now closes tickets, what it changed is prepared."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import JournalError, KnowledgeError
from bot.journal.correction_rows import Served
from bot.journal.corrections import Told
from bot.journal.journal import Journal
from bot.journal.tickets import Answers
from bot.knowledge.difference import Difference, differences
from bot.knowledge.load import Knowledge, load
from bot.knowledge.model import Fact
from bot.promise.corrections import Changed, Outdated


NOT_SAID = "No reason is on file."

log = logging.getLogger(__name__)


async def follow(journal: Journal, knowledge: Knowledge) -> None:
    """Do what a pack that took over asks for; done twice, it changes nothing more."""
    try:
        answers = Answers(knowledge.version, _closing(knowledge), knowledge.facts)
        closed = await journal.tickets.close_answered(knowledge.trial.id, answers)
        if closed:
            log.info("tickets are answered now", extra={"count": closed})
        await note_corrections(journal, knowledge)
    except JournalError as error:
        log.warning("the pack was not followed", extra={"reason": str(error)})


async def note_corrections(journal: Journal, knowledge: Knowledge) -> None:
    """Prepare a correction of every past answer that told a fact otherwise than now."""
    pack, now = knowledge.trial.id, knowledge.version
    found: dict[Changed, tuple[Outdated, ...]] = {}
    compared = journal.notes("compared")
    latest = await journal.corrections.versions(pack)
    seen: dict[str, float] = {}
    for version in sorted(latest.keys() - {now}):
        since = float(await compared.find(f"{version}:{now}") or 0.0)
        if latest[version] <= since:
            continue
        changes = await _changes(journal, version, knowledge)
        if changes:
            facts = [change.changed.fact for change in changes]
            told = await journal.corrections.told(version, facts, since)
            for changed, outdated in _outdated(changes, told).items():
                found[changed] = (*found.get(changed, ()), *outdated)
        seen[version] = latest[version]
    says = {name: said_of(fact) for name, fact in knowledge.facts.items()}
    await journal.corrections.note(Served(pack, now, says), found)
    for version, moment in seen.items():
        await compared.keep(f"{version}:{now}", moment)


def said_of(fact: Fact) -> str:
    """What a reader is told of a fact: the statement, of whom, and when."""
    about = "; ".join(filter(None, (fact.population, fact.time)))
    return f"{fact.statement} ({about})"


@dataclass(frozen=True, slots=True)
class _Change:
    changed: Changed
    was: str


async def _changes(
    journal: Journal, version: str, now: Knowledge
) -> tuple[_Change, ...]:
    """What an earlier version told otherwise; nothing where it cannot be read."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        if not await journal.packs.unpack(version, folder):
            return ()
        try:
            then = await asyncio.to_thread(load, folder)
        except KnowledgeError as error:
            said = str(error).replace(name, "pack")
            told = {"knowledge": version, "reason": said}
            log.warning("an earlier pack cannot be compared", extra=told)
            return ()
    return tuple(_told_otherwise(then, now))


def _told_otherwise(then: Knowledge, now: Knowledge) -> Iterable[_Change]:
    for found in differences(then, now):
        if found.kind != "facts" or found.what == "added":
            continue
        fact = now.facts.get(found.id)
        was, says = said_of(then.facts[found.id]), said_of(fact) if fact else ""
        if was != says:
            yield _Change(Changed(found.id, found.label, says, _why(found)), was)


def _why(found: Difference) -> str:
    return NOT_SAID if found.reason is None else found.reason.why


def _outdated(
    changes: Iterable[_Change], told: Iterable[Told]
) -> Mapping[Changed, tuple[Outdated, ...]]:
    """The answers that each change makes outdated."""
    answers = tuple(told)
    found = {
        change.changed: tuple(
            Outdated(one.key, change.changed.fact, change.was)
            for one in answers
            if change.changed.fact in one.facts
        )
        for change in changes
    }
    return {changed: outdated for changed, outdated in found.items() if outdated}


def _closing(knowledge: Knowledge) -> Mapping[int, str]:
    """The gaps that a fact closes."""
    facts = knowledge.facts.values()
    return {f.closes_gap: f.id for f in facts if f.closes_gap is not None}
