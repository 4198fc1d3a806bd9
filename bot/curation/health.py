"""Looks at the age of a pack: reviews, links, and what the registries say today."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import aiohttp

from bot.answering.catalogue import Catalogue
from bot.curation.fetching import Failed, Fetched, fetch, session, status_at
from bot.curation.registries import LiveRecord, Registry
from bot.errors import CurationError
from bot.knowledge.bibliography import link_of
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Source


Concern: TypeAlias = Literal["overdue", "draft", "link", "drift", "registry"]

AT_ONCE = 5  # addresses asked at the same time: polite to those who answer
_GONE = frozenset({404, 410})
_TURNS_PROGRAMS_AWAY = frozenset({401, 403, 405, 406, 418, 429, 503})
_WELL = range(200, 300)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that a curator should look at, and what to do."""

    concern: Concern
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.concern:9}{self.what}: {self.advice}"


def aged(knowledge: Knowledge, today: date) -> Iterator[Finding]:
    """Overdue reviews, and drafts that wait for somebody; no address is asked."""
    for fact in sorted(Catalogue(knowledge).overdue(today), key=lambda f: f.review_by):
        days = (today - fact.review_by).days
        advice = f"review overdue since {fact.review_by}, {days} days: read it again"
        yield Finding("overdue", fact.id, advice)
    for draft in knowledge.drafts.values():
        advice = f"drafted by {draft.draft.by} on {draft.draft.on}: verify it"
        yield Finding("draft", draft.id, advice)


async def online(
    knowledge: Knowledge, registries: Mapping[str, Registry], today: date
) -> list[Finding]:
    """Dead links, and records that say something else than the pack; by concern."""
    works = knowledge.sources.values()
    turns = asyncio.Semaphore(AT_ONCE)
    async with session() as web:

        async def links(work: Source) -> list[Finding]:
            async with turns:
                return [found async for found in _link(web, work)]

        async def drifts(work: Source) -> list[Finding]:
            async with turns:
                return [f async for f in _record(web, work, registries, today)]

        looks = [look(work) for work in works for look in (links, drifts)]
        found = await asyncio.gather(*looks)
    return sorted(one for findings in found for one in findings)


async def _link(web: aiohttp.ClientSession, work: Source) -> AsyncIterator[Finding]:
    address = link_of(work)
    if address is None:
        return
    status = await status_at(web, address)
    if isinstance(status, Failed):
        yield Finding("link", work.id, f"{address} {status.reason}: try it by hand")
    elif status in _GONE:
        advice = f"{address} is gone ({status}): find its new place"
        yield Finding("link", work.id, advice)
    elif status not in _WELL and status not in _TURNS_PROGRAMS_AWAY:
        yield Finding("link", work.id, f"{address} answered {status}: try it by hand")


async def _record(
    web: aiohttp.ClientSession,
    work: Source,
    registries: Mapping[str, Registry],
    today: date,
) -> AsyncIterator[Finding]:
    for registry in registries.values():
        number = work.registry_id or ""
        if re.fullmatch(registry.number, number):
            answer = await fetch(web, registry.address(number))
            match answer:
                case Failed():
                    yield _unread(work, registry, answer)
                case Fetched():
                    for found in _compared(work, registry, answer.body, today):
                        yield found


def _unread(work: Source, registry: Registry, failed: Failed) -> Finding:
    """A registry that gave no record: what to do depends on how."""
    if failed.status in _GONE:
        advice = f"{registry.name} has no record {work.registry_id}: check the number"
    elif failed.status is not None and failed.status // 100 == 3:  # noqa: PLR2004  3xx
        advice = f"{registry.name} {failed.reason}: give its new address as an option"
    else:
        advice = f"{registry.name} {failed.reason}: try again later"
    return Finding("registry", work.id, advice)


def _compared(
    work: Source, registry: Registry, body: bytes, today: date
) -> Iterator[Finding]:
    try:
        live = registry.read(body, str(work.registry_id), today)
    except CurationError as error:
        advice = f"{registry.name} answered {error}: look at the record by hand"
        yield Finding("registry", work.id, advice)
    else:
        for name, was, now in drift(work, live):
            advice = (
                f"{name} was {was} when it was read, and is {now} at"
                f" {registry.name} today: read the record again"
            )
            yield Finding("drift", work.id, advice)


def drift(work: Source, live: LiveRecord) -> Iterator[tuple[str, str, str]]:
    """Each thing that the registry says otherwise: its name, the pack's word, today's.

    Compared is only what the pack says it read in the record.
    """
    if work.date is not None and not live.updated.startswith(work.date):
        yield "last update", work.date, live.updated
    read = work.record
    for name in () if read is None else sorted(read.model_fields_set):
        was, now = _plain(getattr(read, name)), _plain(getattr(live, name))
        if was != now:
            yield name.replace("_", " "), was, now


def _plain(said: str | int | None) -> str:
    return "none" if said is None else str(said).casefold()
