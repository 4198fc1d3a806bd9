"""Tells what kind of answer is wanted: how many, which, who, when, why, show, define."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias


AnswerKind: TypeAlias = Literal[
    "how-many",
    "share",
    "how-long",
    "how-much",
    "when",
    "where",
    "who",
    "why",
    "how",
    "define",
    "compare",
    "which",
    "quote",
    "source",
    "interval",
    "picture",
    "worst",
    "yes-no",
]

_YES_NO = (
    r"^(?:\W*(?:so|and|but|ok|hi|hello)\W+)*(?:is|are|was|were|do|does|did|has|have|had"
    r"|can|could|will|would|any|anyone|anybody)\b|\bright\?|\btrue\b|\bcorrect\b"
)
_PATTERNS: tuple[tuple[AnswerKind, str], ...] = (
    (
        "how-many",
        r"\bhow many\b|\bnumber of\b|\bhow mny\b|\bcount\b|\bn of\b|\btotal\b",
    ),
    (
        "share",
        r"\bpercent|%|\bproportion\b|\brate\b|\bshare\b|\bfraction\b|\bodds\b",
    ),
    ("how-long", r"\bhow long\b|\bduration\b|\bhow soon\b|\binterval between\b"),
    ("how-much", r"\bhow much\b|\bdose\b|\bamount\b|\bcost\b|\bprice\b"),
    ("when", r"\bwhen\b|\bwhat (?:date|day|year|month)\b|\bdates?\b|\bwhich day\b"),
    ("where", r"\bwhere\b|\bwhich (?:hospital|site|centre|center)s?\b"),
    ("who", r"\bwho\b|\bwhose\b|\bwhom\b|\bby name\b"),
    ("why", r"\bwhy\b|\breason\b|\bhow come\b|\brationale\b|\bpoint of\b"),
    (
        "define",
        r"\bdefin|\bwhat (?:does|do) .{1,60} mean|\bwhat counts as\b|\bmeaning\b",
    ),
    ("compare", r"\bversus\b|\bvs\.?\b|\bcompared?\b|\bbetter than\b|\bdiffer"),
    (
        "quote",
        r"\bquot|\bverbatim\b|\bsaid\b|\bsay\b|\bwording\b|\bphrase\b|\bwords\b",
    ),
    ("source", r"\bsource\b|\bcite\b|\bcitation\b|\breference\b|\bdoi\b|\bpmid\b"),
    (
        "interval",
        r"\bintervals?\b|\bci\b|\bcis\b|\bconfidence\b|\bclopper\b|\bwilson\b",
    ),
    ("picture", r"\bpicture\b|\bfigure\b|\bchart\b|\bplot\b|\bgraph\b|\bdiagram\b"),
    (
        "worst",
        r"\bworst\b|\bhighest\b|\bmax(?:imum)?\b|\bmost severe\b|\bupper end\b",
    ),
    ("which", r"\bwhich\b|\bwhat\b|\blist\b|\bname the\b|\bnames? of\b"),
    ("how", r"\bhow\b"),
    ("yes-no", _YES_NO),
)
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


def kinds_wanted(text: str) -> tuple[AnswerKind, ...]:
    """The kinds of answer that the words of a question point to, in a fixed order."""
    lowered = text.lower().strip()
    return tuple(kind for kind, pattern in _KINDS if pattern.search(lowered))
