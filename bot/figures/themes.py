"""The inks of a light and of a dark picture, and how well each stands out.

The blue of what is counted is of the set that colour-blind people tell apart (Okabe and
Ito 2008); the papers are those of Slack's two themes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from bot.figures.shapes import Ink


Theme: TypeAlias = Literal["light", "dark"]

THEMES: Mapping[Theme, Mapping[Ink, str]] = {
    "light": {
        "paper": "#FFFFFF",
        "panel": "#F1F5F9",
        "ink": "#1D1C1D",
        "quiet": "#565A63",
        "accent": "#A84300",
        "mark": "#0072B2",
        "on-mark": "#FFFFFF",
        "outline": "#7F858E",
        "hairline": "#D9DCE2",
    },
    "dark": {
        "paper": "#1A1D21",
        "panel": "#25292F",
        "ink": "#F8F8F8",
        "quiet": "#B4B6BA",
        "accent": "#F2A65A",
        "mark": "#56B4E9",
        "on-mark": "#12161A",
        "outline": "#7C848E",
        "hairline": "#3A3E44",
    },
}
_FLARE = 0.05  # WCAG 2.2: light that any screen reflects


def contrast(one: str, other: str) -> float:
    """How much one colour stands out from another: 1 (not at all) to 21.

    Colours as #RRGGBB; the ratio of WCAG 2.2, section 1.4.3.
    """
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + _FLARE) / (dim + _FLARE)


def _luminance(colour: str) -> float:
    """Relative luminance of a colour in sRGB, 0 to 1 (IEC 61966-2-1)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return sum(
        weight * _linear(part)
        for weight, part in zip(
            (0.2126, 0.7152, 0.0722), (red, green, blue), strict=True
        )
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  the constants of sRGB
