"""Keeps to the speed at which Slack lets an app post into a channel."""

from __future__ import annotations

import asyncio
import time

from bot.slack.lately import Lately


SECONDS_APART = 1.0  # docs.slack.dev, rate limits: about one message a second a channel
BURST = 4  # "short bursts" are allowed without a number; 429 tells when this is wrong
LATEST_CHANNELS = 1_000  # a channel unused for that long owes nothing any more


class Pace:
    """One post a second in each channel, after a short burst."""

    def __init__(self) -> None:
        self._free: Lately[str, float] = Lately(LATEST_CHANNELS)

    async def turn(self, channel: str) -> None:
        """Wait until it is our turn in the channel."""
        await asyncio.sleep(self.delay(channel, time.monotonic()))

    def delay(self, channel: str, now: float) -> float:
        """Take the next turn in the channel; how many seconds from now it is."""
        earliest = now - (BURST - 1) * SECONDS_APART
        turn = max(self._free.get(channel, earliest), earliest)
        self._free.keep(channel, turn + SECONDS_APART)
        return max(0.0, turn - now)
