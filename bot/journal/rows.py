"""Turns what is promised into rows, and rows into what is promised."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from bot.answering.composition import BOUNDARY_DECISIONS, Composition
from bot.promise.question import Arrival, Attempt, Frozen, Owed, Seen, Spot


MOST_THREADS = 20  # of one channel, the latest; each is a call to Slack


def arrival_of(row: Row[Any]) -> Arrival:
    """The question as it came; without words where they are not kept."""
    return Arrival(
        key=row.key,
        team=row.team,
        channel=row.channel,
        person=row.person,
        thread=row.thread,
        words=row.words or "",
        place=row.place,
    )


def answer_row(owed: Owed, frozen: Frozen, now: float) -> dict[str, Any]:
    """The frozen reply, with what it was made from."""
    told = frozen.composition
    counts = told.facts and told.decision not in BOUNDARY_DECISIONS
    return {
        "key": owed.key,
        "revision": owed.revision,
        "reply": told.id,
        "decision": told.decision,
        "target": told.facts[0] if counts else None,
        "pack": told.knowledge.pack,
        "version": told.knowledge.version,
        "engine": told.engine,
        "earlier": list(frozen.earlier),
        "messages": list(frozen.messages),
        "frozen_at": now,
    }


def frozen_of(row: Row[Any] | None) -> Frozen | None:
    """The frozen reply; None if nothing is frozen yet."""
    if row is None:
        return None
    return Frozen(
        composition=Composition.model_validate(row.composition),
        messages=tuple(row.messages),
        earlier=tuple(row.earlier),
    )


def attempts_of(rows: Iterable[Row[Any]]) -> tuple[Attempt, ...]:
    """The latest attempt at each part; rows come in the order of their beginning."""
    latest = {
        row.part: Attempt(row.number, row.part, row.began_at, row.outcome)
        for row in rows
    }
    return tuple(latest.values())


def spots_of(rows: Iterable[Row[Any]]) -> dict[str, Spot]:
    """Where our messages stand, by part."""
    return {row.part: Spot(row.channel, row.ts, row.thread) for row in rows}


def spot_row(key: str, part: str, spot: Spot) -> dict[str, Any]:
    """Where a message of ours stands."""
    where = {"channel": spot.channel, "ts": spot.ts, "thread": spot.thread}
    return {"key": key, "part": part, **where}


def seen_in(rows: Iterable[Row[Any]]) -> tuple[Seen, ...]:
    """The latest message and the threads of each channel; rows come oldest first."""
    found: dict[tuple[str, str], tuple[str, dict[str, None]]] = {}
    for row in rows:
        latest, threads = found.get((row.team, row.channel), ("", {}))
        thread = str(row.place.get("thread", ""))
        ts = max(latest, row.key.rpartition(":")[2])
        found[row.team, row.channel] = (ts, {**threads, thread: None})
    return tuple(
        Seen(team, channel, ts, tuple(filter(None, list(threads)[-MOST_THREADS:])))
        for (team, channel), (ts, threads) in found.items()
    )
