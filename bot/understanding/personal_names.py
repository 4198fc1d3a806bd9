"""Finds names of patients: beside their numbers, or beside something clinical."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.understanding.personal_numbers import DATE, Span
from bot.understanding.words import everyday_rank


_UP, _LOW = r"[A-ZÀ-ÖØ-ÞŁŚŠŻŽĆČĐ]", r"[^\W\d_A-ZÀ-ÖØ-Þ]"
_WORD = (
    rf"\b(?:Mc|Mac|O'|D'|Ó |Ní )?{_UP}{_LOW}(?:{_LOW}|')*(?:-{_UP}{_LOW}+)*(?<!'s)\b"
)
_PARTICLE = r"(?:van (?:de[nr]? )?|von |de (?:la )?|del? |d[aio]s? |bin |bint |ibn )"
_NAME = rf"{_WORD}(?: [A-Z]\.?)?(?: {_PARTICLE}?{_WORD}){{1,2}}"
_TITLED = (
    rf"\b(?:Mr|Mrs|Ms|Miss|Master|Mx)\.? (?:[A-Z]\. ?|[A-Z] )?{_WORD}(?: {_WORD})?"
)
_PLACE = r"(?:in |on )?(?:bed|bay|room|cubicle|side room|ward) ?\w{1,3}\b"
_CLINICAL = (
    rf"(?:{_PLACE}|dob|mrn|nhs|hosp|discharge|has|had|is|was|died|needs?|aged?|relapsed"
    r"|withdrew|MRD|\d{1,2} ?y(?:rs?|o|ears?)?|on [\w ]{1,20}\bward|[A-Z]-[A-Z]{2,4})"
)
_KIN = (
    r"(?i:my|our|mi|meine?|ma|mon|mio|mia) (?:son|daughter|lad|girl|boy|child|wife|sister"
    r"|husband|brother|mum|dad|patient|hij[oa]|Sohn|Tochter|fille|fils|figli[oa])"
)
_PERSON = r"(?:boy|girl|child|man|woman|lad|patient|teenager|adult|baby)"
_NAMED: tuple[re.Pattern[str], ...] = (
    re.compile(rf"(?P<what>{_TITLED})(?:'s\b)?[ ,(-]{{1,3}}{_CLINICAL}\b"),
    re.compile(rf"(?P<what>{_NAME})[ ,(-]{{1,3}}{_PLACE}"),
    re.compile(
        r"\b(?:patient|pt|subject|participant|subj)\.?(?: \d{1,4})?"
        rf"(?: is| called| named|,|:)? (?P<what>{_TITLED}|{_NAME})"
    ),
    re.compile(rf"\b{_KIN}(?: is|'s| called| named|,)? (?P<what>{_NAME})"),
    re.compile(
        r"\b(?:[Mm]y|[Hh]is|[Hh]er|[Tt]he patient's|[Pp]atient|[Ff]ull) name(?: is|'s|:)? "
        rf"(?P<what>{_NAME})"
    ),
    re.compile(rf"\b{_PERSON} (?:called|named) (?P<what>{_NAME})"),
    re.compile(rf"\b(?:mother|father|parents?|family) of (?P<what>{_NAME})"),
)
_PERHAPS: tuple[re.Pattern[str], ...] = (  # names only if no word of them is everyday
    re.compile(rf"(?P<what>{_NAME})(?:'s\b)?[ ,(-]{{1,3}}{_CLINICAL}\b"),
    re.compile(rf"\bbed \w{{1,3}},? (?P<what>{_NAME})"),
    re.compile(rf"\b{_KIN}(?: is| called| named|,)? (?P<what>{_WORD})(?!'s [A-Z])"),
    re.compile(
        r"\b(?i:patient|pt|subject|participant)\b[.:]?(?: \d{1,4})?(?: is| name|,|:)? "
        rf"(?P<what>{_NAME})"
    ),
    re.compile(rf"\b(?:letter about|(?i:re:?)) (?P<what>{_NAME})"),
)
_NEAR_NAME = re.compile(  # beside another identifier a name may be in any dress
    rf"(?:{_TITLED}|{_NAME}|\b[A-Z]{{4,}},? {_WORD}|\b{_WORD}/{_WORD}|\b[A-Z]\. {_WORD}"
    r"|(?<=initials )(?:[A-Z]\.?){2,3})"
)
_SMALL = re.compile(  # typed in haste: two small words right before the label
    r"(?i:^|\b(?:name|patient|pt|re)\b:? )"
    r"(?P<what>(?!(?:pt|patient|correct|please|change)\b)[a-z]{2,}"
    r" (?!(?:the|his|her|my|their|a|with)\b)[a-z]{2,}),? "
    r"(?=(?i:dob|d\.o\.b|date of birth|born|mrn|nhs|hosp)\b)",
    re.MULTILINE,
)
_OF_SOMEBODY = r"(?:\b(?:for|behalf of|patient|pt|child|son|daughter)|form:) "
_NAME_AND_DATE = re.compile(
    rf"{_OF_SOMEBODY}(?P<name>{_NAME}|{_WORD}/{_WORD})[ ,/(]{{1,3}}(?P<date>{DATE})"
)
_NEAR = 45  # characters between a name and what proves that it is a patient's
_EVERYDAY = 2_500  # rank in english.txt; "cells" has 2,716, "editing" 8,644
_CUES = re.compile(  # words that begin with a capital and are no part of a name
    r"^(?:(?:Patient|Please|Correct|Query|Logging|Log|Record|Reporting|Report|Here|My|For"
    r"|On|The|Our|Subject|Hello|Hallo|Hi|Dear|Update|Add|Can|Note|Child|Passport|Name"
    r"|Medical|Hospital|Number|No|Sohn|Tochter)\b[ ,]*)+"
)


def names_in(text: str, near: Collection[Span]) -> Iterator[Span]:
    """Every name that belongs to a patient, given where the numbers stand."""
    for pattern in _NAMED:
        yield from (_named(hit) for hit in pattern.finditer(text))
    for pattern in _PERHAPS:
        yield from (_named(hit) for hit in pattern.finditer(text) if _is_rare(hit))
    for hit in _NAME_AND_DATE.finditer(text):
        yield (*hit.span("name"), "name")
        yield (*hit.span("date"), "birth-date")
    if near:
        yield from _beside(text, near)


def _beside(text: str, near: Collection[Span]) -> Iterator[Span]:
    """The names close to a number, a date or an address."""
    yield from (_named(hit) for hit in _SMALL.finditer(text))
    for hit in _NEAR_NAME.finditer(text):
        start, end = hit.span()
        if any(start - _NEAR < last and end + _NEAR > first for first, last, _ in near):
            cue = _CUES.match(text[start:end])
            yield (start + cue.end() if cue else start, end, "name")


def _named(hit: re.Match[str]) -> Span:
    return (*hit.span("what"), "name")


def _is_rare(hit: re.Match[str]) -> bool:
    """Whether no word of it is an everyday one."""
    words = re.split(r"[\s'-]+", hit["what"].casefold())
    ranks = (everyday_rank(word) for word in words if len(word) > 1)
    return all(rank is None or rank > _EVERYDAY for rank in ranks)
