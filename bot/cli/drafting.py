"""`draft` and `verify`: from a gap to a fact, in four eyes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, TypeAlias

import typer


Field: TypeAlias = Annotated[str, typer.Option(show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = "Knowledge"
    app.command(rich_help_panel=panel)(draft)
    app.command(rich_help_panel=panel)(verify)


def draft(  # noqa: PLR0913  each is an option of the command line
    *,
    label: Field = "",
    value: Field = "",
    population: Field = "",
    time: Field = "",
    source: Field = "",
    locator: Field = "",
    statement: Field = "",
    topic: Field = "",
    measure: Field = "",
    covers: Field = "",
    by: Field = "",
    name: Annotated[
        str, typer.Option("--id", help="That of a fact, to change it.")
    ] = "",
    brief: Annotated[str, typer.Option(help="What a reader sees first.")] = "",
    got: Annotated[str, typer.Option(help="quoted, derived or computed")] = "",
    certainty: Field = "",
    pair_with: Annotated[str, typer.Option(help="The harms of a benefit.")] = "",
    why: Annotated[str, typer.Option(help="Why a fact is changed.")] = "",
    gap: Annotated[str, typer.Option(help="The number of the gap it closes.")] = "",
    output: Annotated[
        Path | None, typer.Option(help="Save the patch in this file.")
    ] = None,
    branch: Annotated[
        str, typer.Option(help="Push it as this branch to the git remote instead.")
    ] = "",
    into_pack: Annotated[
        bool, typer.Option("--write", help="Write it into the pack here instead.")
    ] = False,
) -> None:
    """Draft a fact: answer the questions, or give all by options; get a patch.

    becar7 draft > glare.patch

    becar7 draft --gap 12 --value "7 of 11 people" --source trial-2025 ...

    becar7 draft --id eye-strain --value "4 of 20 people" --why "A misprint." ...

    A draft is never told to anybody. It becomes a fact when somebody else verifies it.
    """
    from bot.cli.four_eyes import Offer, asked, offer  # noqa: PLC0415  see `verify`
    from bot.curation.fields import Fields  # noqa: PLC0415  likewise

    typed = Fields(
        label=label,
        value=value,
        population=population,
        time=time,
        source=source,
        locator=locator,
        statement=statement,
        topic=topic,
        measure=measure,
        covers=covers,
        by=by,
        id=name,
        brief=brief,
        got=got,
        certainty=certainty,
        pair_with=pair_with,
        why=why,
        gap=gap,
    )
    offer(asked() if typed == Fields() else typed, Offer(output, branch, into_pack))


def verify(
    name: Annotated[str, typer.Argument(metavar="FACT", help="The id of the draft.")],
    *,
    by: Annotated[str, typer.Option(help="Your name: never the author's.")],
    patch: Annotated[
        Path | None,
        typer.Option(help="A patch with the draft, to be applied first."),
    ] = None,
) -> None:
    """Make a draft a fact: you have held it against its source yourself.

    becar7 verify glare --by "B. Reader"

    becar7 verify glare --by "B. Reader" --patch glare.patch

    Where the fact was there before, what it said goes into its history.
    """
    from bot.cli.four_eyes import accept  # noqa: PLC0415  `--help` need not read it

    sys.stdout.write(accept(name, by, patch))
