"""`figure`: the pictures of the pack, in the terminal and as files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.answering.composition import Composition, Fold
from bot.errors import FigureError
from bot.figures.gallery import Form, Gallery
from bot.figures.plain import COLUMNS, plain, sketch
from bot.figures.themes import Theme


FORMS: dict[str, Form] = {
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
    ".csv": "csv",
    ".txt": "txt",
}
PLAIN: frozenset[Form] = frozenset({"csv", "txt"})  # of one form, whatever the theme
THEMES: tuple[Theme, ...] = ("light", "dark")
_SKETCH = COLUMNS - 4  # a fold is indented by three


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Ask")(figure)


def figure(
    name: Annotated[
        str | None,
        typer.Argument(
            help="The picture; the list of them without.", show_default=False
        ),
    ] = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="Write it to a file: .svg, .png, .pdf, .csv or .txt.",
            show_default=False,
        ),
    ] = None,
    theme: Annotated[str, typer.Option("--theme", help="light or dark.")] = "light",
    everything: Annotated[
        Path | None,
        typer.Option(
            "--all",
            help="Write every picture, in every form and theme, to this directory.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show or save a picture made from the facts.

    becar7 figure

    becar7 figure three-points

    becar7 figure three-points -o three-points.pdf --theme dark

    becar7 figure --all pictures/
    """
    from bot import wiring  # noqa: PLC0415  `--help` need not read it
    from bot.knowledge.load import load  # noqa: PLC0415  likewise

    settings = wiring.settings_here()
    gallery = wiring.gallery(settings, load(settings.knowledge_dir))
    chosen = _theme(theme)
    if everything is not None and name is None and output is None:
        files = save_all(gallery, everything)
        sys.stdout.write(f"{files} files in {everything}\n")
    elif everything is not None or (output is not None and name is None):
        raise typer.BadParameter("give a name, or --all DIRECTORY alone")
    elif output is not None:
        save(gallery, str(name), chosen, output)
    else:
        sys.stdout.write(listed(gallery) if name is None else shown(gallery, name))


def listed(gallery: Gallery) -> str:
    """Each picture with its title, in the order of the pack."""
    longest = max(map(len, gallery.names), default=0)
    lines = (f"{name:{longest}}  {title}" for name, title in gallery.titles.items())
    return "".join(f"{line}\n" for line in lines)


def shown(gallery: Gallery, name: str) -> str:
    """A picture in lines of text, and what its alternative text says."""
    plate = gallery.plate(name)
    return f"{plain(plate)}\nAlternative text: {plate.alt}\n"


def save(gallery: Gallery, name: str, theme: Theme, path: Path) -> None:
    """Write a picture in the form that the file's ending asks for.

    Raises UnknownFigureError, or a FigureError for an ending nobody knows or a file that
    cannot be written.
    """
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise FigureError(f"{path}: end its name with one of {', '.join(FORMS)}")
    _write(path, gallery.rendered(name, theme, form))


def save_all(gallery: Gallery, directory: Path) -> int:
    """Write every picture in every form and theme; how many files that is."""
    files = list(_files(gallery))
    for name, theme, suffix in files:
        themed = "" if FORMS[suffix] in PLAIN else f"-{theme}"
        content = gallery.rendered(name, theme, FORMS[suffix])
        _write(directory / f"{name}{themed}{suffix}", content)
    return len(files)


def with_picture(composition: Composition, gallery: Gallery) -> Composition:
    """A reply with its first picture, in signs, as a fold before the others."""
    if not composition.figures:
        return composition
    plate = gallery.plate(composition.figures[0].id)
    fold = Fold(title="Picture", lines=sketch(plate, _SKETCH))
    return composition.model_copy(update={"folds": (fold, *composition.folds)})


def _files(gallery: Gallery) -> Iterator[tuple[str, Theme, str]]:
    for name in gallery.names:
        for suffix, form in FORMS.items():
            for theme in THEMES[:1] if form in PLAIN else THEMES:
                yield name, theme, suffix


def _theme(said: str) -> Theme:
    for theme in THEMES:
        if said == theme:
            return theme
    raise typer.BadParameter(f"--theme {said}: choose {' or '.join(THEMES)}")


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or "the file system refused"
        raise FigureError(f"{path} cannot be written: {reason}") from error
