"""Alembic's entry: runs the steps on the connection that the journal has open."""

from __future__ import annotations

from alembic import context

from bot.journal.board_tables import ticket


context.configure(
    connection=context.config.attributes["connection"], target_metadata=ticket.metadata
)
with context.begin_transaction():
    context.run_migrations()
