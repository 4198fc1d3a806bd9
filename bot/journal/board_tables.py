"""The tables of the curators' board: tickets, who asked, news owed, corrections.

Words and persons stand in `asking` and `news` beside those of `question`, and are erased
with them; a ticket itself holds concepts, and a hash of the words that are no concept's.
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
    String,
    Table,
    Text,
    text,
)

from bot.journal.tables import METADATA


IS_OWED = "state = 'owed'"

ticket = Table(
    "ticket",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("pack", String, nullable=False),
    Column("subject", String, nullable=False),  # keyed hash of the thing asked
    Column("gap", Integer),  # its number in the pack; null: nobody wrote it yet
    Column("concepts", JSON, nullable=False),
    Column("opened_at", Float, nullable=False),  # seconds since 1970, as all moments
    Column("owner", String, nullable=False),  # empty: nobody
    Column("snoozed_until", Float),
    Column("closed", String),  # answered · outside; null: it is not
    Column("fact", String, nullable=False),  # that answers it, or did
    Column("draft", String, nullable=False),  # id of a fact drafted for it
    Column("reason", Text, nullable=False),  # of the last act
    Column("acted_at", Float),  # when somebody last did something about it
    Index("ix_ticket_subject", "pack", "subject", unique=True),
)

asking = Table(
    "asking",
    METADATA,
    Column("ticket", Integer, ForeignKey("ticket.number"), primary_key=True),
    Column("name", String, primary_key=True),  # a question's key, or a random one
    Column("key", String, ForeignKey("question.key"), index=True),
    Column("at", Float, nullable=False),
    Column("team", String, nullable=False),
    Column("person", String, nullable=False),  # empty once erased
    Column("how", String, nullable=False),  # the decision, or not helpful
    Column("because", String, nullable=False),  # why it did not help
    Column("unknown", Text, nullable=False),  # words, a space between; may be erased
    Index("ix_asking_at", "at"),
)

news = Table(
    "news",
    METADATA,
    Column("key", String, primary_key=True),
    Column("team", String, nullable=False),
    Column("person", String, nullable=False),  # empty: a channel, or erased
    Column("place", JSON, nullable=False),
    Column("what", JSON, nullable=False),
    Column("message", JSON),  # null: not drawn yet
    Column("state", String, nullable=False),  # owed · told · untold
    Column("holder", String),  # a replica
    Column("at", Float, nullable=False),
    Column("due_at", Float, nullable=False),
    Column("part", String),  # of the latest try
    Column("began_at", Float),
    Column("outcome", String),  # null: it began, and nobody knows what became of it
    Column("spot", JSON),
    Column("settled_at", Float),
    Index(
        "ix_news_owed",
        "at",
        sqlite_where=text(IS_OWED),
        postgresql_where=text(IS_OWED),
    ),
)

correction = Table(
    "correction",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("pack", String, nullable=False),
    Column("fact", String, nullable=False),
    Column("now_digest", String, nullable=False),  # of what it says now
    Column("label", Text, nullable=False),
    Column("now", Text, nullable=False),  # empty: it was taken out
    Column("why", Text, nullable=False),
    Column("version", String, nullable=False),  # of the pack that says so
    Column("at", Float, nullable=False),
    Column("stale", Boolean, nullable=False),  # the fact says something else again
    Index("ix_correction_fact", "pack", "fact", "now_digest", unique=True),
)

corrected = Table(
    "corrected",
    METADATA,
    Column("correction", Integer, ForeignKey("correction.number"), primary_key=True),
    Column("key", String, ForeignKey("question.key"), primary_key=True),
    Column("was", Text, nullable=False),  # what that answer said
    Column("state", String, nullable=False),  # prepared · sent · left
)
