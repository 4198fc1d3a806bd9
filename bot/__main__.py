"""Lets `python -m bot` do what the installed command does."""

from __future__ import annotations

from bot.cli import main


if __name__ == "__main__":
    main()
