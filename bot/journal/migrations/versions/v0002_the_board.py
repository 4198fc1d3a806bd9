"""The curators' board: what `gap` only counted becomes tickets that know who asked."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    for table in (_ticket, _asking, _news, _correction, _corrected):
        table()
    _carry_over(op.get_bind())
    op.drop_table("gap")


def _ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("gap", sa.Integer(), nullable=True),
        sa.Column("concepts", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.Float(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("snoozed_until", sa.Float(), nullable=True),
        sa.Column("closed", sa.String(), nullable=True),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("acted_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ticket")),
    )
    op.create_index("ix_ticket_subject", "ticket", ["pack", "subject"], unique=True)


def _asking() -> None:
    op.create_table(
        "asking",
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("unknown", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["question.key"], name=op.f("fk_asking_key")),
        sa.ForeignKeyConstraint(
            ["ticket"], ["ticket.number"], name=op.f("fk_asking_ticket")
        ),
        sa.PrimaryKeyConstraint("ticket", "name", name=op.f("pk_asking")),
    )
    op.create_index("ix_asking_at", "asking", ["at"], unique=False)
    op.create_index(op.f("ix_asking_key"), "asking", ["key"], unique=False)


def _news() -> None:
    op.create_table(
        "news",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("message", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("part", sa.String(), nullable=True),
        sa.Column("began_at", sa.Float(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("spot", sa.JSON(), nullable=True),
        sa.Column("settled_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_news")),
    )
    owed = sa.text("state = 'owed'")
    op.create_index(
        "ix_news_owed",
        "news",
        ["at"],
        unique=False,
        sqlite_where=owed,
        postgresql_where=owed,
    )


def _correction() -> None:
    op.create_table(
        "correction",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("now_digest", sa.String(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_correction")),
    )
    op.create_index(
        "ix_correction_fact", "correction", ["pack", "fact", "now_digest"], unique=True
    )


def _corrected() -> None:
    op.create_table(
        "corrected",
        sa.Column("correction", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["correction"], ["correction.number"], name=op.f("fk_corrected_correction")
        ),
        sa.ForeignKeyConstraint(
            ["key"], ["question.key"], name=op.f("fk_corrected_key")
        ),
        sa.PrimaryKeyConstraint("correction", "key", name=op.f("pk_corrected")),
    )


def _carry_over(connection: sa.Connection) -> None:
    """What was counted so far: of numbered gaps, and of concepts that nothing covers."""
    rows = connection.execute(
        sa.text(
            "SELECT gap.at, gap.pack, gap.key, gap.gap, gap.concepts,"
            " question.team, question.person FROM gap"
            " JOIN question ON question.key = gap.key ORDER BY gap.number"
        )
    ).all()
    secret = connection.execute(
        sa.text("SELECT value FROM secret WHERE name = 'marks'")
    ).scalar()
    for row in rows:
        _ask(connection, row, _ticket_of(connection, row, bytes(secret or b"")))


def _ticket_of(connection: sa.Connection, row: Any, secret: bytes) -> int:
    """The ticket of what the row is about, opened if need be."""
    raw = row.concepts
    concepts = sorted(json.loads(raw) if isinstance(raw, str) else raw)
    thing = {"gap": row.gap} if row.gap else {"concepts": concepts, "unknown": []}
    message = f"subject\n{json.dumps(thing, sort_keys=True)}".encode()
    named = {
        "pack": row.pack,
        "subject": hmac.new(secret, message, hashlib.sha256).hexdigest(),
    }
    known = sa.text(
        "SELECT number FROM ticket WHERE pack = :pack AND subject = :subject"
    )
    found = connection.execute(known, named).scalar()
    if found is not None:
        return int(found)
    connection.execute(
        sa.text(
            "INSERT INTO ticket (pack, subject, gap, concepts, opened_at, owner, fact,"
            " draft, reason) VALUES (:pack, :subject, :gap, :concepts, :at, '', '', '',"
            " '')"
        ),
        {**named, "gap": row.gap, "concepts": json.dumps(concepts), "at": row.at},
    )
    return int(connection.execute(known, named).scalar_one())


def _ask(connection: sa.Connection, row: Any, number: int) -> None:
    connection.execute(
        sa.text(
            "INSERT INTO asking (ticket, name, key, at, team, person, how, because,"
            " unknown) VALUES (:ticket, :key, :key, :at, :team, :person,"
            " 'not_reported', '', '') ON CONFLICT DO NOTHING"
        ),
        {
            "ticket": number,
            "key": row.key,
            "at": row.at,
            "team": row.team,
            "person": row.person,
        },
    )
