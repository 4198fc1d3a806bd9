"""The commands: each is thin, and `--help` says how it is used."""

from __future__ import annotations

import gc


def main() -> None:
    """Run a command; the collector waits, for a cold start makes only what it keeps."""
    gc.disable()  # bot.wiring.desk lets it work again; a quarter of a cold start
    from bot.cli.program import main as run  # noqa: PLC0415  after the line above

    run()
