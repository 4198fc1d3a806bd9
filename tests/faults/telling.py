"""Kills the app while it tells people what they did not ask for just now."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, assert_never

from sqlalchemy import Connection, func, select

from bot.journal.board_tables import news
from bot.journal.journal import Journal, open_journal, open_records
from bot.journal.owing_news import owe
from bot.knowledge.load import read_pack
from bot.slack.entry import EVENTS
from bot.workspace.directory import NURSE
from bot.workspace.faults import Fault
from bot.workspace.feed import Change, changes
from tests.faults.breaking import SILENT
from tests.faults.plan import ALWAYS, POST, SPEED, Plan
from tests.faults.run import SECRETS, Scene, scene_of


Moment: TypeAlias = Literal["before", "during", "after"]

PIECES = 12
STRIKES: tuple[Moment, ...] = ("before", "during", "after") * 2
HELD = Fault("rate_limited", POST, ALWAYS)  # Slack takes nothing
SILENCE = Fault("slow", POST, ALWAYS, seconds=SILENT * SPEED)  # takes all, says nothing
LONGEST = 30.0  # seconds; a lease of eight, a look of five, and two starts
BETWEEN = 0.05  # seconds between two looks at the journal


@dataclass(frozen=True, slots=True)
class Told:
    """What became of each piece, as Slack, the journal and the audit have it."""

    said: dict[str, int]  # messages of ours in the channel of each piece
    states: dict[str, str]
    written_up: dict[str, int]  # rows of the audit about each piece
    verified: bool | None
    exits: tuple[int, ...]


async def telling_run(plan: Plan, folder: Path) -> Told:
    """Owe the pieces, kill everybody at each moment, and let the last life finish."""
    async with scene_of(plan, folder, lambda _: None) as scene:
        url = scene.commands.surroundings["BECAR7_DATABASE_URL"]
        async with open_journal(url) as journal:
            await _owe_all(scene, journal)
        address = f"{scene.crew.replicas[0].url}{EVENTS}"
        scene.desk.connect(address, SECRETS["signing secret"], SECRETS["bot token"])
        async with open_records(url) as records:
            starting = asyncio.create_task(scene.crew.start())
            for moment in STRIKES:
                await _strike(scene, records, moment)
            await starting
            scene.desk.faults.clear()
            await _until(records, lambda told: told == PIECES)
            exits = await scene.crew.stop()
            return await _seen(scene, records, exits)


async def _owe_all(scene: Scene, journal: Journal) -> None:
    """Owe pieces of every kind, each in a channel of its own."""
    pack = read_pack(scene.plan.code / "knowledge" / "be-car7")
    kinds = (_answered(next(iter(pack.facts))), _CORRECTED, _DIGEST)
    for number in range(PIECES):
        what, channel = kinds[number % len(kinds)], _channel(number)
        is_digest = what["kind"] == "digest"
        thread = "" if is_digest else scene.desk.speak(NURSE.id, channel, "and this?")
        person = "" if is_digest else NURSE.id
        said = {"key": f"piece-{number}", "team": "", "person": person, "what": what}
        piece = said | {"place": {"channel": channel, "thread": thread}}
        await journal.database.writer.write(_owing(journal, piece))


def _owing(journal: Journal, piece: dict[str, Any]) -> Callable[[Connection], bool]:
    return lambda connection: owe(connection, journal.identity, piece)


async def _strike(scene: Scene, records: Journal, moment: Moment) -> None:
    """Kill everybody at this moment of the next piece that they tell."""
    faults, before = scene.desk.faults, await _told(records)
    faults.clear()
    match moment:
        case "before":
            faults.plan(HELD)
            await _happens(scene, _is_refused)
        case "during":
            faults.plan(SILENCE)
            await _happens(scene, _is_said)
        case "after":
            await _happens(scene, _is_said)
            faults.plan(HELD)  # one is told; the next has to wait
            await _until(records, lambda told: told > before)
        case _:
            assert_never(moment)
    await asyncio.gather(*(replica.kill() for replica in scene.crew.replicas))
    faults.clear()
    faults.plan(HELD)  # until the next strike is planned


async def _happens(scene: Scene, wanted: Callable[[Change], bool]) -> None:
    with scene.desk.state.feed.listening() as queue:
        async with asyncio.timeout(LONGEST):
            async for change in changes(queue):
                if wanted(change):
                    return


def _is_refused(change: Change) -> bool:
    body = change.body
    return change.kind == "exchange" and body["note"] == HELD.kind


def _is_said(change: Change) -> bool:
    return change.kind == "message"


async def _until(records: Journal, enough: Callable[[int], bool]) -> None:
    async with asyncio.timeout(LONGEST):
        while True:
            if enough(await _told(records)):
                return
            await asyncio.sleep(BETWEEN)


async def _told(records: Journal) -> int:
    wanted = select(func.count()).select_from(news).where(news.c.state != "owed")
    return int((await records.database.read(wanted))[0][0])


async def _seen(scene: Scene, records: Journal, exits: tuple[int, ...]) -> Told:
    bot, board = scene.desk.bot.id, scene.desk.state.board
    marks = {records.identity.mark(key): key for key in _keys()}
    rows = [row.told async for row in records.audit.rows()]
    return Told(
        said={
            key: sum(one.user == bot for one in board.all_in(_channel(number)))
            for number, key in enumerate(_keys())
        },
        states={
            row.key: row.state for row in await records.database.read(select(news))
        },
        written_up=dict(Counter(marks[row["news"]] for row in rows)),
        verified=await scene.commands.verifies(),
        exits=exits,
    )


def _keys() -> tuple[str, ...]:
    return tuple(f"piece-{number}" for number in range(PIECES))


def _channel(number: int) -> str:
    return f"C0{number:09}"


def _answered(fact: str) -> dict[str, Any]:
    return {"kind": "answered", "ticket": 1, "fact": fact, "asked": 1.0, "words": "?"}


_CORRECTED = {
    "kind": "corrected",
    "correction": 1,
    "fact": "naps",
    "label": "Naps",
    "was": "5 of 20.",
    "now": "6 of 20.",
    "why": "A misprint.",
}
_COUNTS = ("opened", "asked", "unhelpful", "acted", "closed", "corrections", "overdue")
_DIGEST = {
    "kind": "digest",
    "since": 0.0,
    "until": 1.0,
    "late": [],
    **dict.fromkeys(_COUNTS, 1),
}
