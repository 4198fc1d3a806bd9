"""Shows a composition in a terminal: the line first, then sources, then the folds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from bot.answering.composition import Composition, Fold, NumberedCitation, Point
from bot.cli.bars import Bar, bars_of
from bot.knowledge.load import Knowledge


Depth: TypeAlias = Literal["folded", "full"]

INDENT = 3
METHOD = "Line: exact 95% interval, computed by the bot, not in the source."
URGENT = Style(bold=True, color="red")
HEADLINE = Style(bold=True)
QUIET = Style(dim=True)
BADGE = Style(color="cyan")


def open_console() -> Console:
    """The terminal; words are shown as they are, never read as markup."""
    return Console(markup=False, highlight=False, emoji=False)


def show(
    composition: Composition, knowledge: Knowledge, console: Console, depth: Depth
) -> None:
    """Print a whole reply."""
    for point in composition.points:
        console.print(_headline(point))
        for line in point.lines:
            console.print(line)
    bars = [line for bar in bars_of(composition, knowledge) for line in _bar(bar)]
    _show_apart(console, bars, note=METHOD)
    _show_apart(console, map(_citation, composition.citations))
    _show_apart(console, _badges(composition))
    _show_apart(console, _folds(composition.folds, depth))
    _show_apart(console, _suggestions(composition))


def _show_apart(
    console: Console, lines: Iterable[Text | Padding], note: str = ""
) -> None:
    """Print some lines below an empty one; nothing where there is none."""
    told = list(lines)
    if told:
        console.print()
        for line in told:
            console.print(line)
        if note:
            console.print(Text(note, style=QUIET))


def _headline(point: Point) -> Text:
    number = "" if point.number is None else f"{point.number}. "
    urgent = point.decision == "emergency"
    return Text(number + point.headline, style=URGENT if urgent else HEADLINE)


def _bar(bar: Bar) -> Iterator[Text]:
    yield Text(bar.told())
    yield Text(bar.drawn())


def _citation(citation: NumberedCitation) -> Text:
    link = Style(link=citation.url) if citation.url else Style()
    return Text.assemble(
        f"[{citation.number}] ",
        (citation.title, link),
        (f"; {citation.locator} (read as: {citation.read_as})", QUIET),
    )


def _badges(composition: Composition) -> Iterator[Text]:
    if composition.badges:
        badges = "   ".join(f"[{badge}]" for badge in composition.badges)
        yield Text(badges, style=BADGE)
    if composition.gap is not None:
        yield Text(f"[Logged as gap {composition.gap}]", style=BADGE)


def _folds(folds: tuple[Fold, ...], depth: Depth) -> Iterator[Text | Padding]:
    if depth == "folded":
        titles = " · ".join(fold.title for fold in folds)
        if titles:
            yield Text(f"▸ {titles} (open with --full)", style=QUIET)
        return
    for fold in folds:
        yield Text(f"▾ {fold.title}", style=HEADLINE)
        yield from (
            Padding(Text(line), (0, 0, 0, INDENT), expand=False) for line in fold.lines
        )


def _suggestions(composition: Composition) -> Iterator[Text]:
    for number, suggestion in enumerate(composition.suggestions, start=1):
        yield Text(f"({number}) {suggestion.label}")
