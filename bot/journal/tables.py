"""The tables of the journal; the steps that make them lie in `migrations`.

What a person wrote stands in `question.words`, `answer.earlier` and `reply` alone: it
can be erased there, and the audit, which holds hashes, stays as it is.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
IS_OPEN = "state IN ('received', 'frozen')"

question = Table(
    "question",
    METADATA,
    Column("key", String, primary_key=True),  # team:channel:ts
    Column("team", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("person", String, nullable=False),  # a user id; empty once erased
    Column("alias", String, nullable=False),  # what the audit calls the person
    Column("thread", String, nullable=False),  # in order of its signs (COLLATE "C")
    Column("words", Text),  # without identifiers; null: not kept, or erased
    Column("digest", String, nullable=False),  # keyed hash of the words
    Column("place", JSON, nullable=False),
    Column("state", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("starts", Integer, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("holder", String),  # a replica
    Column("received_at", Float, nullable=False),  # seconds since 1970, as all moments
    Column("due_at", Float, nullable=False),
    Column("look_at", Float),  # when to look for a second reply
    Column("settled_at", Float),
    Index("ix_question_thread", "thread", "received_at"),
    Index("ix_question_person", "team", "person", "received_at"),
    Index(
        "ix_question_open",
        "received_at",
        sqlite_where=text(IS_OPEN),
        postgresql_where=text(IS_OPEN),
    ),
    Index(
        "ix_question_look_at",
        "look_at",
        sqlite_where=text("look_at IS NOT NULL"),
        postgresql_where=text("look_at IS NOT NULL"),
    ),
)

reply = Table(
    "reply",
    METADATA,
    Column("id", String, primary_key=True),  # Composition.id
    Column("composition", JSON, nullable=False),
    Column("kept_at", Float, nullable=False),
)

answer = Table(
    "answer",
    METADATA,
    Column("key", String, ForeignKey("question.key"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("reply", String, nullable=False, index=True),
    Column("decision", String, nullable=False),
    Column("target", String),  # the entry that was told first
    Column("pack", String, nullable=False),
    Column("version", String, nullable=False),
    Column("engine", String, nullable=False),
    Column("earlier", JSON, nullable=False),  # the asker's own words, oldest first
    Column("messages", JSON, nullable=False),
    Column("frozen_at", Float, nullable=False),
)

attempt = Table(
    "attempt",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("key", String, ForeignKey("question.key"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("part", String, nullable=False),
    Column("replica", String, nullable=False),
    Column("began_at", Float, nullable=False),
    Column("ended_at", Float),
    Column("outcome", String),  # null: it began, and nobody knows what became of it
)

post = Table(
    "post",
    METADATA,
    Column("key", String, ForeignKey("question.key"), primary_key=True),
    Column("part", String, primary_key=True),
    Column("channel", String, nullable=False),
    Column("ts", String, nullable=False),
    Column("thread", String, nullable=False),
)

audit = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),  # JSON, exactly as it was hashed
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)

feedback = Table(
    "feedback",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Float, nullable=False),
    Column("team", String, nullable=False),
    Column("person", String, nullable=False),  # empty once erased
    Column("reply", String, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String),
)

note = Table(
    "note",
    METADATA,
    Column("kind", String, primary_key=True),  # preference · bridge · joined · heard …
    Column("name", String, primary_key=True),
    Column("value", JSON, nullable=False),
    Column("at", Float, nullable=False),
    Column("person", String, nullable=False),  # team:user where it is somebody's own
    Index("ix_note_person", "person"),
)

installation = Table(
    "installation",
    METADATA,
    Column("team", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

visit = Table(
    "visit",
    METADATA,
    Column("digest", String, primary_key=True),  # of the state of an installation
    Column("until", Float, nullable=False),
)

upload = Table(
    "upload",
    METADATA,
    Column("team", String, primary_key=True),
    Column("picture", String, primary_key=True),  # hash of what is drawn
    Column("file", String, nullable=False),  # Slack's id
    Column("at", Float, nullable=False),
)

pack = Table(
    "pack",
    METADATA,
    Column("version", String, primary_key=True),
    Column("archive", LargeBinary, nullable=False),  # tar.gz of its folder
    Column("at", Float, nullable=False),
)

replica = Table(
    "replica",
    METADATA,
    Column("name", String, primary_key=True),
    Column("until", Float, nullable=False),  # by the clock of the database
)

secret = Table(
    "secret",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
