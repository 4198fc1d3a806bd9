"""Writes log lines that machines can read, and that never hold what people wrote.

Our own lines are literals with known fields. What libraries say may quote a message or
a token, so of their lines only level, logger and place remain.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, MutableMapping
from pathlib import PurePath
from typing import Any, Literal, TextIO, TypeAlias

import structlog

from bot.telemetry.faults import faults_of
from bot.telemetry.known import known_only


Style: TypeAlias = Literal["json", "console"]
Event: TypeAlias = MutableMapping[str, Any]
Fields: TypeAlias = dict[str, Any]
Render: TypeAlias = Callable[[Any, str, Event], str | bytes]

OURS = "bot."
BOLTS = "bot.slack.bolt"  # our name for Bolt's logger: Bolt quotes messages
LEFT_OUT = "a library's message, left out"
ALWAYS = ("level", "logger", "timestamp", "_record", "_from_structlog")
PLAIN = frozenset(vars(logging.makeLogRecord({})))  # what every record has
BESIDE = 2  # levels above the file that a place names: package/module.py


def set_up_logs(level: str, style: Style, stream: TextIO | None = None) -> None:
    """From now on this process logs to the stream (standard error) in this style."""
    lines = _Lines(stream or sys.stderr)
    lines.setFormatter(formatter(style))
    lines.addFilter(_is_worth_a_line)
    root = logging.getLogger()
    root.handlers[:] = [lines]
    root.setLevel(level)


class _Lines(logging.StreamHandler[TextIO]):
    """A stream of lines; of one that cannot be written, nothing is quoted."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's
        """Say that a line is missing; logging itself would print what it held."""
        sys.stderr.write(f"a log line could not be written: {_place(record)}\n")


def formatter(style: Style) -> logging.Formatter:
    """What turns a record into a line of that style."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_known,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _renderer(style),
        ],
        use_get_message=False,
        pass_foreign_args=True,
    )


def only_known(_logger: Any, _method: str, event: Event) -> Fields:
    """The literal of our own line, its numbers, its known fields; else only where."""
    record: logging.LogRecord = event["_record"]
    kept: Fields = {name: event[name] for name in ALWAYS}
    if not _is_ours(record.name):
        return kept | {"event": LEFT_OUT, "where": _place(record)} | _raised(record)
    extra = {name: said for name, said in vars(record).items() if name not in PLAIN}
    return kept | {"event": _said(event)} | known_only(extra) | _raised(record)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Whether it is ours, or a library warns; without its words the rest says nothing."""
    return _is_ours(record.name) or record.levelno >= logging.WARNING


def _is_ours(name: str) -> bool:
    return name.startswith(OURS) and not name.startswith(BOLTS)


def _said(event: Event) -> str:
    """The words of the call, with numbers put in, and anything else left out."""
    template, given = str(event["event"]), event["positional_args"]
    if not isinstance(given, tuple) or not given:
        return template
    numbers = (part if isinstance(part, int | float) else "…" for part in given)
    return template % tuple(numbers)


def _raised(record: logging.LogRecord) -> Fields:
    error = record.exc_info[1] if record.exc_info else None
    return known_only({"faults": faults_of(error)}) if error else {}


def _place(record: logging.LogRecord) -> str:
    return f"{'/'.join(PurePath(record.pathname).parts[-BESIDE:])}:{record.lineno}"


def _renderer(style: Style) -> Render:
    if style == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=False)
