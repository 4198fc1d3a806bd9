"""Turns plain words into Slack's markup, in which nothing can pretend to be ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NewType


Markup = NewType("Markup", str)  # escaped: every `<` in it is the start of our own link

JOINER = "\u2060"  # invisible; keeps a sign from being read as markup
ASTERISK = "\u2217"

_LINKABLE = re.compile(r"https?://[^\s<>|\"\x00-\x1f]+")
_QUOTING = re.compile(r"(?m)^(\s*)(?=>)")
_OPENING = re.compile(r"<(?=\S)")
_WORDS = re.compile(r"\s+|\S+")


def escaped(text: str) -> Markup:
    """The same words; a `>` that opens a line stays a sign and does not quote."""
    return Markup(_with_entities(_unquoted(text)))


def bold(text: str, most: int) -> tuple[Markup, ...]:
    """The words in bold, in parts of at most so many characters.

    An asterisk inside would end the bold, so it becomes the operator that looks like it.
    """
    safe = one_line(text).replace("*", ASTERISK)
    stars = 2
    return tuple(Markup(f"*{part.strip()}*") for part in pieces(safe, most - stars))


def code(text: str) -> Markup:
    """The words as a badge."""
    safe = one_line(text).replace("`", "'")
    return Markup(f"`{escaped(safe)}`")


def linked(title: str, url: str | None) -> Markup:
    """The title, with a link where the address is one that a browser opens."""
    label = escaped(one_line(title))
    if url is None or not label or not _LINKABLE.fullmatch(url):
        return label
    return Markup(f"<{_with_entities(url)}|{label}>")


def joined(parts: Iterable[Markup], between: str) -> Markup:
    """All parts in one text; what stands between them is ours."""
    return Markup(between.join(parts))


def plain(text: str) -> str:
    """Words for a button or a title, where Slack reads no markup and escapes nothing."""
    return _OPENING.sub(f"<{JOINER}", one_line(text))


def shortened(text: str, most: int) -> str:
    """At most so many characters; an ellipsis shows that there were more."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def one_line(text: str) -> str:
    """The words with single spaces between them."""
    return " ".join(text.split())


def pieces(text: str, most: int) -> tuple[Markup, ...]:
    """The whole text in parts of at most so many characters, cut between lines.

    A line that is longer than a part is cut between words.
    """
    whole = escaped(text)
    if len(whole) <= most:
        return (whole,) if whole.strip() else ()
    found = [""]
    for line in _unquoted(text).splitlines(keepends=True):
        for part in _fitting(line, most):
            if len(found[-1]) + len(part) > most:
                found.append("")
            found[-1] += part
    return tuple(Markup(piece) for piece in found if piece.strip())


def _fitting(line: str, most: int) -> Iterable[str]:
    """The line, escaped; its words where the whole is too long for one part."""
    whole = _with_entities(line)
    return (whole,) if len(whole) <= most else _unbroken(line, most)


def _unbroken(text: str, most: int) -> Iterator[str]:
    """Words, escaped; a word that is too long falls into its characters."""
    for word in _WORDS.findall(text):
        whole = _with_entities(word)
        if len(whole) <= most:
            yield whole
        else:
            yield from map(_with_entities, word)


def _unquoted(text: str) -> str:
    return _QUOTING.sub(rf"\1{JOINER}", text) if ">" in text else text


def _with_entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
