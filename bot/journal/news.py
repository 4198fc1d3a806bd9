"""Keeps the news that are owed, until somebody was told or nobody can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, update

from bot.journal.board_tables import IS_OWED, news
from bot.journal.chain import append
from bot.journal.database import Database
from bot.journal.free import JUMP, is_due
from bot.journal.identity import Identity
from bot.journal.lease import alive
from bot.promise.inbox import LostError
from bot.promise.news import NEWS, Heard, News
from bot.promise.question import Attempt, Frozen, Json, Outcome, Owed, Spot


AT_ONCE = 50  # keys of one look; the pace of Slack lets through fewer
PATIENCE = 60.0  # seconds until it is tried again where the work on it broke
OWED = IS_OWED.rpartition(" = ")[2].strip("'")


@dataclass(frozen=True, slots=True)
class JournalNews:
    """The news as one replica sees them."""

    database: Database
    identity: Identity

    async def due(self) -> tuple[str, ...]:
        """The keys of all that could be told now, the oldest first."""
        wanted = select(news.c.key).where(self._is_free()).order_by(news.c.at)
        rows = await self.database.read(wanted.limit(AT_ONCE))
        return tuple(row.key for row in rows)

    async def take(self, key: str) -> News | None:
        """Tell it from now on; None if it was told, or another replica does it."""
        wanted = select(news).where(news.c.key == key, self._is_free())
        mine = update(news).where(news.c.key == key)
        due_at = self.identity.clock() + PATIENCE
        held = {"holder": self.identity.replica, "due_at": due_at}

        def work(connection: Connection) -> News | None:
            row = connection.execute(wanted.with_for_update()).first()
            if row is None:
                return None
            connection.execute(mine.values(held))
            return self._news(row)

        return await self.database.writer.write(work)

    async def freeze(self, news: News, message: Json) -> None:
        """Fix the message before anything is posted."""
        await self._change(news.key, message=dict(message))

    async def begin(
        self,
        owed: Owed,
        part: str,
        unfixed: Frozen | None = None,  # noqa: ARG002  its message is fixed before
    ) -> Attempt:
        """Pass the gate before a post."""
        now = self.identity.clock()
        await self._change(owed.key, part=part, began_at=now, outcome=None)
        return Attempt(1, part, now)

    async def end(
        self,
        owed: Owed,
        attempt: Attempt,  # noqa: ARG002  a piece of news has one at a time
        outcome: Outcome,
        spot: Spot | None,
    ) -> None:
        """Note what became of a try, and where the message stands."""
        stands = {} if spot is None else {"spot": asdict(spot)}
        await self._change(owed.key, outcome=outcome, **stands)

    async def put_off(self, news: News, seconds: float) -> None:
        """Let it rest for some seconds; any replica may go on then."""
        due_at = self.identity.clock() + min(seconds, JUMP)
        await self._change(news.key, due_at=due_at, holder=None)

    async def settle(self, news: News, heard: Heard, because: str) -> None:
        """Bring it to its end, and write the audit's row with it.

        What it said goes then: the row stays so that it is never said again.
        """
        now = self.identity.clock()
        kept = {name: news.what[name] for name in _KEPT if name in news.what}
        ended = {"state": heard, "settled_at": now, "holder": None, "message": None}

        def work(connection: Connection) -> bool:
            row = self._changed(connection, news.key, {**ended, "what": kept})
            if row is not None:
                append(connection, now, _said(news, heard, because, row.spot))
            return row is not None

        if not await self.database.writer.write(work, last=1):
            raise LostError(news.key)

    async def _change(self, key: str, **changes: Any) -> None:
        def work(connection: Connection) -> bool:
            return self._changed(connection, key, changes) is not None

        if not await self.database.writer.write(work):
            raise LostError(key)

    def _changed(
        self, connection: Connection, key: str, changes: Mapping[str, Any]
    ) -> Row[Any] | None:
        """Change it, if it is still ours to tell."""
        mine = and_(
            news.c.key == key,
            news.c.state == OWED,
            news.c.holder == self.identity.replica,
        )
        changed = update(news).where(mine).values(changes).returning(news.c.spot)
        return connection.execute(changed).first()

    def _is_free(self) -> ColumnElement[bool]:
        """Owed, and due; what a lost replica held is due at once."""
        holder = news.c.holder
        lost = holder.not_in(alive())
        ours = or_(holder.is_(None), holder == self.identity.replica)
        due = is_due(news.c.due_at, self.identity.clock())
        return and_(news.c.state == OWED, or_(lost, and_(ours, due)))

    def _news(self, row: Row[Any]) -> News:
        tried = row.part is not None
        attempt = Attempt(1, row.part, row.began_at, row.outcome) if tried else None
        found = News(
            key=row.key,
            mark=self.identity.mark(row.key),
            team=row.team,
            person=row.person,
            place=row.place,
            what=row.what,
            at=row.at,
            message=row.message,
            attempts=() if attempt is None else (attempt,),
        )
        return replace(found, spot=None if row.spot is None else Spot(**row.spot))


_KEPT = ("kind", "ticket", "fact", "correction", "until")


def _said(news: News, heard: Heard, because: str, spot: Json | None) -> dict[str, Any]:
    """The row of the audit: about what, and where; to whom, only the key tells."""
    what = {name: news.what[name] for name in _KEPT if name in news.what}
    posts = {} if spot is None else {NEWS: [spot["channel"], spot["ts"]]}
    return {
        **what,
        "kind": "told",
        "about": what.get("kind", ""),
        "news": news.mark,
        "state": heard,
        "because": because,
        "posts": posts,
    }
