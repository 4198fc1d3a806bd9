"""Gives what is owed for one question, and brings it to its end."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from bot.answering.composition import BOUNDARY_DECISIONS
from bot.errors import JournalError
from bot.promise.question import (
    ANSWER,
    DIRECT,
    NOTICE,
    Ending,
    Frozen,
    Owed,
    Spot,
    Tried,
)
from bot.slack.blocks.kit import Message
from bot.slack.blocks.notices import apology, not_delivered, window_gone
from bot.slack.counts import Counts
from bot.slack.faults import new_reference, reported
from bot.slack.keeping import asked_of, messages_of, place_of, written_at
from bot.slack.once import Later, Once, Result, Said, Unfixed
from bot.slack.outcomes import Hopeless
from bot.slack.places import Aside, Modal, Place, Thread
from bot.slack.reception import Reception
from bot.slack.rewriting import rewritten, take_away, take_back


MOST_STARTS = 3  # RELIABILITY.md, 7: after three crashes no fourth try

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Broke:
    """Composing a reply broke; the log has more under the reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class Told:
    """A reply that stands, and where; a place that is not known has no spot."""

    messages: Sequence[Message]
    spots: Sequence[Spot | None]


@dataclass(frozen=True, slots=True)
class Work:
    """What one replica does about one question; LostError if another goes on."""

    desk: Reception
    counts: Counts
    composing: asyncio.Semaphore
    owed: Owed

    async def do(self) -> None:
        """Go on where it stands."""
        owed = self.owed
        if owed.withdrawn:
            await self._withdraw()
        elif {NOTICE, DIRECT} & owed.posts.keys() and not owed.revision:
            await self._end("failure_notified", "told before the process ended")
        elif owed.frozen is None and owed.starts >= MOST_STARTS:
            reference = new_reference()
            log.error("a question ends the process", extra={"reference": reference})
            await self._fail("it ended the process", apology(reference))
        elif isinstance(self._place, Modal):
            await self._fail("its window was gone", window_gone())
        else:
            await self._answer_visibly()

    async def show(self) -> tuple[Message, ...]:
        """The reply for whoever shows it at once; with that the question is answered."""
        frozen = await self._composed()
        if isinstance(frozen, Broke):
            await self._end("failure_notified", f"reference {frozen.reference}")
            return (apology(frozen.reference),)
        await self.desk.memories.progress.freeze(self.owed, frozen)
        await self._end("answered", "", frozen)
        return messages_of(frozen.messages)

    @property
    def _place(self) -> Place:
        return place_of(self.owed.arrival.place)

    def _once(self, unfixed: Unfixed | None = None) -> Once:
        desk, counts = self.desk, self.counts
        progress = desk.memories.progress
        return Once(desk.client, desk.delivery, progress, counts, self.owed, unfixed)

    async def _answer_visibly(self) -> None:
        """Show the asker that we are at it, for as long as we are."""
        courtesies = self.desk.courtesies
        async with courtesies.working(self._place):
            told = await self._answer()
        if told is False:
            await courtesies.wait(self._place)
        elif self.owed.attempts:
            await courtesies.waited(self._place)
        if isinstance(told, Told):
            await self._hang(told)

    async def _answer(self) -> Told | bool:
        """Give the reply, or say why there is none; false if that is put off."""
        frozen = self.owed.frozen or await self._composed()
        if isinstance(frozen, Broke):
            notice = apology(frozen.reference)
            return await self._fail(f"reference {frozen.reference}", notice)
        messages = messages_of(frozen.messages)
        said = await self._say_all(frozen, messages)
        if isinstance(said, Later):
            return await self._rest(said.seconds)
        if isinstance(said, Hopeless):
            return await self._fail(said.code, not_delivered(said.code))
        await self._end("answered", "", frozen, said[-1].tried)
        await self._name(frozen)
        return Told(messages, tuple(one.spot for one in said))

    async def _hang(self, told: Told) -> None:
        """Put pictures where the reply has words for them, once Slack has them."""
        written = [written_at(spot) for spot in told.spots if spot is not None]
        if len(written) == len(told.messages):
            reader = asked_of(self.owed.arrival).asker
            await self.desk.hang(reader, told.messages, written)

    async def _say_all(
        self, frozen: Frozen, messages: Sequence[Message]
    ) -> tuple[Said, ...] | Later | Hopeless:
        """Say every part; the last try is noted with the end of the question."""
        unfixed = await self._unfixed(frozen)
        said: list[Said] = []
        for number, message in enumerate(messages, start=1):
            if said:
                await self._note(said[-1])
            result = await self._say(f"{ANSWER}-{number}", message, unfixed)
            if not isinstance(result, Said):
                return result
            said.append(result)
            unfixed = None
        await take_back(self.desk, self.owed, len(messages))
        return tuple(said)

    async def _unfixed(self, frozen: Frozen) -> Unfixed | None:
        """The reply, if its first try is to fix it; one to an edit is fixed at once."""
        if self.owed.frozen is not None:
            return None
        progress = self.desk.memories.progress
        if not self.owed.revision:
            return Unfixed(frozen, lambda: progress.freeze(self.owed, frozen))
        await progress.freeze(self.owed, frozen)
        return None

    async def _note(self, said: Said) -> None:
        tried, progress = said.tried, self.desk.memories.progress
        if tried is not None:
            await progress.end(self.owed, tried.attempt, tried.outcome, tried.spot)

    async def _composed(self) -> Frozen | Broke:
        """The reply, if it could be composed."""
        async with self.composing:
            composing = asyncio.ensure_future(self.desk.composed(self.owed.arrival))
            await asyncio.wait([composing])
        fault = composing.exception()
        if isinstance(fault, JournalError):
            raise fault
        if fault is not None:
            return Broke(reported(fault))
        return composing.result()

    async def _say(
        self, part: str, message: Message, unfixed: Unfixed | None
    ) -> Result:
        place, spot = self._place, self.owed.posts.get(part)
        if self.owed.revision and spot is not None:
            return await rewritten(self.desk, self.owed, part, message)
        if isinstance(place, Thread | Aside):
            return await self._once(unfixed).say(part, place, message)
        raise TypeError("a reply belongs to a thread or an aside")

    async def _withdraw(self) -> None:
        await take_away(self.desk, self.owed)
        await self._end("answered", "its asker deleted or stopped it")

    async def _fail(self, because: str, notice: Message) -> bool:
        """Tell the asker in the thread, else directly, else whoever runs this.

        False if that is put off.
        """
        for part, place in self._ways():
            result = await self._once().say(part, place, notice)
            match result:
                case Said(tried=tried):
                    await self._end("failure_notified", because, tried=tried)
                    return True
                case Later(seconds):
                    return await self._rest(seconds)
                case Hopeless():
                    continue
                case _:
                    assert_never(result)
        reference = new_reference()
        told = {"reference": reference, "reason": because}
        log.critical("a dead end: nobody could be told", extra=told)
        await self._end("failure_unnotifiable", f"{because}, reference {reference}")
        return True

    def _ways(self) -> tuple[tuple[str, Thread | Aside], ...]:
        place, direct = self._place, Thread(self.owed.arrival.person)
        if isinstance(place, Thread | Aside):
            return ((NOTICE, place), (DIRECT, direct))
        return ((DIRECT, direct),)

    async def _rest(self, seconds: float) -> Literal[False]:
        await self.desk.memories.progress.put_off(self.owed, seconds)
        return False

    async def _end(
        self,
        ending: Ending,
        because: str,
        frozen: Frozen | None = None,
        tried: Tried | None = None,
    ) -> None:
        ended = self.owed if frozen is None else replace(self.owed, frozen=frozen)
        await self.desk.memories.progress.settle(ended, ending, because, tried)
        if ending == "answered":
            self.counts.replied(max(0.0, time.time() - self.owed.received_at))
        else:
            self.counts.dead_end(ending)

    async def _name(self, frozen: Frozen) -> None:
        """Give a conversation that begins with this question its title."""
        place, told = self._place, frozen.composition
        opens = self.owed.arrival.place.get("opens") and not self.owed.revision
        is_told = told.question and told.decision not in BOUNDARY_DECISIONS
        if opens and is_told and isinstance(place, Thread):
            await self.desk.courtesies.name(place, told.question)
