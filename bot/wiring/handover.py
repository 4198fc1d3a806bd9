"""Brings together what the evidence sheet is printed with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.errors import SettingsError
from bot.figures.gallery import Gallery
from bot.handover.sheet.paper import Letters, Picture
from bot.settings import ROOT


FONTS = ROOT / "bot" / "figures" / "fonts"  # the letters that the pictures ship with
_WEIGHTS = ("inter-400.ttf", "inter-600.ttf")
_SIGNATURES = (b"\0\1\0\0", b"true", b"OTTO")  # of TrueType and OpenType fonts


def no_pixels(_name: str) -> bytes:
    """Nothing: a page shows its pictures as they were drawn."""
    return b""


def pictures(
    gallery: Gallery, pixels: Callable[[str], bytes] = no_pixels
) -> tuple[Picture, ...]:
    """Every picture of a pack for the sheet; in pixels where it is printed as such."""
    plates = map(gallery.plate, gallery.names)
    return tuple(
        Picture(
            id=plate.name,
            title=plate.title,
            alt=plate.alt,
            light=gallery.inline(plate.name, "light"),
            dark=gallery.inline(plate.name, "dark"),
            png=pixels(plate.name),
            facts=plate.facts,
        )
        for plate in plates
    )


def letters(folder: Path = FONTS) -> Letters | None:
    """The letters of the pictures; None where they were left out of a package."""
    regular, bold = (folder / name for name in _WEIGHTS)
    return letters_in(regular, bold) if regular.is_file() else None


def letters_in(regular: Path, bold: Path) -> Letters:
    """The letters in two TrueType files; a SettingsError says which cannot be read."""
    return Letters(_read(regular), _read(bold))


def _read(font: Path) -> bytes:
    try:
        data = font.read_bytes()
    except OSError as error:
        reason = (error.strerror or "not readable").lower()
        raise SettingsError(f"{font}: {reason}: name a TrueType font") from error
    if not data.startswith(_SIGNATURES):
        raise SettingsError(f"{font}: no TrueType font: name one")
    return data
