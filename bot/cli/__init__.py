"""The commands: each is thin, and `--help` says how it is used."""

from __future__ import annotations

from bot.cli.program import main


__all__ = ["main"]
