"""Writes HTML: what is not marked as HTML is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Html(str):
    """A text that is HTML already."""

    __slots__ = ()


def element(name: str, /, *inside: str, **attributes: str) -> Html:
    """An element around its content; an underscore at the end of a name is left out."""
    said = joined(inside)
    return Html(f"<{name}{_attributes(attributes)}>{said}</{name}>")


def joined(inside: Iterable[str], between: str = "") -> Html:
    """Texts one after another, each escaped unless it is HTML."""
    return Html(
        between.join(one if isinstance(one, Html) else escape(one) for one in inside)
    )


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value
    )
