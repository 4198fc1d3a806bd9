"""A picture as the figures make them: two themes, pixels, and words."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from bot.handover.sheet.paper import Picture


def make_picture(name: str = "people", *facts: str) -> Picture:
    """A picture of 7 in 11, or rather of nothing at all."""
    pixels = BytesIO()
    Image.new("RGB", (72, 40), "#0072B2").save(pixels, "PNG")
    return Picture(
        id=name,
        title="People in a row",
        alt="7 of 11 & more, in a row.",
        light=f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{name} light</desc></svg>',
        dark=f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{name} dark</desc></svg>',
        png=pixels.getvalue(),
        facts=facts,
    )
