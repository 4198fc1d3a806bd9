"""Reads curated sentences: which numbers they claim, which words they must not use."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.knowledge.values import numbers_in


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def numbers_said(said: str, names: Iterable[str]) -> frozenset[str]:
    """The numbers in a sentence that are figures, not parts of a proper name."""
    for name in sorted(names, key=len, reverse=True):
        said = re.sub(re.escape(name), " ", said, flags=re.IGNORECASE)
    return numbers_in(re.sub(r"(?<![\d.,])[A-Za-z]+\d[\w.]*", " ", said))


def banned_in(said: Iterable[str], banned: Iterable[str]) -> frozenset[str]:
    """The banned words that stand outside quotation marks, in small letters."""
    words = [re.escape(word) for word in banned]
    if not words:
        return frozenset()
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
    own = (_QUOTED.sub(" ", text) for text in said)
    return frozenset(hit.lower() for text in own for hit in pattern.findall(text))
