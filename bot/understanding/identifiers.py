"""Takes out of a text what points to a person: numbers, dates of birth, names, homes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = (
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}} \d{{1,2}} (?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]\d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})(?!\d)"
)
_BORN = (  # several languages; "b." and "born" need the date at once
    r"\b(?:dob|d\.o\.b\.?|d/o/b|date of birth|birth ?date|birthday|fecha de nacimiento"
    r"|data di nascita|data de nascimento|date de naissance|geburtsdatum)\b[^\d?\n]{0,40}"
    r"|\b(?:born(?: on)?|b\.|geb\.|geboren(?: am)?|n[ée]e? le|nat[ao] il|nacid[ao] el)\W{0,3}"
)
_NUMBERED = (
    r"\b(?:mrn|rrk|nhc|pid|urn|hn|h/n|hosp(?:ital)?\.? ?(?:no\b\.?|num(?:ber)?|id|#)|hosp"
    r"|(?:unit|patient|record|case ?notes?|passport|national insurance|insurance|chart)"
    r" ?(?:no\b\.?|num(?:ber)?|id|#)|nat(?:ional)? ins(?:urance)?|versichertennr\.?)"
    r"(?:\W{0,3}\bis\b)?[\s:.#-]{0,4}"
)
_CODE = r"(?=[a-z-]{0,5}\d)(?=(?:[\w-]*\d){3})[a-z]{0,4}-?\d[\w-]{3,14}\b"
_STREET = (
    r"(?:Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Close|Way|Drive|Crescent|Gardens|Terrace"
    r"|Court|Place|Grove|Row|Square|Mews)"
)
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("e-mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("birth-date", re.compile(rf"(?:{_BORN})(?P<what>{_DATE})", re.IGNORECASE)),
    (
        "nhs-number",
        re.compile(
            r"\b(?:nhs|chi)\W{0,2}(?:no\b\.?|num(?:ber)?|#|id)?(?:\W{0,3}\bis\b)?[\s:.#]{0,3}"
            r"(?P<what>\d{3}[ -]?\d{3}[ -]?\d{4}|\d{8,10})(?!\d)",
            re.IGNORECASE,
        ),
    ),
    ("nhs-number", re.compile(r"(?<![\w./+-])\d{3}[ -]\d{3}[ -]\d{4}(?![\w-])")),
    (
        "hospital-number",
        re.compile(rf"{_NUMBERED}(?P<what>{_CODE})", re.IGNORECASE),
    ),
    (  # Ofcom: ten or eleven digits from 0; ITU E.164: at most fifteen after the +
        "phone",
        re.compile(
            r"(?<![\w./+-])(?:\+\d{1,3}[ -]?(?:\(0\) ?)?\d(?:[ -]?\d){6,11}"
            r"|\(?0[1-9]\d{1,4}\)?[ -]?\d{3,4}[ -]?\d{3,4})(?![\w./-]\w)"
        ),
    ),
    (
        "phone",
        re.compile(
            r"\b(?:tel|telephone|mobile|mob|phone|call me on|ring me on|text me on)\b"
            r"[ .:]{0,3}(?:(?:no|number|is)\b[ .:]{0,2}){0,2}(?P<what>\(?\+?\d[\d ()-]{5,}\d)",
            re.IGNORECASE,
        ),
    ),
    ("address", re.compile(rf"\b\d{{1,4}}[a-z]?,? (?:[A-Z][\w']+ ){{1,3}}{_STREET}\b")),
    ("address", re.compile(rf"\b\d{{1,4}}[a-z]?\b[^.?\n\d]{{1,40}}\b{_POSTCODE}\b")),
)
_TEN_DIGITS = re.compile(r"(?<![\w./-])\d{10}(?![\w.-])")
_WORD = r"\b(?:Mc|Mac|O'|D')?[A-ZÀ-Þ][a-zà-ÿ][a-zà-ÿ']*(?:-[A-Z][a-z]+)?(?<!'s)\b"
_NAME = rf"{_WORD}(?: [A-Z]\.?)?(?: {_WORD}){{1,2}}"
_TITLED = rf"\b(?:Mr|Mrs|Ms|Miss|Master|Mx)\.? (?:[A-Z]\.? )?{_WORD}(?: {_WORD})?"
_PLACE = r"(?:in |on )?(?:bed|bay|room|cubicle|side room|ward) ?\w{1,3}\b"
_CLINICAL = rf"(?:{_PLACE}|dob|mrn|nhs|hosp|discharge|has|had|is|was|died|needs?|aged?|\d{{1,2}} ?y)"
_NAMED: tuple[re.Pattern[str], ...] = (
    re.compile(rf"(?P<what>{_TITLED})(?:'s\b)?[ ,(-]{{1,3}}{_CLINICAL}\b"),
    re.compile(rf"(?P<what>{_NAME})[ ,(-]{{1,3}}{_PLACE}"),
    re.compile(
        r"\b(?:patient|pt|subject|participant|subj)(?: \d{1,4})?(?: is| called| named|,|:)?"
        rf" (?P<what>{_TITLED}|{_NAME})"
    ),
    re.compile(
        r"\b(?:my|our) (?:son|daughter|lad|girl|boy|child|wife|husband|brother|sister|mum"
        rf"|dad|patient)(?: is|'s| called| named|,)? (?P<what>{_NAME})"
    ),
    re.compile(
        r"\b(?:[Mm]y|[Hh]is|[Hh]er|[Tt]he patient's|[Pp]atient|[Ff]ull) name(?: is|'s|:) "
        rf"(?P<what>{_NAME})"
    ),
)
_NEAR_NAME = re.compile(  # beside another identifier a name may be in any dress
    rf"(?:{_TITLED}|{_NAME}|\b[A-Z]{{4,}}, {_WORD}|\b{_WORD}/{_WORD}|\b[A-Z]\. {_WORD})"
)
_OF_SOMEBODY = r"(?:\b(?:for|behalf of|patient|pt|child|son|daughter)|form:) "
_DATED = (
    rf"{_OF_SOMEBODY}(?P<name>{_NAME}|{_WORD}/{_WORD})[ ,/(]{{1,3}}(?P<date>{_DATE})"
)
_NAME_AND_DATE = re.compile(_DATED)
_TAKEN_OUT = re.compile(
    r"\[(e-mail|birth-date|nhs-number|hospital-number|phone|address|name)\]"
)
_NEAR = 45  # characters between a name and what proves that it is a patient's
_CUES = re.compile(  # words that begin with a capital and are no part of a name
    r"^(?:(?:Patient|Please|Correct|Query|Logging|Log|Record|Reporting|Report|Here|My|For"
    r"|On|The|Our|Subject|Hello|Hallo|Hi|Dear|Update|Add|Can|Note|Child|Passport|Name)\b[ ,]*)+"
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
    spans = sorted(_numbers_in(text))
    spans += [
        span for span in _names_in(text, spans) if _is_private(text, span, public)
    ]
    chosen = _apart(spans)
    for start, end, kind in reversed(chosen):
        text = f"{text[:start]}[{kind}]{text[end:]}"
    return Redaction(text, tuple(sorted({*before, *(kind for _, _, kind in chosen)})))


_Span = tuple[int, int, str]


def _numbers_in(text: str) -> Iterator[_Span]:
    for kind, pattern in _PATTERNS:
        yield from (_span(hit, kind) for hit in pattern.finditer(text))
    for hit in _TEN_DIGITS.finditer(text):
        if _checks_out(hit.group()):
            yield _span(hit, "nhs-number")


def _names_in(text: str, near: Collection[_Span]) -> Iterator[_Span]:
    for pattern in _NAMED:
        yield from (_span(hit, "name") for hit in pattern.finditer(text))
    for hit in _NAME_AND_DATE.finditer(text):
        yield (*hit.span("name"), "name")
        yield (*hit.span("date"), "birth-date")
    for hit in _NEAR_NAME.finditer(text):
        start, end, kind = _span(hit, "name")
        if any(start - _NEAR < last and end + _NEAR > first for first, last, _ in near):
            cue = _CUES.match(text[start:end])
            yield (start + cue.end() if cue else start, end, kind)


def _is_private(text: str, span: _Span, public: Collection[str]) -> bool:
    name = text[span[0] : span[1]].casefold()
    return bool(name) and not any(known.casefold() in name for known in public)


def _span(hit: re.Match[str], kind: str) -> _Span:
    group = "what" if "what" in hit.re.groupindex else 0
    return (hit.start(group), hit.end(group), kind)


def _apart(spans: Collection[_Span]) -> list[_Span]:
    """The spans in order; of two that overlap, the one that starts first."""
    kept: list[_Span] = []
    for start, end, kind in sorted(
        spans, key=lambda span: (span[0], -span[1], span[2])
    ):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, kind))
        elif end > kept[-1][1]:
            kept[-1] = (kept[-1][0], end, kept[-1][2])
    return kept


def _checks_out(digits: str) -> bool:
    """Whether ten digits end in the NHS check digit: modulus 11, NHS Data Dictionary."""
    total = sum(
        int(d) * weight for d, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return (11 - total % 11) % 11 == int(digits[9])
