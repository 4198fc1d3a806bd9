"""`ask`: one question and one reply, or a file of questions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.understanding.question import Question


Thread = Annotated[
    list[str] | None,
    typer.Option(
        "--thread",
        help="What you asked before, oldest first; give it once for each message.",
        show_default=False,
    ),
]
Wording = Annotated[
    str | None,
    typer.Argument(help="Your question, in your own words.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Ask")(ask)


def ask(  # noqa: PLR0913  each is an option of the command line
    question: Wording = None,
    *,
    thread: Thread = None,
    full: Annotated[
        bool, typer.Option("--full", help="Open the folded parts as well.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole reply as one JSON object.")
    ] = False,
    batch: Annotated[
        Path | None,
        typer.Option(
            "--batch",
            help="A file with one JSON object a line: id, question and perhaps thread.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Ask one question, and read the reply.

    becar7 ask "how many people took part?"

    becar7 ask "and how many were children?" --thread "how many people took part?"

    becar7 ask "which dose was given?" --full

    becar7 ask --batch questions.jsonl > replies.jsonl
    """
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question in quotation marks, or --batch FILE")
    if batch is not None:
        raise typer.Exit(_answer_batch(batch))
    said = Question.of(question or "", tuple(thread or ()))
    _answer_one(said, "json" if as_json else "full" if full else "folded")


def _answer_one(question: Question, form: str) -> None:
    from bot import wiring  # noqa: PLC0415  `--help` need not read it
    from bot.cli import terminal  # noqa: PLC0415  likewise
    from bot.cli.picturing import with_picture  # noqa: PLC0415  likewise

    settings = wiring.settings_here()
    desk = wiring.desk(settings)
    composition = desk.reply_to(question)
    if form == "full":
        gallery = wiring.gallery(settings, desk.knowledge)
        composition = with_picture(composition, gallery)
    if form == "json":
        sys.stdout.write(composition.model_dump_json() + "\n")
        return
    depth: terminal.Depth = "full" if form == "full" else "folded"
    terminal.show(composition, desk.knowledge, terminal.open_console(), depth)


def _answer_batch(path: Path) -> int:
    from bot import wiring  # noqa: PLC0415  `--help` need not read it
    from bot.cli import batch  # noqa: PLC0415  likewise

    lines = batch.lines_of(path)
    return batch.answer(wiring.desk(wiring.settings_here()), lines)
