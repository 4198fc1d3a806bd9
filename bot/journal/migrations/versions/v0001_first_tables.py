"""The tables as they were first written, and the triggers that guard the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQLITE = tuple(
    (
        f"CREATE TRIGGER audit_no_{act} BEFORE {act} ON audit BEGIN"
        " SELECT RAISE(ABORT, 'the audit is append-only'); END"
    )
    for act in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    'ALTER TABLE question ALTER COLUMN thread TYPE varchar COLLATE "C"',
    (
        "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$"
    ),
    (
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit"
        " FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
    ),
    (
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    ),
)


def upgrade() -> None:
    """Take the step."""
    for table in (
        _audit,
        _feedback,
        _gap,
        _installation,
        _note,
        _pack,
        _question,
        _replica,
        _reply,
        _secret,
        _upload,
        _visit,
        _answer,
        _attempt,
        _post,
    ):
        table()
    _guards()


def _guards() -> None:
    name = op.get_bind().dialect.name
    for statement in SQLITE if name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_feedback")),
    )


def _gap() -> None:
    op.create_table(
        "gap",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("gap", sa.Integer(), nullable=True),
        sa.Column("concepts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_gap")),
    )


def _installation() -> None:
    op.create_table(
        "installation",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_installation")),
    )


def _note() -> None:
    op.create_table(
        "note",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_note")),
    )
    op.create_index("ix_note_person", "note", ["person"], unique=False)


def _pack() -> None:
    op.create_table(
        "pack",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("archive", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_pack")),
    )


def _question() -> None:
    op.create_table(
        "question",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("received_at", sa.Float(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("look_at", sa.Float(), nullable=True),
        sa.Column("settled_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_question")),
    )
    op.create_index(
        "ix_question_look_at",
        "question",
        ["look_at"],
        unique=False,
        sqlite_where=sa.text("look_at IS NOT NULL"),
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )
    op.create_index(
        "ix_question_open",
        "question",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('received', 'frozen')"),
        postgresql_where=sa.text("state IN ('received', 'frozen')"),
    )
    op.create_index(
        "ix_question_person",
        "question",
        ["team", "person", "received_at"],
        unique=False,
    )
    op.create_index(
        "ix_question_thread", "question", ["thread", "received_at"], unique=False
    )


def _replica() -> None:
    op.create_table(
        "replica",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_replica")),
    )


def _reply() -> None:
    op.create_table(
        "reply",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("composition", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )


def _secret() -> None:
    op.create_table(
        "secret",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secret")),
    )


def _upload() -> None:
    op.create_table(
        "upload",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("team", "picture", name=op.f("pk_upload")),
    )


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_visit")),
    )


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("frozen_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["question.key"], name=op.f("fk_answer_key")),
        sa.PrimaryKeyConstraint("key", "revision", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_reply"), "answer", ["reply"], unique=False)


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("replica", sa.String(), nullable=False),
        sa.Column("began_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["key"], ["question.key"], name=op.f("fk_attempt_key")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_key"), "attempt", ["key"], unique=False)


def _post() -> None:
    op.create_table(
        "post",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["question.key"], name=op.f("fk_post_key")),
        sa.PrimaryKeyConstraint("key", "part", name=op.f("pk_post")),
    )
