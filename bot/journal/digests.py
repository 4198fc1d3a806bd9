"""Owes the curators one message a week, and none when nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select

from bot.journal.askings import NOT_HELPFUL
from bot.journal.board_tables import asking, correction, news, ticket
from bot.journal.chain import take_turn
from bot.journal.database import Database
from bot.journal.identity import Identity
from bot.journal.owing_news import owe
from bot.promise.digest import Week


@dataclass(frozen=True, slots=True)
class JournalDigests:
    """The digests of one database."""

    database: Database
    identity: Identity

    async def owe(self, week: Week) -> bool:
        """Owe the digest of a week, once, and only if something changed before it.

        The span is the same whoever asks and when: from the end of the digest before to
        the end of the week.
        """

        def work(connection: Connection) -> bool:
            take_turn(connection)
            since = _last(connection, week)
            if since >= week.until:
                return False
            counts = _counts(connection, week, since)
            late = [n for n, day in week.overdue.items() if _start(day) >= since]
            if not any(counts.values()) and not late:
                return False
            what = {"kind": "digest", "since": since, "until": week.until}
            what |= {**counts, "overdue": len(week.overdue), "late": late}
            day = datetime.fromtimestamp(week.until, UTC).date().isoformat()
            said = {
                "key": f"digest:{week.pack}:{day}",
                "team": week.team,
                "person": "",
                "place": {"channel": week.channel, "thread": ""},
                "what": what,
            }
            return owe(connection, self.identity, said)

        return await self.database.writer.write(work, last=1)


def _last(connection: Connection, week: Week) -> float:
    """The end of the digest before; 0 if there was none."""
    ours = news.c.key.startswith(f"digest:{week.pack}:", autoescape=True)
    latest = func.max(news.c.what["until"].as_float())
    return float(connection.execute(select(latest).where(ours)).scalar() or 0.0)


def _counts(connection: Connection, week: Week, since: float) -> dict[str, int]:
    """What happened in the span."""

    def within(moment: Any) -> Any:
        return and_(ticket.c.pack == week.pack, moment >= since, moment < week.until)

    asked = select(func.count()).select_from(asking)
    asked = asked.join(ticket, ticket.c.number == asking.c.ticket)
    unhelpful = asking.c.how == NOT_HELPFUL
    opened = select(func.count()).select_from(ticket)
    changed = select(func.count()).select_from(correction)
    corrected_then = and_(
        correction.c.pack == week.pack,
        correction.c.at >= since,
        correction.c.at < week.until,
    )
    wanted = {
        "opened": opened.where(within(ticket.c.opened_at)),
        "asked": asked.where(within(asking.c.at), ~unhelpful),
        "unhelpful": asked.where(within(asking.c.at), unhelpful),
        "acted": opened.where(within(ticket.c.acted_at)),
        "closed": opened.where(within(ticket.c.acted_at), ticket.c.closed.is_not(None)),
        "corrections": changed.where(corrected_then),
    }
    return {
        name: int(connection.execute(one).scalar_one()) for name, one in wanted.items()
    }


def _start(day: Any) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
