"""Says each part of a reply once, whatever becomes of the tries."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.promise.inbox import Attempts
from bot.promise.question import Attempt, Frozen, Outcome, Owed, Spot, Tried
from bot.slack import delivery
from bot.slack.blocks.kit import Message
from bot.slack.counts import Counts
from bot.slack.delivery import Delivery
from bot.slack.keeping import spot_of
from bot.slack.outcomes import Hopeless, Posted, Refused, Unknown, Wait
from bot.slack.places import Aside, Thread
from bot.slack.searching import Mark, is_searchable, standing


LOOK_AFTER = 2.0  # seconds; RELIABILITY.md, 4: Slack shows a message late
GATE = 1.0  # seconds from the gate to the call: both and the call end before the lease
SHORT = 5.0  # seconds that a wait may take without giving up the place at work
TRIES = 3  # before others have their turn
REST = 2.0  # seconds of rest after that
LOOKS = 4  # at once and three times more
LOOK_PAUSE = 0.3  # seconds between them
LOOK_REST = 1.0  # seconds of rest when Slack let us see nothing
SLACKS = (SlackApiError, aiohttp.ClientError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Said:
    """It stands in Slack; where, if it can be changed later."""

    spot: Spot | None
    tried: Tried | None = None  # the try that nobody has noted yet


@dataclass(frozen=True, slots=True)
class Later:
    """It does not stand there yet, or nobody knows: go on after some seconds."""

    seconds: float


Result: TypeAlias = Said | Later | Hopeless
Judged: TypeAlias = Said | Later | Hopeless | Refused


@dataclass(frozen=True, slots=True)
class Unfixed:
    """A reply that its first try fixes, and what fixes it where the try has to wait."""

    frozen: Frozen
    fix: Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Once:
    """Speaks with one workspace about one question."""

    client: AsyncWebClient
    delivery: Delivery
    progress: Attempts
    counts: Counts
    owed: Owed
    unfixed: Unfixed | None = None

    async def say(self, part: str, place: Thread | Aside, message: Message) -> Result:
        """Say it, unless it stands there already."""
        before = await self._before(part, place)
        if before is not None:
            return before
        for version in delivery.versions(message):
            judged = await self._say(part, place, version)
            if not isinstance(judged, Refused):
                return judged
        refused = SlackApiError("no version of the message is taken", {})  # type: ignore[no-untyped-call]  # slack_sdk leaves it
        return Hopeless("invalid_blocks", refused)

    async def _before(self, part: str, place: Thread | Aside) -> Said | Later | None:
        """What earlier tries left; None if it certainly does not stand there."""
        if part in self.owed.posts:
            return Said(self.owed.posts[part])
        tried = [one for one in self.owed.attempts if one.part == part and one.is_open]
        if not tried:
            return None
        return await self._after_unknown(tried[-1], place)

    async def _say(self, part: str, place: Thread | Aside, message: Message) -> Judged:
        for _ in range(TRIES):
            await self._turn(place)
            judged = await self._try(part, place, message)
            if judged is not None:
                return judged
        return Later(REST)

    async def _turn(self, place: Thread | Aside) -> None:
        """Wait until the pace allows it; a reply that has to wait is fixed before."""
        seconds = self.delivery.delay(place)
        if seconds and self.unfixed is not None:
            await self.unfixed.fix()
        if seconds:
            await asyncio.sleep(seconds)

    async def _try(
        self, part: str, place: Thread | Aside, message: Message
    ) -> Judged | None:
        """What one try came to; None if another may follow at once."""
        asked = time.monotonic()
        unfixed = None if self.unfixed is None else self.unfixed.frozen
        attempt = await self.progress.begin(self.owed, part, unfixed)
        if time.monotonic() - asked > GATE:  # we slept; the lease may have run out
            await self._end(attempt, "not posted")
            return None
        mark = Mark(self.owed.mark, part)
        outcome = await self.delivery.attempt(place, message, mark.metadata)
        match outcome:
            case Posted(written):
                spot = None if written is None else spot_of(written)
                return Said(spot, Tried(attempt, "posted", spot))
            case Unknown():
                return await self._after_unknown(attempt, place)
            case _:
                return await self._not_posted(attempt, outcome)

    async def _not_posted(
        self, attempt: Attempt, outcome: Refused | Wait | Hopeless
    ) -> Judged | None:
        match outcome:
            case Wait(seconds):
                await self._end(attempt, "not posted")
                if seconds > SHORT:
                    return Later(seconds)
                await asyncio.sleep(seconds)
                return None
            case Refused() | Hopeless():
                await self._end(attempt, "refused")
                return outcome
            case _:
                assert_never(outcome)

    async def _after_unknown(
        self, attempt: Attempt, place: Thread | Aside
    ) -> Said | Later | None:
        """Look before it is said again; None if it certainly does not stand there.

        What one person alone is shown cannot be looked for: it is said again, for twice
        is better than never.
        """
        self.counts.post_was_ambiguous()
        await self._end(attempt, "unknown")
        await asyncio.sleep(self._until_it_shows(attempt))
        try:
            spot = await self._standing(attempt.part, place)
        except SLACKS:
            return Later(LOOK_REST)
        if spot is None:
            await self._end(attempt, "not posted")
            return None
        self.counts.post_was_adopted()
        await self._end(attempt, "adopted", spot)
        return Said(spot)

    def _until_it_shows(self, attempt: Attempt) -> float:
        """Seconds; an attempt of long ago, before a crash, would show by now."""
        since = time.time() - attempt.began
        return LOOK_AFTER if since < 0.0 else max(0.0, LOOK_AFTER - since)

    async def _standing(self, part: str, place: Thread | Aside) -> Spot | None:
        """Where it stands; None if it does not. Slack may refuse to say for a while."""
        if isinstance(place, Aside) or not is_searchable(place):
            return None
        for tries_left in reversed(range(LOOKS)):
            try:
                found = await standing(self.client, place, self.owed.mark)
            except SLACKS:
                if not tries_left:
                    raise
                await asyncio.sleep(LOOK_PAUSE)
            else:
                return next((spot for name, spot in found if name == part), None)
        return None

    async def _end(
        self, attempt: Attempt, outcome: Outcome, spot: Spot | None = None
    ) -> None:
        await self.progress.end(self.owed, attempt, outcome, spot)
