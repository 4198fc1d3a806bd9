"""Turns what a person typed into a Question, and refuses what is none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


LONGEST = 4000  # characters read, RELIABILITY: "questions are cut at 4,000"

_MARKUP = (
    (re.compile(r"<[@!#][^>]*>"), " "),  # Slack mentions, channels and broadcasts
    (re.compile(r"<(?:https?://|mailto:)[^>|]*\|([^>]*)>"), r"\1"),
    (re.compile(r"<(?:https?://|mailto:)[^>]*>|https?://\S+"), " "),
    (re.compile(r":[a-z][a-z0-9_+-]*:"), " "),  # emoji short codes
    (re.compile(r"(?m)^\s*(?:>|&gt;)\s?"), " "),
    (re.compile(r"[*_~`]+"), " "),
)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_SAME_SIGN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", None),
    }
)


@dataclass(frozen=True, slots=True)
class Question:
    """A person's words, cleaned of markup, with what they said before in the thread."""

    text: str
    thread: tuple[str, ...] = ()  # the asker's earlier messages, oldest first
    shortened: bool = False

    @classmethod
    def of(cls, text: str, thread: tuple[str, ...] = ()) -> Question:
        """Clean the words of markup; cut them at the longest length that is read."""
        return cls(
            text=cleaned(text[:LONGEST]),
            thread=tuple(cleaned(earlier[:LONGEST]) for earlier in thread),
            shortened=len(text) > LONGEST,
        )

    @property
    def empty(self) -> bool:
        """Whether nothing in it can be read as words."""
        return not any(sign.isalnum() for sign in self.text)


def cleaned(text: str) -> str:
    """Take out markup, mentions, links and emoji; one kind of quote and dash."""
    plain = unicodedata.normalize("NFKC", text).translate(_SAME_SIGN)
    for entity, sign in _ENTITIES:
        plain = plain.replace(entity, sign)
    for pattern, kept in _MARKUP:
        plain = pattern.sub(kept, plain)
    if not (plain.isascii() and plain.isprintable()):
        plain = "".join(" " if _is_control(sign) else sign for sign in plain)
    return plain.strip()


def _is_control(sign: str) -> bool:
    return sign != "\n" and unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs", "So"}
