"""Says what each exit code means; the README and `--help` repeat this table."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0  # everything was done
    OBJECTIONS = 1  # done, and something needs a person: problems, skipped lines
    IMPOSSIBLE = 2  # not done: wrong usage, settings or knowledge; one line says why
    INTERRUPTED = 130  # Ctrl-C while something was under way
