"""Takes out of a text what points to a person: numbers, dates of birth, names, homes."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.understanding.personal_names import names_in
from bot.understanding.personal_numbers import Span, numbers_in


_TAKEN_OUT = re.compile(
    r"\[(e-mail|birth-date|nhs-number|hospital-number|insurance-number|phone|address"
    r"|name)\]"
)


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text without identifiers, and which kinds of them it held."""

    text: str
    found: tuple[str, ...]  # kinds only, never what was found


def redacted(text: str, public: Collection[str] = ()) -> Redaction:
    """Replace each identifier by its kind in brackets.

    Names are taken out only beside something clinical or another identifier, and
    never if they are among the public ones: who wrote a paper is an ordinary question.
    What was taken out of the text before counts as found: its place in brackets is left.
    """
    before = _TAKEN_OUT.findall(text)
    spans = sorted(numbers_in(text))
    spans += [span for span in names_in(text, spans) if _is_private(text, span, public)]
    chosen = _apart(spans)
    for start, end, kind in reversed(chosen):
        text = f"{text[:start]}[{kind}]{text[end:]}"
    return Redaction(text, tuple(sorted({*before, *(kind for _, _, kind in chosen)})))


def _is_private(text: str, span: Span, public: Collection[str]) -> bool:
    name = text[span[0] : span[1]].casefold()
    return bool(name) and not any(known.casefold() in name for known in public)


def _apart(spans: Collection[Span]) -> list[Span]:
    """The spans in order; of two that overlap, the one that starts first."""
    kept: list[Span] = []
    for start, end, kind in sorted(
        spans, key=lambda span: (span[0], -span[1], span[2])
    ):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, kind))
        elif end > kept[-1][1]:
            kept[-1] = (kept[-1][0], end, kept[-1][2])
    return kept
