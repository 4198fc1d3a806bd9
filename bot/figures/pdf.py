"""Writes a drawing as a PDF of one page: vectors, our letters embedded, tagged.

A writer of its own keeps Pillow and fonttools out of the app, and its bytes are the same
for the same shapes.  The page is one figure with its text equivalent (ISO 32000-1, 14.9),
its words stay words that can be searched and copied.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from bot.figures.drawing import Drawing
from bot.figures.lettering import FAMILY, Typeface, Weight, typeface
from bot.figures.strokes import operators
from bot.figures.themes import THEMES, Theme


_WEIGHTS: tuple[Weight, ...] = (400, 600)
_CATALOGUE = (
    b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 4 0 R/Lang(en-GB)"
    b"/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>>>"
)
_FIXED = 8  # objects before those of the fonts
_PER_FONT = 5
_IN_A_BLOCK = 100  # mappings, at most; the CMap format


def pdf(drawing: Drawing, theme: Theme) -> bytes:
    """The drawing as a PDF file of one page, as large as the drawing asks."""
    fonts = [part for weight in _WEIGHTS for part in _font(weight, _first_of(weight))]
    return _file([*_page(drawing, theme), *fonts])


def _page(drawing: Drawing, theme: Theme) -> list[bytes]:
    """The objects 1 to 8: catalogue, page, structure, title, content."""
    scale, title = drawing.points, _text(drawing.title)
    size = f"{drawing.width * scale:.2f} {drawing.height * scale:.2f}"
    fonts = " ".join(f"/F{weight} {_first_of(weight)} 0 R" for weight in _WEIGHTS)
    return [
        _CATALOGUE,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size}]/Contents 8 0 R/StructParents 0"
        f"/Resources<</Font<<{fonts}>>>>>>".encode(),
        b"<</Type/StructTreeRoot/K 5 0 R/ParentTree 6 0 R>>",
        f"<</Type/StructElem/S/Figure/P 4 0 R/Pg 3 0 R/K 0/Alt {_text(drawing.alt)}"
        f"/A<</O/Layout/BBox[0 0 {size}]/Placement/Block>>>>".encode(),
        b"<</Nums[0[5 0 R]]>>",
        f"<</Title {title}>>".encode(),
        _stream(_content(drawing, theme)),
    ]


def _content(drawing: Drawing, theme: Theme) -> bytes:
    scale, height = drawing.points, drawing.height * drawing.points
    shapes = "\n".join(operators(shape, THEMES[theme]) for shape in drawing.shapes)
    downwards = f"{scale:.6f} 0 0 {-scale:.6f} 0 {height:.3f} cm"
    return f"/Figure<</MCID 0>>BDC q {downwards}\n{shapes}\nQ EMC".encode()


def _first_of(weight: Weight) -> int:
    return _FIXED + 1 + _PER_FONT * _WEIGHTS.index(weight)


def _font(weight: Weight, first: int) -> list[bytes]:
    """Five objects: the font, its letters by number, their measures, file and meaning."""
    face = typeface(weight)
    name = f"{FAMILY}-{weight}"
    return [
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
        f"/DescendantFonts[{first + 1} 0 R]/ToUnicode {first + 4} 0 R>>".encode(),
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {first + 2} 0 R/W[0[{_widths(face)}]]>>".encode(),
        f"<</Type/FontDescriptor/FontName/{name}/Flags 32/ItalicAngle 0/StemV 80"
        f"{_measures(face)}/FontFile2 {first + 3} 0 R>>".encode(),
        _stream(face.data, f"/Length1 {len(face.data)}"),
        _stream(_meaning(face)),
    ]


def _widths(face: Typeface) -> str:
    return " ".join(str(_thousandth(width, face)) for width in face.advances)


def _measures(face: Typeface) -> str:
    box = [_thousandth(edge, face) for edge in face.box]
    ends = f"/Ascent {box[3]}/Descent {box[1]}/CapHeight 727"  # the font's OS/2 table
    return f"/FontBBox[{' '.join(map(str, box))}]{ends}"


def _thousandth(units: int, face: Typeface) -> int:
    return round(1000 * units / face.units)


def _meaning(face: Typeface) -> bytes:
    """Which sign each glyph stands for, so that the words can be copied (9.10.3)."""
    pairs = [f"<{glyph:04X}><{code:04X}>" for code, glyph in face.glyphs.items()]
    blocks = [pairs[i : i + _IN_A_BLOCK] for i in range(0, len(pairs), _IN_A_BLOCK)]
    mapped = "\n".join(
        f"{len(block)} beginbfchar\n{' '.join(block)}\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
        " /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <0000><FFFF> endcodespacerange\n{mapped}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def _text(said: str) -> str:
    return f"<{(chr(0xFEFF) + said).encode('utf-16-be').hex().upper()}>"


def _stream(data: bytes, more: str = "") -> bytes:
    packed = zlib.compress(data, 9)
    head = f"<</Filter/FlateDecode/Length {len(packed)}{more}>>"
    return head.encode() + b"stream\n" + packed + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects one after the other, and the table that says where each begins."""
    written = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: list[int] = []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    written += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size {size}/Root 1 0 R/Info 7 0 R>>\n"
        f"startxref\n{len(written)}\n%%EOF\n"
    ).encode()
    return bytes(written)
