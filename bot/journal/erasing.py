"""Takes people's words away: somebody's on request, everybody's after a while."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from bot.errors import JournalError
from bot.journal.askings import forget_person, forget_words
from bot.journal.chain import append
from bot.journal.database import Database
from bot.journal.free import OPEN
from bot.journal.identity import Identity
from bot.journal.tables import answer, feedback, note, question, reply


DAY = 86_400.0  # seconds
HEARD = DAY  # seconds; Slack sends nothing again after six minutes
HOUR = 3_600.0  # seconds between two looks at what is old


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken away, and what was not yet."""

    questions: int
    open: int  # still being answered: to be erased when they are


@dataclass(frozen=True, slots=True)
class Eraser:
    """Erases words, and leaves the audit as it is."""

    database: Database
    identity: Identity

    async def erase(self, team: str, user: str) -> Erased:
        """Take away all that a person wrote, and their name; the audit says that."""
        theirs = and_(question.c.person == user, question.c.team == team)
        if not team:
            theirs = question.c.person == user

        def work(connection: Connection) -> Erased:
            waiting = select(question.c.key).where(theirs, question.c.state.in_(OPEN))
            still = len((connection.execute(waiting)).all())
            ended = and_(theirs, question.c.state.not_in(OPEN))
            count = _forget(connection, ended, person="", thread="")
            _forget_notes(connection, team, user)
            forget_person(connection, team, user)
            said = {"kind": "erased", "questions": count}
            append(connection, self.identity.clock(), said)
            return Erased(count, still)

        return await self.database.writer.write(work, last=1)

    async def purge(self, days: int) -> int:
        """Take away the words that are older; how many questions had some."""
        now = self.identity.clock()
        old = and_(
            question.c.received_at < now - days * DAY, question.c.state.not_in(OPEN)
        )
        heard = delete(note).where(note.c.kind == "heard", note.c.at < now - HEARD)

        def work(connection: Connection) -> int:
            connection.execute(heard)
            if not days:
                return 0
            count = _forget(connection, and_(old, question.c.words.is_not(None)))
            if count:
                said = {"kind": "purged", "questions": count, "days": days}
                append(connection, now, said)
            return count

        return await self.database.writer.write(work, last=1)

    @asynccontextmanager
    async def purging(self, days: int) -> AsyncIterator[None]:
        """Purge now and every hour, as long as the block lasts."""
        task = asyncio.create_task(self._purge_on(days))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _purge_on(self, days: int) -> None:
        while True:
            with suppress(JournalError):  # who writes next says what is wrong
                await self.purge(days)
            await asyncio.sleep(HOUR)


def _forget(connection: Connection, whose: ColumnElement[bool], **changes: str) -> int:
    """Take the words of these questions away, wherever they stand."""
    keys = select(question.c.key).where(whose)
    told = select(answer.c.reply).where(answer.c.key.in_(keys))
    connection.execute(delete(reply).where(reply.c.id.in_(told)))
    earlier = update(answer).where(answer.c.key.in_(keys)).values(earlier=[])
    connection.execute(earlier)
    forget_words(connection, keys)
    gone = update(question).where(whose).values(words=None, **changes)
    return int((connection.execute(gone)).rowcount)


def _forget_notes(connection: Connection, team: str, user: str) -> None:
    """Take away a person's settings, requests and name under what they thought."""
    name = note.c.person == f"{team}:{user}"
    if not team:
        name = note.c.person.endswith(f":{user}", autoescape=True)
    asked = and_(note.c.kind == "bridge", note.c.value["asker"].as_string() == user)
    connection.execute(delete(note).where(or_(name, asked)))
    whose = feedback.c.person == user
    mine = and_(whose, feedback.c.team == team) if team else whose
    connection.execute(update(feedback).where(mine).values(person=""))
