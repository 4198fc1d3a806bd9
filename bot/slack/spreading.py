"""Tells people what they are owed without having asked just now, each thing once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, assert_never

from bot.errors import JournalError
from bot.promise.alongside import alongside
from bot.promise.digest import Week, until
from bot.promise.inbox import LostError
from bot.promise.news import NEWS, News
from bot.promise.question import Tried
from bot.promise.tickets import name_of
from bot.slack.blocks import news as drawn
from bot.slack.blocks.kit import Message
from bot.slack.blocks.press import for_press
from bot.slack.blocks.reply import render
from bot.slack.counts import Counts
from bot.slack.faults import reported
from bot.slack.keeping import messages_of, told_of
from bot.slack.once import REST, SLACKS, Later, Once, Said
from bot.slack.outcomes import Hopeless
from bot.slack.person import Person
from bot.slack.places import Thread
from bot.slack.reception import Reception, is_private
from bot.slack.voices import Voices


TICK = 5.0  # seconds between looks at what is owed; nobody waits for it
MOST_ASKED = 5  # tickets named in a digest

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Spreading:
    """The news that one replica tells, one after the other."""

    reception: Reception
    voices: Voices
    counts: Counts
    clock: Callable[[], float] = time.time
    _looked: float = field(default=0.0, init=False)  # the end of the last week seen to

    async def reconcile(self) -> None:
        """Owe the digest of a week that is over; tell what is owed."""
        try:
            await self._owe_digest()
            for key in await self.reception.memories.news.due():
                await _finished(self._tell(key))
        except JournalError as error:
            log.warning("the news were not read", extra={"reason": str(error)})

    def watching(self) -> AbstractAsyncContextManager[None]:
        """Tell what is owed, again and again, as long as the block lasts."""
        return alongside(self._watch())

    async def _watch(self) -> None:
        while True:
            await _finished(self.reconcile())
            await asyncio.sleep(TICK)

    async def _tell(self, key: str) -> None:
        box = self.reception.memories.news
        news = await box.take(key)
        if news is None:
            return
        try:
            client = await self.voices.voice(news.team)
            if client is None:
                await box.settle(news, "untold", "the app was removed")
                return
            await Telling(self.reception.speaking(client), self.counts, news).do()
        except SLACKS:
            await box.put_off(news, REST)
        except LostError:
            log.info("news are told elsewhere")

    async def _owe_digest(self) -> None:
        """Owe the curators their week, if they have a channel for it."""
        house, end = self.reception.house, until(self.clock())
        place = house.curation
        if not place.channel or end == self._looked:
            return
        catalogue, today = house.catalogue, _day(end)
        overdue = {fact.id: fact.review_by for fact in catalogue.overdue(today)}
        pack = catalogue.trial.id
        week = Week(pack, place.team, place.channel, end, overdue)
        await self.reception.memories.digests.owe(week)
        self._looked = end


@dataclass(frozen=True, slots=True)
class Telling:
    """What one replica does about one piece of news."""

    desk: Reception
    counts: Counts
    news: News

    async def do(self) -> None:
        """Draw it, say it where it belongs or else directly, and bring it to its end."""
        box, news = self.desk.memories.news, self.news
        message = await self._message()
        if message is None:
            await box.settle(news, "untold", "the pack says nothing of it any more")
            return
        refused = "nobody is left to tell"
        for place in self._ways():
            result = await self._once.say(NEWS, place, message)
            match result:
                case Said(tried=tried):
                    await self._told(tried)
                    return
                case Later(seconds):
                    await box.put_off(news, seconds)
                    return
                case Hopeless(code):
                    refused = code
                case _:
                    assert_never(result)
        log.warning("news that nobody can be told", extra={"code": refused})
        await box.settle(news, "untold", refused)

    async def _told(self, tried: Tried | None) -> None:
        """Note where it stands, and that with it the news is at its end."""
        box, owed = self.desk.memories.news, self.news.owed
        if tried is not None:
            await box.end(owed, tried.attempt, tried.outcome, tried.spot)
        await box.settle(self.news, "told", "")

    @property
    def _once(self) -> Once:
        desk, owed = self.desk, self.news.owed
        return Once(desk.client, desk.delivery, desk.memories.news, self.counts, owed)

    def _ways(self) -> tuple[Thread, ...]:
        """The thread, and the person directly where it is gone."""
        place, person = self.news.place, self.news.person
        here = Thread(str(place.get("channel", "")), str(place.get("thread", "")))
        return tuple(way for way in (here, Thread(person)) if way.channel)

    async def _message(self) -> Message | None:
        """The message, as it was fixed; else drawn now, and fixed."""
        news = self.news
        if news.message is not None:
            return messages_of([news.message])[0]
        message = await self._drawn()
        if message is not None:
            (told,) = told_of([message])
            await self.desk.memories.news.freeze(news, told)
        return message

    async def _drawn(self) -> Message | None:
        what = self.news.what
        match what["kind"]:
            case "answered":
                return await self._answered()
            case "corrected":
                return drawn.corrected(self._named, what)
            case "digest":
                return await self._digest()
            case _:
                return None

    @property
    def _named(self) -> str:
        """The person, where others read too."""
        private = is_private(self._ways()[0]) if self._ways() else True
        return "" if private else self.news.person

    async def _answered(self) -> Message | None:
        """What the fact says, in the manner of whoever asked."""
        news, house = self.news, self.desk.house
        fact = str(news.what["fact"])
        try:
            told = house.answers.tell(fact)
        except KeyError:
            return None
        person = Person(news.team, news.person)
        manner = await self.desk.manner_of(person, private=not self._named)
        brief = replace(manner, short=True, actions=False)
        if manner.label:
            reply = for_press(house.press.release(told), brief)[0]
        else:
            reply = render(told, brief)[0]
        words, at = str(news.what["words"]), float(news.what["asked"])
        return drawn.answered(drawn.Asked(self._named, words, at), reply, fact)

    async def _digest(self) -> Message:
        catalogue, what = self.desk.house.catalogue, self.news.what
        knowledge, tickets = catalogue.knowledge, self.desk.memories.tickets
        listed = await tickets.listed(catalogue.trial.id, "most asked")
        most = [
            f"{name_of(one, knowledge)}, {one.times} times (ticket {one.number})"
            for one in listed[:MOST_ASKED]
        ]
        facts = map(catalogue.entry, what["late"])
        late = [fact.label for fact in facts if fact is not None]
        return drawn.digest(what, most, late)


async def _finished(work: Coroutine[Any, Any, None]) -> None:
    """Wait for it; what breaks in it is reported, and ends nothing else.

    A piece of news that broke is still owed, and rests for a while.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.wait([task])
    finally:
        task.cancel()
        await asyncio.wait([task])
    fault = None if task.cancelled() else task.exception()
    if isinstance(fault, JournalError):
        raise fault
    if fault is not None:
        reported(fault)


def _day(moment: float) -> date:
    return datetime.fromtimestamp(moment, UTC).date()
