"""`evaluate` and `train`: how good the replies are, and what is learned from the bank."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.curation.evaluate import Scored, Share
from bot.errors import SettingsError


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = "Knowledge"
    app.command(rich_help_panel=panel)(evaluate)
    app.command(rich_help_panel=panel)(train)


def evaluate(
    questions: Annotated[
        Path, typer.Argument(help="A question set: JSON lines with expect and must.")
    ],
    *,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            help="Write all of it here as Markdown, and as JSON beside it.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Ask every question of a set; count what came out right, one tap away, or wrong.

    becar7 evaluate questions.jsonl

    becar7 evaluate questions.jsonl --report report.md

    Each share comes with its exact 95 % interval. Quality is read on questions that
    nobody tuned on.
    """
    from bot import wiring  # noqa: PLC0415  `--help` need not read it
    from bot.cli import report as writing  # noqa: PLC0415  likewise
    from bot.curation.evaluate import evaluate as ask_all  # noqa: PLC0415  likewise
    from bot.curation.evaluate import read_probes  # noqa: PLC0415  likewise

    probes = read_probes(questions)
    if not probes:
        raise SettingsError(f"{questions}: no questions in it: name a question set")
    desk = wiring.desk(wiring.settings_here())
    results = tuple(ask_all(probes, desk))
    _print_table(results)
    if report is not None:
        writing.write(report, writing.Report(questions, results, desk))
        sys.stdout.write(f"written: {report} and {writing.beside(report)}\n")


def train(
    directory: Annotated[
        Path | None,
        typer.Argument(
            help="The pack; the configured one without.", show_default=False
        ),
    ] = None,
) -> None:
    """Train the second key of a pack on its question bank, and choose the thresholds.

    becar7 train

    Offline and for curators: it needs scikit-learn, which the extra "dev" brings.
    """
    from bot.wiring import settings_here  # noqa: PLC0415  `--help` need not read it

    pack = directory or settings_here().knowledge_dir
    try:
        from bot.curation.training import run  # noqa: PLC0415  scikit-learn is slow
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in {
            "sklearn",
            "scipy",
        }:
            raise
        raise SettingsError(
            'training needs scikit-learn: install it with pip install -e ".[dev]"'
        ) from error
    card = run(pack)
    sys.stdout.write(
        f"{len(card.labels)} labels from {card.questions} questions,"
        f" bank {card.bank}\n{card.procedure}\n"
    )


def _print_table(results: Sequence[Scored]) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  only drawn here
    from rich.table import Table  # noqa: PLC0415  likewise

    from bot.cli.terminal import open_console  # noqa: PLC0415  likewise
    from bot.curation.evaluate import OUTCOMES, table_of  # noqa: PLC0415  likewise

    table = Table("expected", "n", *OUTCOMES, box=SIMPLE_HEAD)
    for kind, shares in table_of(results).items():
        cells = [_cell(shares[outcome]) for outcome in OUTCOMES]
        table.add_row(kind, str(shares["right"].n), *cells)
    console = open_console()
    console.print(table)
    console.print("Second line: exact (Clopper-Pearson) 95% interval, in percent.")


def _cell(share: Share) -> str:
    low, high = share.interval
    return f"{share.k} ({share.percent:.0f}%)\n{low:.0f} to {high:.0f}"
