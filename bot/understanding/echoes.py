"""Hears a follow-up that asks for nothing new: the source of what was told, or the next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias


Echo: TypeAlias = Literal["source", "interval", "picture", "again", "next", "previous"]

_LONGEST = 10  # words; longer follow-ups say something of their own
_WORD = re.compile(r"[\w%']+")

# In this order: "the source of that figure" asks for no picture.
_ASKED: Mapping[Echo, frozenset[str]] = {
    "source": frozenset(
        [
            "source",
            "sources",
            "sourced",
            "src",
            "ref",
            "refs",
            "reference",
            "references",
            "referenced",
            "citation",
            "citations",
            "cite",
            "cited",
            "cites",
            "doi",
            "pmid",
            "link",
            "links",
            "url",
            "paper",
            "papers",
            "article",
            "publication",
            "published",
            "print",
            "page",
            "pages",
            "quote",
            "quotable",
            "evidence",
        ]
    ),
    "interval": frozenset(
        [
            "interval",
            "intervals",
            "ci",
            "cis",
            "confidence",
            "95",
            "95%",
            "limits",
            "bounds",
            "precise",
            "precision",
            "wide",
            "uncertainty",
            "error",
            "margin",
        ]
    ),
    "picture": frozenset(
        [
            "picture",
            "pictures",
            "pic",
            "pics",
            "figure",
            "chart",
            "charts",
            "graph",
            "graphs",
            "plot",
            "plots",
            "plotted",
            "image",
            "diagram",
            "graphic",
            "visual",
            "drawing",
            "draw",
        ]
    ),
    "again": frozenset(["again", "repeat", "repeated", "once"]),
}
_FILLING = frozenset(
    [
        "a",
        "about",
        "actually",
        "again",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "bars",
        "be",
        "both",
        "can",
        "cheers",
        "come",
        "comes",
        "could",
        "did",
        "do",
        "does",
        "does",
        "exact",
        "exactly",
        "for",
        "from",
        "full",
        "get",
        "give",
        "given",
        "got",
        "has",
        "have",
        "how",
        "i",
        "in",
        "is",
        "it",
        "its",
        "it's",
        "just",
        "last",
        "line",
        "me",
        "more",
        "mean",
        "my",
        "need",
        "number",
        "numbers",
        "of",
        "ok",
        "okay",
        "on",
        "one",
        "or",
        "our",
        "please",
        "pls",
        "plz",
        "quick",
        "quickly",
        "result",
        "say",
        "see",
        "send",
        "show",
        "so",
        "statement",
        "sure",
        "ta",
        "than",
        "thank",
        "thanks",
        "that",
        "that's",
        "the",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "this",
        "those",
        "to",
        "u",
        "up",
        "us",
        "want",
        "was",
        "way",
        "we",
        "were",
        "what",
        "whats",
        "what's",
        "where",
        "wheres",
        "where's",
        "which",
        "with",
        "would",
        "you",
        "your",
        "answer",
        "claim",
        "bit",
        "both",
        "ends",
        "stated",
        "come",
        "came",
    ]
)
_KNOWN = _FILLING.union(*_ASKED.values())
_SAYS_WHO = re.compile(
    r"(?:and |ok |so )*(?:who (?:says|said|reported|wrote|found)(?: so| that| this| it)?"
    r"|says who|according to (?:who|whom|what)|where (?:is|was|does|did) (?:that|this|it)"
    r"(?: number| figure| one)?(?: come)? from|where'?s (?:that|this|it) from)"
)
_STEP = re.compile(
    r"(?:and |ok |so |then )*(?:(?:what|how) about )?(?:what(?:'s| is) )?(?:the )?"
    r"(?:(?:(?P<next>next|following|higher)|(?P<before>previous|lower|preceding))"
    r"(?: one| grade| level| step| stage)?(?: (?:up|down|above|below|after|before))?"
    r"|(?:one|grade|level|step|stage) (?:(?P<above>up|higher|above|after)"
    r"|(?P<below>down|lower|below|before))(?: (?:that|it|this))?)"
)


def echo_in(text: str) -> Echo | None:
    """What a follow-up wants of the last thing told; None where it asks something new."""
    words = _WORD.findall(
        text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    )
    said = " ".join(words)
    step = _STEP.fullmatch(said)
    if step is not None:
        is_next = (step["next"] or step["above"]) is not None
        return "next" if is_next else "previous"
    if _SAYS_WHO.fullmatch(said):
        return "source"
    return _asked(frozenset(words)) if 0 < len(words) <= _LONGEST else None


def _asked(words: frozenset[str]) -> Echo | None:
    """The kind that is named, where nothing else is."""
    named = [echo for echo, asked in _ASKED.items() if words & asked]
    says_more = not words <= _KNOWN or named[:2] == ["source", "interval"]
    return None if says_more else next(iter(named), None)
