"""Answers a file of questions: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.progress import Progress

from bot.answering.composition import Answers, Composition
from bot.cli.exits import ExitCode
from bot.errors import SettingsError
from bot.understanding.question import Question


class Asked(BaseModel):
    """One line of the file; what else it says is left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str | int
    question: str
    thread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, and its number in the file."""

    number: int
    raw: bytes


def lines_of(path: Path) -> tuple[Line, ...]:
    """The lines of a file; a SettingsError says why it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "not readable").lower()
        raise SettingsError(f"{path}: {reason}: name a file of JSON lines") from error
    numbered = enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1)
    return tuple(Line(number, line) for number, line in numbered if line.strip())


def answer(answers: Answers, lines: Sequence[Line]) -> ExitCode:
    """Write a reply for each line; report the bad ones, and skip them."""
    with _progress() as progress:
        replied = [
            _answer(answers, line)
            for line in progress.track(lines, description="Answering")
        ]
    return ExitCode.DONE if all(replied) else ExitCode.OBJECTIONS


def _answer(answers: Answers, line: Line) -> bool:
    """Write the reply to a line, or report the line; whether there was a reply."""
    try:
        asked = Asked.model_validate_json(line.raw)
    except ValidationError as error:
        _report(line, error)
        return False
    said = Question.of(asked.question, asked.thread)
    sys.stdout.write(_replied(asked, answers.reply_to(said)) + "\n")
    return True


def _replied(asked: Asked, composition: Composition) -> str:
    fields = composition.model_dump(mode="json") | {"id": asked.id}
    return json.dumps(fields, ensure_ascii=False)


def _report(line: Line, error: ValidationError) -> None:
    first = error.errors()[0]
    where = ".".join(map(str, first["loc"]))
    reason = f"{where}: {first['msg']}" if where else first["msg"]
    sys.stderr.write(f"line {line.number} skipped: {reason}\n")


def _progress() -> Progress:
    """A bar on standard error, where a person watches; replies go past it."""
    return Progress(
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        disable=not sys.stderr.isatty(),
    )
