"""Writes messages that stand in Slack anew, or takes them away."""

from __future__ import annotations

from bot.promise.question import ANSWER, Owed
from bot.slack.blocks.kit import Message
from bot.slack.delivery import versions
from bot.slack.keeping import place_of, written_at
from bot.slack.once import REST, Later, Result, Said
from bot.slack.outcomes import Hopeless, Posted, Refused
from bot.slack.places import Thread
from bot.slack.reception import Reception
from bot.slack.searching import standing


ELSEWHERE = frozenset({"message_not_found", "edit_window_closed"})  # post it anew


async def rewritten(desk: Reception, owed: Owed, part: str, message: Message) -> Result:
    """Write one of our messages anew, which may be done any number of times."""
    spot = owed.posts[part]
    for version in versions(message):
        outcome = await desk.delivery.attempt(written_at(spot), version)
        match outcome:
            case Posted():
                return Said(spot)
            case Refused():
                continue
            case Hopeless(code) if code in ELSEWHERE:
                await desk.memories.progress.removed(owed, part)
                return Later(0.0)
            case Hopeless():
                return outcome
            case _:
                break
    return Later(REST)


async def take_away(desk: Reception, owed: Owed) -> None:
    """Take our messages away, those too of which nobody knows."""
    place = place_of(owed.arrival.place)
    is_open = any(attempt.is_open for attempt in owed.attempts)
    if is_open and isinstance(place, Thread):
        found = await standing(desk.client, place, owed.mark)
        for _, spot in found:
            await desk.delivery.take_back(written_at(spot))
    for part, spot in owed.posts.items():
        await desk.delivery.take_back(written_at(spot))
        await desk.memories.progress.removed(owed, part)
    if owed.attempts and isinstance(place, Thread):
        await desk.courtesies.stop_working(place)


async def take_back(desk: Reception, owed: Owed, kept: int) -> None:
    """Remove what an earlier, longer reply leaves over."""
    parts = {f"{ANSWER}-{number}" for number in range(1, kept + 1)}
    for part, spot in owed.posts.items():
        if part not in parts:
            await desk.delivery.take_back(written_at(spot))
            await desk.memories.progress.removed(owed, part)
