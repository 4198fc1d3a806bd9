"""Cuts the Latin subset of Inter that the pictures are lettered with.

    npm pack inter-ui@4.1.1
    python -m bot.curation.font inter-ui-4.1.1.tgz

The npm package inter-ui carries the static fonts as the Inter project releases them.
Kerning and other layout features are left out, so that the width of a text is the sum
of its advances, whoever renders it.  Needs the extra `dev` (fonttools, brotli).
"""

from __future__ import annotations

import hashlib
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Annotated

import typer
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from bot.errors import SettingsError
from bot.settings import ROOT


PACKAGE = "inter-ui-4.1.1.tgz"
DIGEST = "e392e4d71f18a7c1f23dfecd833d68fa05eeab41862686584e80fd2b5d87e9c0"
CUTS = {"Regular": "inter-400.ttf", "SemiBold": "inter-600.ttf"}
FONTS = ROOT / "bot" / "figures" / "fonts"
LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Latin-1 and Latin Extended-A: names of people and places
    *range(0x2010, 0x2027),  # dashes, quotation marks, bullet, ellipsis
    *range(0x2070, 0x208F),  # superscripts and subscripts: 10⁶, O₂
    *(0x2032, 0x20AC, 0x2122, 0x2190, 0x2192, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265),
    *(0x3B1, 0x3B2, 0x3B3, 0x3B4, 0x3BA, 0x3BC),  # Greek, as in names of cells
)


def main(
    package: Annotated[Path, typer.Argument(help=f"The npm package, {PACKAGE}.")],
) -> None:
    """Write both weights and the licence beside the pictures' code."""
    written = package.read_bytes()
    found = hashlib.sha256(written).hexdigest()
    if found != DIGEST:
        raise SettingsError(
            f"{package} is not {PACKAGE} as released (SHA-256 {found}):"
            " fetch it again with npm pack inter-ui@4.1.1"
        )
    with tarfile.open(fileobj=BytesIO(written)) as files:
        for style, name in CUTS.items():
            original = _member(files, f"package/web/Inter-{style}.woff2")
            (FONTS / name).write_bytes(subset_of(original))
        licence = _member(files, "package/LICENSE.txt")
    (FONTS / "OFL.txt").write_bytes(licence)


def subset_of(original: bytes) -> bytes:
    """The Latin letters of a font as TrueType, without layout features."""
    font = TTFont(BytesIO(original), recalcTimestamp=False)
    options = Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ["STAT", "GDEF", "GPOS", "GSUB", "gasp", "DSIG"]
    options.name_IDs = [*range(7), 13, 14, 16, 17]  # names, version, licence
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    font.flavor = None
    written = BytesIO()
    font.save(written, reorderTables=True)
    return written.getvalue()


def _member(files: tarfile.TarFile, name: str) -> bytes:
    member = files.extractfile(name)
    if member is None:
        raise SettingsError(f"{PACKAGE} has no file {name}: is it another release?")
    return member.read()


if __name__ == "__main__":
    typer.run(main)
