"""`export` and `sheet`: the pack as others keep it, and on paper."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.saving import folder, nearest, print_out, save
from bot.errors import SettingsError
from bot.knowledge.load import Knowledge, load


Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="The file to write; standard output without."),
]
SUFFIXES = [".html", ".pdf"]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = "Knowledge"
    app.command(rich_help_panel=panel)(export)
    app.command(rich_help_panel=panel)(sheet)


def export(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[FORMAT]", help="csv, ris, bibtex, csl-json or fhir."),
    ] = None,
    *,
    output: Output = None,
    into: Annotated[
        Path | None,
        typer.Option("--all", metavar="DIR", help="Write every format into a folder."),
    ] = None,
) -> None:
    """Write facts as CSV, sources as RIS, BibTeX or CSL-JSON, proportions as FHIR R5.

    becar7 export csv -o facts.csv

    becar7 export ris > sources.ris

    becar7 export --all handover

    Every fact keeps its sources, its certainty and its caveats; a benefit, its harms.
    """
    if (name is None) == (into is None) or (into is not None and output is not None):
        raise typer.BadParameter("give one FORMAT (with -o FILE, or not), or --all DIR")
    if into is not None:
        _write_all(into)
    else:
        _deliver(_written(name or ""), output)


def sheet(
    *,
    output: Output = None,
    font: Annotated[
        Path | None,
        typer.Option("--font", help="A TrueType font instead of the one that is here."),
    ] = None,
    bold: Annotated[
        Path | None,
        typer.Option("--bold", help="The same font in bold."),
    ] = None,
) -> None:
    """Write the evidence sheet: every fact with its numbers, limits, sources, pictures.

    becar7 sheet -o evidence.html

    becar7 sheet -o evidence.pdf

    One file, for handing over and for review; the suffix says how it is printed.
    """
    suffix = ".html" if output is None else output.suffix.lower()
    if suffix not in SUFFIXES:
        raise SettingsError(
            f"{output}: no such kind of sheet: {nearest(suffix, SUFFIXES)}"
        )
    if (font is None) != (bold is None):
        raise typer.BadParameter("give --font and --bold together, or neither")
    _deliver(_printed(suffix, font, bold), output)


def _knowledge() -> Knowledge:
    from bot.wiring import settings_here  # noqa: PLC0415  `--help` need not read it

    return load(settings_here().knowledge_dir)


def _written(name: str) -> bytes:
    from bot.handover.formats import FORMATS  # noqa: PLC0415  likewise

    if name not in FORMATS:
        raise SettingsError(f"no format {name!r}: {nearest(name, list(FORMATS))}")
    return FORMATS[name].write(_knowledge())


def _write_all(directory: Path) -> None:
    from bot.handover.formats import FORMATS  # noqa: PLC0415  likewise

    knowledge = _knowledge()
    place = folder(directory)
    for one in FORMATS.values():
        save(place / one.file, one.write(knowledge))
        sys.stdout.write(f"{place / one.file}: {one.what}\n")


def _printed(suffix: str, font: Path | None, bold: Path | None) -> bytes:
    from bot import wiring  # noqa: PLC0415  likewise
    from bot.handover.sheet.page import html_of  # noqa: PLC0415  likewise
    from bot.handover.sheet.whole import sheet_of  # noqa: PLC0415  likewise
    from bot.wiring import handover  # noqa: PLC0415  likewise

    letters = handover.letters_in(font, bold) if font and bold else handover.letters()
    knowledge = _knowledge()
    gallery = wiring.gallery(wiring.settings_here(), knowledge)
    if suffix == ".html":
        made = sheet_of(knowledge, handover.pictures(gallery))
        return html_of(made, letters).encode()
    if letters is None:
        raise SettingsError("a PDF needs a font: name one with --font and --bold")
    from bot.handover.sheet.pdf import pdf_of  # noqa: PLC0415  slow, for PDF only

    pixels = partial(gallery.rendered, theme="light", form="png")
    return pdf_of(sheet_of(knowledge, handover.pictures(gallery, pixels)), letters)


def _deliver(made: bytes, output: Path | None) -> None:
    if output is None:
        print_out(made)
        return
    save(output, made)
    sys.stdout.write(f"{output}: {len(made):,} bytes\n")
