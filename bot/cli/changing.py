"""`diff`: what changed between two states of a pack, why, and who answers for it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from bot.cli.exits import ExitCode
from bot.knowledge.difference import Difference, differences
from bot.knowledge.load import Knowledge


SILENT = "without a word: write it into history (becar7 draft does), or withdrawn.yaml"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Knowledge")(diff)


def diff(
    old: Annotated[
        str, typer.Argument(help="A pack's folder, or a git revision of the pack.")
    ],
    new: Annotated[
        str | None,
        typer.Argument(
            help="Likewise; the pack as it lies here without.", show_default=False
        ),
    ] = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead.")
    ] = False,
) -> None:
    """Show what changed between two states of a pack: old value, new value, why, who.

    becar7 diff HEAD~1

    becar7 diff v1.0 v1.1 --json

    becar7 diff ../last-year knowledge/my-trial

    Exit code 1 if a fact was rewritten or taken out without a reason on file.
    """
    from bot.curation.revisions import knowledge_at  # noqa: PLC0415  seldom needed
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    pack = settings_here().knowledge_dir
    before, after = knowledge_at(old, pack), knowledge_at(new or str(pack), pack)
    found = differences(before, after)
    told = _as_json if as_json else _as_text
    sys.stdout.write(told(before, after, found))
    if any(one.silent for one in found):
        raise typer.Exit(ExitCode.OBJECTIONS)


def _as_json(before: Knowledge, after: Knowledge, found: tuple[Difference, ...]) -> str:
    told = {
        "old": {"pack": before.trial.id, "version": before.version},
        "new": {"pack": after.trial.id, "version": after.version},
        "differences": [asdict(one) for one in found],
    }
    return json.dumps(told, ensure_ascii=False, default=str, indent=1) + "\n"


def _as_text(before: Knowledge, after: Knowledge, found: tuple[Difference, ...]) -> str:
    counted = Counter(f"{one.kind} {one.what}" for one in found)
    sums = ", ".join(f"{number} {name}" for name, number in counted.items())
    packs = " → ".join(f"{one.trial.id} {one.version}" for one in (before, after))
    lines = [f"{packs}: {sums or 'nothing changed'}"]
    lines += [line for one in found for line in _lines(one)]
    return "\n".join(lines) + "\n"


def _lines(one: Difference) -> Iterator[str]:
    yield ""
    yield f"{one.what} · {one.kind} · {one.id} · {one.label}"
    for turned in one.turned:
        yield f"  {turned.field}: {turned.was or '(none)'} → {turned.now or '(none)'}"
    if one.reason is not None:
        yield f"  why: {one.reason.why} ({one.reason.by}, {one.reason.on})"
    if one.verified:
        yield f"  verified: {one.verified}"
    if one.silent:
        yield f"  {one.what} {SILENT}"
