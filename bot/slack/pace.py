"""Keeps to the speed at which Slack lets an app post, in a channel and in all."""

from __future__ import annotations

import asyncio
import time

from bot.slack.lately import Lately


A_CHANNEL = 1.0  # a second; docs.slack.dev, rate limits: about one message a second
BURST = 4  # "short bursts" are allowed without a number; 429 tells when this is wrong
IN_ALL = 10.0  # a second; Slack gives no number, and sends at most 8.3 questions
ALL_BURST = 20  # as many questions as come in two seconds of the busiest hour
LATEST_CHANNELS = 1_000  # a channel unused for that long owes nothing any more


class Pace:
    """So many posts a second in each channel and in all, after a short burst."""

    def __init__(self, in_all: float = IN_ALL, a_channel: float = A_CHANNEL) -> None:
        self._apart = 1.0 / a_channel
        self._all_apart = 1.0 / in_all
        self._free: Lately[str, float] = Lately(LATEST_CHANNELS)
        self._all_free = 0.0

    async def turn(self, channel: str) -> None:
        """Wait until it is our turn in the channel."""
        await asyncio.sleep(self.delay(channel, time.monotonic()))

    def delay(self, channel: str, now: float) -> float:
        """Take the next turn in the channel; how many seconds from now it is."""
        earliest = now - (BURST - 1) * self._apart
        turn = max(self._free.get(channel, earliest), earliest)
        self._free.keep(channel, turn + self._apart)
        in_all = max(self._all_free, now - (ALL_BURST - 1) * self._all_apart)
        self._all_free = in_all + self._all_apart
        return max(0.0, turn - now, in_all - now)
