"""Notes what is done about a question; only the replica that holds it can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Update, bindparam, delete, insert, update

from bot.journal.database import Database
from bot.journal.endings import Endings
from bot.journal.free import JUMP, MINE, passes
from bot.journal.identity import Identity
from bot.journal.once import add_once, write_over
from bot.journal.rows import answer_row, spot_row
from bot.journal.tables import answer, attempt, post, question, reply
from bot.promise.inbox import LostError
from bot.promise.question import Attempt, Ending, Frozen, Outcome, Owed, Spot, Tried


LOOK_AGAIN = 60.0  # seconds; RELIABILITY.md, 4
ONCE_MORE = MINE.values(starts=question.c.starts + 1)
BEGUN = insert(attempt).returning(attempt.c.number)
ENDED = update(attempt).where(attempt.c.number == bindparam("its_number"))
DOUBTED = update(question).where(question.c.key == bindparam("its_key"))
NOT_KEPT = frozenset({"emergency", "report"})  # RELIABILITY.md: hash and decision only


class JournalProgress:
    """The work of one replica, as it goes on."""

    def __init__(self, database: Database, identity: Identity) -> None:
        self._writer = database.writer
        self._identity = identity
        self._endings = Endings(identity)

    async def began(self, owed: Owed) -> None:
        """Note before work that may crash that it begins once more."""
        await self._change(owed, change=ONCE_MORE)

    async def put_off(self, owed: Owed, seconds: float) -> None:
        """Let it rest for some seconds; any replica may go on then."""
        due_at = self._identity.clock() + min(seconds, JUMP)
        await self._change(owed, due_at=due_at, holder=None)

    async def freeze(self, owed: Owed, frozen: Frozen) -> Owed:
        """Fix the reply before anything is posted."""
        pass_and_fix = self._fixing(owed, frozen)
        if not await self._writer.write(pass_and_fix):
            raise LostError(owed.key)
        return replace(owed, frozen=frozen)

    async def begin(
        self, owed: Owed, part: str, unfixed: Frozen | None = None
    ) -> Attempt:
        """Pass the gate before a post; a reply that is not fixed yet is with it."""
        now, pass_gate = self._identity.clock(), self._fixing(owed, unfixed)
        row = {
            "key": owed.key,
            "revision": owed.revision,
            "part": part,
            "replica": self._identity.replica,
            "began_at": now,
        }

        def work(connection: Connection) -> int | None:
            if not pass_gate(connection):
                return None
            return int(connection.execute(BEGUN, row).scalar_one())

        number = await self._writer.write(work)
        if number is None:
            raise LostError(owed.key)
        return Attempt(number, part, now)

    async def end(
        self, owed: Owed, attempt: Attempt, outcome: Outcome, spot: Spot | None
    ) -> None:
        """Note what became of a try, and where the message stands."""
        now, tried = self._identity.clock(), Tried(attempt, outcome, spot)
        await self._writer.write(lambda connection: _note(connection, owed, tried, now))

    async def removed(self, owed: Owed, part: str) -> None:
        """Note that a message of ours is gone."""
        gone = delete(post).where(post.c.key == owed.key, post.c.part == part)

        def work(connection: Connection) -> None:
            connection.execute(gone)

        await self._writer.write(work)

    async def settle(
        self, owed: Owed, ending: Ending, because: str, last: Tried | None = None
    ) -> None:
        """Bring a question to its end, and write the audit's row with it.

        The last try is noted with it, even where the end is not ours to write.
        """
        now = self._identity.clock()

        def work(connection: Connection) -> bool:
            if last is not None:
                _note(connection, owed, last, now)
            ended: dict[str, Any] = {"state": ending, "settled_at": now, "holder": None}
            if not passes(connection, self._identity, owed, **ended):
                return False
            self._endings.write(connection, owed, ending, because)
            return True

        if not await self._writer.write(work, last=1):
            raise LostError(owed.key)

    def _fixing(
        self, owed: Owed, frozen: Frozen | None
    ) -> Callable[[Connection], bool]:
        """What passes the gate, and fixes the reply that is given."""
        if frozen is None:
            return lambda connection: passes(connection, self._identity, owed)
        now, composition = self._identity.clock(), frozen.composition
        told = answer_row(owed, frozen, now)
        said = composition.model_dump(mode="json")
        kept = {"id": composition.id, "composition": said, "kept_at": now}
        hidden = {"words": None} if composition.decision in NOT_KEPT else {}
        changes: dict[str, Any] = {"state": "frozen", **hidden}

        def work(connection: Connection) -> bool:
            if not passes(connection, self._identity, owed, **changes):
                return False
            add_once(connection, reply, kept)
            write_over(connection, answer, told)
            return True

        return work

    async def _change(
        self, owed: Owed, *, change: Update = MINE, **values: Any
    ) -> None:
        def work(connection: Connection) -> bool:
            return passes(connection, self._identity, owed, change=change, **values)

        if not await self._writer.write(work):
            raise LostError(owed.key)


def _note(connection: Connection, owed: Owed, tried: Tried, now: float) -> None:
    """Write down what became of a try, and where the message stands."""
    number, outcome = tried.attempt.number, tried.outcome
    became = {"its_number": number, "outcome": outcome, "ended_at": now}
    if not connection.execute(ENDED, became).rowcount:
        return  # its workspace removed the app, and all of it is gone
    if tried.spot is not None:
        row = spot_row(owed.key, tried.attempt.part, tried.spot)
        write_over(connection, post, row)
    if outcome == "unknown":
        doubt = {"its_key": owed.key, "look_at": now + LOOK_AGAIN}
        connection.execute(DOUBTED, doubt)
