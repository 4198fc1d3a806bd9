"""Takes a message apart into the questions it asks."""

from __future__ import annotations

import re
from collections.abc import Callable


MOST_JOINED = 5  # pieces "in one breath"; more of them are a sentence with commas

_ENUMERATED = re.compile(r"(?:^|[\s:;,.?])(?:\(?[a-h1-9]\)|[1-9]\.(?=\s))\s*")
_SENTENCE = re.compile(r"(?<=[?!])\s+|(?<=[.;])\s+(?=[A-Z(])|\n+")
_ASKS_AGAIN = re.compile(
    r"(?:,\s*(?:and\s+|plus\s+)?|;\s*(?:and\s+)?|\s+(?:and|plus|&)\s+(?:also\s+)?)"
    r"(?=(?:(?:at|by|for|from|in|on|since|to|until|with)\s+(?:how|what|whom|when)"
    r"|at\s+which|how|what|whats|when|who|whom|whose|which|where|why"
    r"|did|does|do|was|were|is|are|has|have|had|can|any(?:one|body)?)\b)",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:give|need|want|list|things?|facts?|questions?|ones?|points?|figures?|please)\b"
    r"[^:]{0,40}:\s*(?P<items>[^?]+?)\s*[.?!]*$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*[,;]\s*(?:and\s+|plus\s+)?|\s+(?:and|plus|\+)\s+")
_JOINT = re.compile(
    r"\s*[,;/?+&]\s*(?:and\s+|plus\s+|then\s+)?|\s+(?:and|an|plus|then)\s+|(?<=\w)\.\s+",
    re.IGNORECASE,
)
_SETS_THE_SCENE = re.compile(
    r"(?:if|given|assuming|conditional|condition(?:ed|ing)|among|amongst|of|for|in|from"
    r"|when|once|after|before|since|because|as|while|with|considering)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\b(?:how|what|whats|when|who|whom|whose|which|where|why|did|does|do|was|were|is"
    r"|are|has|have|had|can|any|anyone|anybody|tell|give|remind|list|show)\b",
    re.IGNORECASE,
)
_LONGEST_NAME = 3  # words of an item in a list that a question ends
_LONGEST_ITEM = 2  # words before a full stop; "dose per kg. sponsor?" is a list
_FEWEST_WORDS = 2  # a part of one word is a tag ("right?"), not a question


def parts_of(text: str) -> tuple[str, ...]:
    """The questions in a message; the whole message where it asks one thing."""
    for cut in _CUTS:
        parts = cut(text)
        if len(parts) > 1:
            return tuple(parts)
    return (text,)


def _enumerated(text: str) -> list[str]:
    _, *rest = _ENUMERATED.split(text)
    return _worded(rest) if len(rest) > 1 else []


def _listed(text: str) -> list[str]:
    found = _LIST.search(text)
    items = [] if found is None else _worded(_ITEM.split(found["items"]), fewest=1)
    return items if len(items) > 2 else []  # noqa: PLR2004  two may be one phrase


def _asked_apart(text: str) -> list[str]:
    parts: list[str] = []
    context: list[str] = []
    for sentence in _SENTENCE.split(text):
        pieces = _pieces(sentence)
        if not _asks(sentence):
            context.append(sentence)
            continue
        asked = pieces or [sentence]
        parts.append(" ".join([*context, asked[0]]))
        parts.extend(asked[1:])
        context = []
    if len(parts) == 1:
        return [text]
    if context and parts and _SETS_THE_SCENE.match(context[0]):
        parts[-1] = " ".join([parts[-1], *context])
    return parts


def _pieces(sentence: str) -> list[str]:
    """What a sentence asks: "dose, sponsor, and is it safe?" begins with a list."""
    first, *rest = _with_scene(_ASKS_AGAIN.split(sentence))
    items = _ITEM.split(first)
    is_list = rest and all(len(item.split()) <= _LONGEST_NAME for item in items)
    if is_list and len(items) > 1 and not _OPENING.search(first):
        return [*_worded(items, fewest=1), *_worded(rest)]
    return _worded([first, *rest])


def _with_scene(pieces: list[str]) -> list[str]:
    """Pieces that ask; "of the nine, how many …" stays one thing."""
    first, *rest = [piece for piece in pieces if piece.strip()] or [""]
    if rest and _SETS_THE_SCENE.match(first.strip()):
        return [f"{first}, {rest[0]}", *rest[1:]]
    return [first, *rest]


def _joined(text: str) -> list[str]:
    """Things asked for in one breath: "dose, sponsor and phase"."""
    if _tells_first(text):
        return []
    head, colon, rest = text.rpartition(":")
    pieces = _worded(_JOINT.split(rest), fewest=1)
    if len(pieces) > MOST_JOINED:
        return []
    return [f"{head}: {piece}" if colon else piece for piece in pieces]


def _tells_first(text: str) -> bool:
    """Whether it tells something before it asks: "Nine came back. Was that early?"."""
    first, *rest = _SENTENCE.split(text)
    is_told = not _asks(first) and len(first.split()) > _LONGEST_ITEM
    return is_told and any("?" in sentence for sentence in rest)


def _asks(sentence: str) -> bool:
    return "?" in sentence or _OPENING.match(sentence.strip()) is not None


def _worded(pieces: list[str], fewest: int = _FEWEST_WORDS) -> list[str]:
    stripped = (piece.strip(" .,;:?!-") for piece in pieces)
    return [piece for piece in stripped if len(piece.split()) >= fewest]


_CUTS: tuple[Callable[[str], list[str]], ...] = (
    _enumerated,
    _listed,
    _asked_apart,
    _joined,
)
