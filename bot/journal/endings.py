"""Writes to the audit how a question ended, and to the tickets what it asked in vain."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.answering.composition import Composition
from bot.journal.askings import Askings
from bot.journal.chain import append
from bot.journal.identity import Identity
from bot.journal.owing import POSTED
from bot.journal.rows import spots_of
from bot.journal.tables import question
from bot.promise.question import Doubt, Ending, Owed, Spot


ASKED = select(question.c.alias, question.c.digest).where(
    question.c.key == bindparam("its_key")
)


class Endings:
    """The last lines about a question."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._askings = Askings(identity)

    def write(
        self, connection: Connection, owed: Owed, ending: Ending, because: str
    ) -> None:
        """Write the row of the audit, in the transaction that ends the question.

        Tickets come after it: the chain's turn keeps two replicas from waiting for
        each other over the same ticket.
        """
        about = {"its_key": owed.key}
        row = connection.execute(ASKED, about).one()
        spots = spots_of(connection.execute(POSTED, about))
        composition = owed.frozen.composition if owed.frozen else None
        said = {
            "kind": "withdrawn" if owed.withdrawn else "reply",
            "key": owed.key,
            "revision": owed.revision,
            "asker": row.alias,
            "question": row.digest,
            "state": ending,
            "because": because,
            "posts": {part: [spot.channel, spot.ts] for part, spot in spots.items()},
            **told(composition),
        }
        now = self._identity.clock()
        append(connection, now, said)
        self._askings.ended(connection, owed, composition, now)

    def doubles(
        self, connection: Connection, doubt: Doubt, removed: tuple[Spot, ...]
    ) -> None:
        """Write down which second reply to a question was taken away."""
        said = {
            "kind": "double removed",
            "key": doubt.key,
            "posts": [[spot.channel, spot.ts] for spot in removed],
        }
        append(connection, self._identity.clock(), said)


def told(composition: Composition | None) -> dict[str, Any]:
    """What the audit says of a reply: from which facts of which knowledge it was made."""
    if composition is None:
        return {"decision": None}
    return {
        "decision": composition.decision,
        "facts": list(composition.facts),
        "reply": composition.id,
        "pack": composition.knowledge.pack,
        "knowledge": composition.knowledge.version,
        "engine": composition.engine,
    }
