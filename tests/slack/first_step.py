"""A journal as the program of step 0001 left it: raw rows, and no code of today's."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alembic import command
from alembic.config import Config
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Connection, MetaData, create_engine, insert

from bot.journal import queue
from bot.journal.database import url_of
from bot.journal.migrating import STEPS
from bot.workspace.directory import NURSE, Person
from bot.workspace.tokens import Token
from tests.make import make_composition
from tests.slack.promised import QUESTIONS, Place


SECRET = b"k" * 32  # what marks and digests were made with
LOST = "replica-that-is-gone"
AGO = 600.0  # seconds before the update
FIRST = "0" * 64  # stood before the first row of the audit
EVENT = "trial_desk_reply"  # of the metadata of a reply
PART = "answer-1"


@dataclass
class FirstStep:
    """The rows of then, written as its program wrote them."""

    place: Place
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    audited: list[dict[str, Any]] = field(default_factory=list)

    def asked(self, put: str, person: Person = NURSE, **changes: Any) -> dict[str, Any]:
        """Somebody asked by mention, and it was written down: the row."""
        desk = self.place.workspace
        ts = desk.seat(person.id).say(QUESTIONS.id, f"<@{desk.bot.id}> {put}")
        team = desk.state.directory.team.id
        row = {
            "key": f"{team}:{QUESTIONS.id}:{ts}",
            "team": team,
            "channel": QUESTIONS.id,
            "person": person.id,
            "alias": secrets.token_hex(8),
            "thread": f"{team}:{QUESTIONS.id}:{ts}:{person.id}",
            "words": put,
            "digest": _hmac("words", put),
            "place": {"channel": QUESTIONS.id, "thread": ts, "opens": False},
            "state": "received",
            "revision": 0,
            "starts": 1,
            "withdrawn": False,
            "holder": LOST,
            "received_at": self.place.watch.now - AGO,
            "due_at": self.place.watch.now - AGO + 60.0,
            "look_at": None,
            "settled_at": None,
        }
        return self.add("question", row | changes)

    def froze(
        self, asked: Mapping[str, Any], *messages: str, **changes: Any
    ) -> dict[str, Any]:
        """Its reply was fixed, in so many messages; the reply as it was kept."""
        told = _composition(f"reply-to-{_ts(asked)}", **changes)
        kept = {"id": told["id"], "composition": told, "kept_at": asked["received_at"]}
        self.add("reply", kept)
        answer = {
            "key": asked["key"],
            "revision": asked["revision"],
            "reply": told["id"],
            "decision": told["decision"],
            "target": None,
            "pack": told["knowledge"]["pack"],
            "version": told["knowledge"]["version"],
            "engine": told["engine"],
            "earlier": [],
            "messages": [{"text": said, "blocks": []} for said in messages],
            "frozen_at": asked["received_at"],
        }
        self.add("answer", answer)
        return told

    def tried(
        self, asked: Mapping[str, Any], part: str = PART, outcome: str | None = None
    ) -> None:
        """It passed the gate before a post; without an outcome nobody knew of it."""
        began = asked["received_at"]
        row = {"key": asked["key"], "revision": asked["revision"], "part": part}
        row |= {"replica": LOST, "began_at": began, "outcome": outcome}
        row |= {"ended_at": None if outcome is None else began}
        self.add("attempt", row)

    async def posted(
        self, asked: Mapping[str, Any], text: str, part: str = PART
    ) -> str:
        """Slack has a message of ours; its timestamp."""
        desk, token = self.place.workspace, self.place.token
        desk.tokens.allow(Token(token, scopes=desk.state.config.features.scopes))
        mark = {"mark": _hmac("mark", asked["key"]), "part": part}
        client = AsyncWebClient(token, base_url=desk.api_url)
        answer = await client.chat_postMessage(
            channel=QUESTIONS.id,
            thread_ts=_ts(asked),
            text=text,
            metadata={"event_type": EVENT, "event_payload": mark},
        )
        return str(answer["ts"])

    def noted(self, asked: Mapping[str, Any], ts: str, part: str = PART) -> None:
        """And it was written down where that message stands."""
        row = {"key": asked["key"], "part": part, "channel": QUESTIONS.id}
        self.add("post", row | {"ts": ts, "thread": _ts(asked)})

    def counted(
        self, asked: Mapping[str, Any], gap: int | None, *concepts: str
    ) -> None:
        """What was asked in vain was counted."""
        row = {"at": asked["received_at"], "pack": "harbour", "key": asked["key"]}
        self.add("gap", row | {"gap": gap, "concepts": list(concepts)})

    def told(self, asked: Mapping[str, Any], reply: Mapping[str, Any]) -> None:
        """Its end stands in the audit."""
        said = {
            "at": "2026-11-22T12:00:00.000+00:00",
            "kind": "reply",
            "key": asked["key"],
            "revision": asked["revision"],
            "asker": asked["alias"],
            "question": asked["digest"],
            "state": asked["state"],
            "because": "",
            "posts": {},
            "decision": reply["decision"],
            "facts": reply["facts"],
            "reply": reply["id"],
            "pack": reply["knowledge"]["pack"],
            "knowledge": reply["knowledge"]["version"],
            "engine": reply["engine"],
        }
        number = len(self.audited) + 1
        previous = self.audited[-1]["hash"] if self.audited else FIRST
        body = json.dumps(said, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(f"{number}\n{previous}\n{body}".encode()).hexdigest()
        row = {"number": number, "body": body, "previous": previous, "hash": digest}
        self.audited.append(self.add("audit", row))

    def add(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        """One row more; itself."""
        self.rows.setdefault(table, []).append(row)
        return row

    def write(self) -> None:
        """Make the database of then, and leave it."""
        self.add("secret", {"name": "marks", "value": SECRET})
        self.add("replica", {"name": LOST, "until": 0.0})
        engine = create_engine(url_of(self.place.address))
        with engine.begin() as connection:
            _lay_out(connection)
            known = MetaData()
            known.reflect(connection)
            for table in known.sorted_tables:
                for row in self.rows.get(table.name, ()):
                    connection.execute(insert(table), row)
        engine.dispose()


def _lay_out(connection: Connection) -> None:
    """The tables of the first step; on a server, those of the queue too."""
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    if connection.dialect.name == "postgresql":
        queue.prepare(connection)


def _composition(name: str, **changes: Any) -> dict[str, Any]:
    """A reply without the fields that came later."""
    told = make_composition(id=name, **changes).model_dump(mode="json")
    del told["reading"]["unknown"]
    for point in told["points"]:
        del point["facts"]
    return told


def _ts(asked: Mapping[str, Any]) -> str:
    return str(asked["key"]).rpartition(":")[2]


def _hmac(purpose: str, said: str) -> str:
    message = f"{purpose}\n{said}".encode()
    return hmac.new(SECRET, message, hashlib.sha256).hexdigest()
