"""`explain`: every step from a person's words to the decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, TypeAlias

import typer
from rich.padding import Padding
from rich.text import Text

from bot.answering.desk import Desk
from bot.answering.matches import Match, Matches
from bot.cli.asking import Thread
from bot.cli.terminal import HEADLINE, INDENT, open_console
from bot.understanding.question import Question
from bot.understanding.reading import Part, Reading, read
from bot.understanding.vocabulary import Mention


Step: TypeAlias = tuple[str, tuple[str, ...]]  # its title, and what it found

MOST = 6  # candidates and labels: what comes after has never decided anything
NOTHING = "—"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Ask")(explain)


def explain(
    question: Annotated[str, typer.Argument(help="The question to read.")],
    *,
    thread: Thread = None,
) -> None:
    """Show how a question is read, and why the reply is what it is.

    becar7 explain "hw many peple took part"

    For curators: a word under "unknown words" is one that the vocabulary lacks.
    """
    from bot import wiring  # noqa: PLC0415  `--help` need not read it

    desk = wiring.desk(wiring.settings_here())
    console = open_console()
    for title, lines in steps_of(desk, Question.of(question, tuple(thread or ()))):
        console.print(Text(title, style=HEADLINE))
        for line in lines or (NOTHING,):
            console.print(Padding(Text(line), (0, 0, 0, INDENT), expand=False))


def steps_of(desk: Desk, question: Question) -> Iterator[Step]:
    """Each step of the reading with what it found, in the order it is taken."""
    reading = read(question, desk.vocabulary)
    yield "cleaned text", (question.text,) if question.text else ()
    if question.thread:
        yield "thread", question.thread
    yield from _of_part(desk, "whole message", reading.whole)
    for name, part in (
        ("what it tells", reading.told),
        ("what it asks", reading.asked),
    ):
        if part is not None:
            yield from _of_part(desk, name, part)
    if len(reading.parts) > 1:
        for number, part in enumerate(reading.parts, start=1):
            yield from _of_part(desk, f"part {number}", part)
    yield "decision", _decision(desk, question, reading)


def _of_part(desk: Desk, name: str, part: Part) -> Iterator[Step]:
    matches = desk.matcher.match(part)
    yield f"{name}", (part.text.strip(),) if part.text.strip() else ()
    yield f"{name}: words repaired", tuple(_repaired(part))
    yield f"{name}: concepts", tuple(map(_mention, part.mentions))
    yield f"{name}: taken over from around it", part.inherited
    yield f"{name}: kinds of answer wanted", part.asks_for
    yield f"{name}: numbers claimed", part.numbers
    yield f"{name}: unknown words", part.unknown
    yield f"{name}: candidates", tuple(map(_match, matches.ranked[:MOST]))
    yield f"{name}: what else it may be", tuple(_labels(matches))


def _repaired(part: Part) -> Iterator[str]:
    return (f"{word.typed} → {word.read}" for word in part.words if word.repaired)


def _mention(mention: Mention) -> str:
    note = ", excluded by the words before it" if mention.excluded else ""
    return f"{mention.concept}, by the form {mention.form!r}{note}"


def _match(match: Match) -> str:
    notes = [
        f"trust {match.trust:.0%}",
        f"margin {match.margin:+.2f}",
        f"covers {match.coverage:.0%}",
        "measure named" if match.measured else "measure not named",
        "aspect named" if match.aspect else "aspect not named",
    ]
    if match.uncovered:
        notes.append(f"veto: does not cover {', '.join(match.uncovered)}")
    return f"{match.entry.id}: {'; '.join(notes)}"


def _labels(matches: Matches) -> Iterable[str]:
    ranked = sorted(matches.labels.items(), key=lambda one: (-one[1], one[0]))
    return (f"{label}: margin {margin:+.2f}" for label, margin in ranked[:MOST])


def _decision(desk: Desk, question: Question, reading: Reading) -> tuple[str, ...]:
    kinds = [type(reply).__name__ for reply in desk.replies(question, reading)]
    composition = desk.reply_to(question)
    told = ", ".join(composition.facts) or NOTHING
    return (
        f"{composition.decision} ({', '.join(kinds)})",
        f"tells: {told}",
        *(f"not covered: {name}" for name in composition.reading.uncovered),
        composition.answer,
    )
