"""Keeps which past answers told what has changed since, and tells them when it is said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Row, Text, and_, cast, func, or_, select, update

from bot.journal.board_tables import corrected, correction
from bot.journal.chain import append, take_turn
from bot.journal.correction_rows import (
    Served,
    correction_of,
    counted,
    let_go,
    number_in,
    opened,
    readers,
)
from bot.journal.database import Database
from bot.journal.identity import Identity
from bot.journal.once import add_once
from bot.journal.owing_news import owe
from bot.journal.tables import answer, question, reply
from bot.promise.corrections import Changed, Correction, Outdated
from bot.promise.tickets import By, Unfit


@dataclass(frozen=True, slots=True)
class Told:
    """A past answer, and what it told."""

    key: str
    facts: tuple[str, ...]
    frozen_at: float


Found: TypeAlias = Mapping[Changed, tuple[Outdated, ...]]


@dataclass(frozen=True, slots=True)
class JournalCorrections:
    """The corrections in one database."""

    database: Database
    identity: Identity

    async def waiting(self, pack: str) -> tuple[Correction, ...]:
        """Those that somebody could be told of, the newest first."""
        wanted = counted().where(correction.c.pack == pack, ~correction.c.stale)
        some = wanted.having(number_in("prepared") > 0)
        rows = await self.database.read(some.order_by(correction.c.at.desc()))
        return tuple(map(correction_of, rows))

    async def versions(self, pack: str) -> Mapping[str, float]:
        """Every version that answers came from, with the moment of the latest one."""
        latest = func.max(answer.c.frozen_at).label("latest")
        wanted = select(answer.c.version, latest).where(answer.c.pack == pack)
        rows = await self.database.read(wanted.group_by(answer.c.version))
        return {row.version: row.latest for row in rows}

    async def told(
        self, version: str, facts: Iterable[str], since: float
    ) -> tuple[Told, ...]:
        """The standing answers from a version that told any of these facts."""
        said = cast(reply.c.composition, Text)
        named = or_(*(said.contains(json.dumps(f), autoescape=True) for f in facts))
        wanted = (
            select(answer.c.key, answer.c.frozen_at, reply.c.composition)
            .join(reply, reply.c.id == answer.c.reply)
            .join(question, question.c.key == answer.c.key)
            .where(
                answer.c.version == version,
                answer.c.revision == question.c.revision,
                answer.c.frozen_at > since,
                question.c.state == "answered",
                question.c.withdrawn.is_(False),
                named,
            )
        )
        return tuple(
            Told(row.key, tuple(row.composition["facts"]), row.frozen_at)
            for row in await self.database.read(wanted)
        )

    async def note(self, served: Served, found: Found) -> None:
        """Prepare what changed for those who were told otherwise, unless it was.

        What was prepared and is said otherwise by now is stale.
        """
        now = self.identity.clock()

        def work(connection: Connection) -> None:
            take_turn(connection)
            let_go(connection, served)
            for changed, outdated in found.items():
                number = opened(connection, served, changed, now)
                for one in outdated:
                    row = {
                        "correction": number,
                        "key": one.key,
                        "was": one.was,
                        "state": "prepared",
                    }
                    add_once(connection, corrected, row)

        await self.database.writer.write(work, last=1)

    async def send(self, number: int, by: By) -> int | Unfit:
        """Owe it to each thread that was told otherwise; to how many."""
        return await self._decide(number, by, "sent")

    async def leave(self, number: int, by: By) -> int | Unfit:
        """Tell nobody of it; how many answers stay as they are."""
        return await self._decide(number, by, "left")

    async def _decide(
        self, number: int, by: By, decision: Literal["sent", "left"]
    ) -> int | Unfit:
        now, reason = self.identity.clock(), " ".join(by.why.split())
        if not reason:
            return Unfit("a reason is missing: say in a few words why")
        waiting = and_(
            corrected.c.correction == number, corrected.c.state == "prepared"
        )

        def work(connection: Connection) -> int | Unfit:
            take_turn(connection)
            heads = select(correction).where(correction.c.number == number)
            head = connection.execute(heads).first()
            rows = connection.execute(readers().where(waiting)).all()
            if head is None or head.stale or not rows:
                return Unfit(_DECIDED.format(number=number))
            done = update(corrected).where(waiting).values(state=decision)
            connection.execute(done)
            append(
                connection, now, _said(head, len(rows), decision, By(by.who, reason))
            )
            if decision == "left":
                return len(rows)
            return sum(self._owe(connection, head, row) for row in rows)

        return await self.database.writer.write(work, last=1)

    def _owe(self, connection: Connection, head: Row[Any], row: Row[Any]) -> bool:
        """Owe it to a thread, or to whoever alone saw the answer; whether it is new."""
        channel = str(row.place.get("channel", ""))
        thread = str(row.place.get("thread", ""))
        if not channel and not row.person:
            return False  # erased: nobody is left to tell
        where = f"{channel}:{thread}" if channel else row.person
        place = {"channel": channel, "thread": thread} if channel else {}
        what = {
            "kind": "corrected",
            "correction": head.number,
            "fact": head.fact,
            "label": head.label,
            "was": row.was,
            "now": head.now,
            "why": head.why,
        }
        key = f"corrected:{head.number}:{row.team}:{where}"
        said = {"key": key, "team": row.team, "person": row.person}
        return owe(connection, self.identity, {**said, "place": place, "what": what})


def _said(head: Row[Any], answers: int, decision: str, by: By) -> dict[str, Any]:
    """The row of the audit about a decision."""
    return {
        "kind": "curated",
        "correction": head.number,
        "act": f"correction {decision}",
        "by": by.who,
        "why": by.why,
        "with": {"fact": head.fact, "answers": answers},
    }


_DECIDED = "nobody waits for correction {number}: it was decided, or the fact has changed again"
