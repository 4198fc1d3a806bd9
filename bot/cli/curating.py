"""`facts` and `check`: what the pack holds, and what is wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.exits import ExitCode
from bot.errors import SettingsError
from bot.knowledge.load import Knowledge, load
from bot.knowledge.model import Fact


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = "Knowledge"
    app.command(rich_help_panel=panel)(facts)
    app.command(rich_help_panel=panel)(check)
    app.command(rich_help_panel=panel)(schema)
    app.command(rich_help_panel=panel)(new_pack)


def facts(
    topic: Annotated[
        str | None,
        typer.Argument(
            help="Only this topic; all of them without.", show_default=False
        ),
    ] = None,
) -> None:
    """List the facts: what each says, where it was read, when it was verified.

    becar7 facts

    becar7 facts safety
    """
    from bot.wiring import settings_here  # noqa: PLC0415  `--help` need not read it

    knowledge = load(settings_here().knowledge_dir)
    _print_table(knowledge, facts_about(knowledge, topic))


def schema() -> None:
    """Print the JSON schema of the curated files, for editors.

    becar7 schema > knowledge/schema.json
    """
    from bot.knowledge.schema import text  # noqa: PLC0415  likewise

    sys.stdout.write(text())


def new_pack(
    name: Annotated[str, typer.Argument(help="What the trial is called, in short.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The new folder; named after it without."),
    ] = None,
) -> None:
    """Begin a pack for another trial: an invented one that works, to be replaced.

    becar7 new-pack my-trial

    becar7 new-pack "My Trial" -o packs/my-trial
    """
    from bot.curation.starting import id_from, start_pack  # noqa: PLC0415  seldom
    from bot.wiring import calendar, settings_here  # noqa: PLC0415  likewise

    folder, today = output or Path(id_from(name)), calendar(settings_here())()
    for path in start_pack(name, folder, today):
        sys.stdout.write(f"wrote {path}\n")
    question = load(folder).trial.examples[0]
    sys.stdout.write(
        "\nEvery file says what belongs in it. Try it as it is, then replace it:\n\n"
        f'  export BECAR7_KNOWLEDGE_DIR="{folder}"\n'
        f'  becar7 ask "{question}"\n'
        "  becar7 check\n"
    )


def facts_about(knowledge: Knowledge, topic: str | None) -> tuple[Fact, ...]:
    """The facts of a topic, or all; a SettingsError names the topics there are."""
    topics = sorted({knowledge.topic(name) for name in knowledge.facts})
    if topic is not None and topic not in topics:
        raise SettingsError(f"no topic {topic!r}: choose among {', '.join(topics)}")
    chosen = [
        fact
        for fact in knowledge.facts.values()
        if topic in {None, knowledge.topic(fact.id)}
    ]
    return tuple(sorted(chosen, key=lambda f: (knowledge.topic(f.id), f.id)))


def check(
    directory: Annotated[
        Path | None,
        typer.Argument(
            help="The pack; the configured one without.", show_default=False
        ),
    ] = None,
) -> None:
    """Hold the curated files against every rule; print what is to be put right.

    becar7 check

    Each problem is one line: file, line, rule, what to do. Exit code 1 if there is one.
    Drafts are held against the same rules, and named: nobody is told them.
    """
    from bot.curation.rules import objections_to  # noqa: PLC0415  seldom needed
    from bot.knowledge.drafts import notes  # noqa: PLC0415  likewise
    from bot.wiring import settings_here  # noqa: PLC0415  likewise

    pack = directory or settings_here().knowledge_dir
    problems = objections_to(pack)
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    if problems:
        sys.stderr.write(f"{len(problems)} to put right\n")
        raise typer.Exit(ExitCode.OBJECTIONS)
    knowledge = load(pack)
    for note in notes(knowledge):
        sys.stdout.write(f"{note}\n")
    sys.stdout.write(_holdings(knowledge))


def _holdings(knowledge: Knowledge) -> str:
    parts = {
        "facts": knowledge.facts,
        "gaps": knowledge.gaps,
        "conflicts": knowledge.conflicts,
        "sources": knowledge.sources,
        "concepts": knowledge.concepts,
        "figures": knowledge.figures,
    }
    held = ", ".join(f"{len(entries)} {name}" for name, entries in parts.items())
    return f"{knowledge.trial.id} {knowledge.version}: no problems in {held}\n"


def _print_table(knowledge: Knowledge, chosen: Sequence[Fact]) -> None:
    from rich.table import Table  # noqa: PLC0415  only drawn here

    from bot.cli.terminal import open_console  # noqa: PLC0415  likewise

    table = Table("topic", "fact", "what it says", "source", "verified")
    for fact in chosen:
        sources = ", ".join(dict.fromkeys(one.source for one in fact.sources))
        row = (knowledge.topic(fact.id), fact.id, fact.statement, sources)
        table.add_row(*row, fact.verified.on.isoformat())
    open_console().print(table)
