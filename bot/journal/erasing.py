"""Takes people's words away: somebody's on request, everybody's after a while."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    and_,
    delete,
    exists,
    not_,
    or_,
    select,
    update,
)

from bot.errors import JournalError
from bot.journal.askings import forget_person, forget_words
from bot.journal.board_tables import asking, news
from bot.journal.chain import append
from bot.journal.database import Database
from bot.journal.endings import Endings
from bot.journal.free import OPEN
from bot.journal.identity import Identity
from bot.journal.owing import owed_in
from bot.journal.tables import (
    answer,
    attempt,
    feedback,
    installation,
    note,
    post,
    question,
    reply,
    upload,
)
from bot.promise.alongside import alongside
from bot.promise.question import Ending


DAY = 86_400.0  # seconds
HEARD = DAY  # seconds; Slack sends nothing again after six minutes
HOUR = 3_600.0  # seconds between two looks at what is old
NOBODYS: dict[str, Any] = {  # a question of a workspace that removed the app
    "team": "",
    "channel": "",
    "person": "",
    "thread": "",
    "place": {},
    "look_at": None,
    "withdrawn": True,  # and no edit of its words asks anew
}


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

    async def forget_team(self, team: str) -> None:
        """Take away all that a workspace gave us or its people wrote; the audit stays.

        What is still owed to somebody there ends: nobody could be told.
        """
        theirs = question.c.team == team

        def work(connection: Connection) -> None:
            self._end_open(connection, theirs)
            count = sum(connection.execute(d).rowcount for d in _belongings(team))
            count += _forget(connection, theirs, **NOBODYS)
            if count:  # Slack tells of a departure in two events
                said = {"kind": "team forgotten", "team": team}
                append(connection, self.identity.clock(), said)

        await self.database.writer.write(work, last=1)

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

    def purging(self, days: int) -> AbstractAsyncContextManager[None]:
        """Purge now and every hour, as long as the block lasts."""
        return alongside(self._purge_on(days))

    def _end_open(self, connection: Connection, whose: ColumnElement[bool]) -> None:
        """Bring questions to their end because there is nobody left to tell."""
        still = and_(whose, question.c.state.in_(OPEN))
        endings = Endings(self.identity)
        ending: Ending = "failure_unnotifiable"
        rows = (
            connection.execute(select(question).where(still).with_for_update())
        ).all()
        ended = {"state": ending, "settled_at": self.identity.clock(), "holder": None}
        connection.execute(update(question).where(still).values(ended))
        for row in rows:
            owed = owed_in(connection, self.identity, row)
            endings.write(connection, owed, ending, "the app was removed")

    async def _purge_on(self, days: int) -> None:
        while True:
            with suppress(JournalError):  # who writes next says what is wrong
                await self.purge(days)
            await asyncio.sleep(HOUR)


def _forget(connection: Connection, whose: ColumnElement[bool], **changes: Any) -> int:
    """Take the words of these questions away, wherever they stand."""
    keys = select(question.c.key).where(whose)
    told = select(answer.c.reply).where(answer.c.key.in_(keys))
    others = exists().where(
        answer.c.reply == reply.c.id,
        answer.c.key == question.c.key,
        question.c.words.is_not(None),
        not_(whose),
    )
    gone = delete(reply).where(reply.c.id.in_(told), not_(others))
    connection.execute(gone)
    earlier = update(answer).where(answer.c.key.in_(keys)).values(earlier=[])
    connection.execute(earlier)
    forget_words(connection, keys)
    wordless = update(question).where(whose).values(words=None, **changes)
    return int((connection.execute(wordless)).rowcount)


def _belongings(team: str) -> Iterator[Delete]:
    """What takes away the rest: tries and posts, notes, opinions, files, the token."""
    keys = select(question.c.key).where(question.c.team == team)
    for table in (attempt, post):
        yield delete(table).where(table.c.key.in_(keys))
    mine = note.c.name.startswith(f"{team}:", autoescape=True)
    yield delete(note).where(
        or_(
            mine,
            note.c.person.startswith(f"{team}:", autoescape=True),
            and_(note.c.kind == "bridge", note.c.value["team"].as_string() == team),
        )
    )
    for table in (feedback, upload, installation, asking, news):
        yield delete(table).where(table.c.team == team)


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
