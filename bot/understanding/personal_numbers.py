"""Finds the numbers, dates and places in a text that belong to one person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias


Span: TypeAlias = tuple[int, int, str]  # first, last, kind

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = (
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})|\d{4}[/-]\d{2}[/-]\d{2}"
    rf"|\d{{1,2}} \d{{1,2}} (?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]\d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})(?!\d)"
)
_AFTER_BORN = (
    rf"(?:{DATE}|\d{{8}}(?!\d)|\d{{1,2}}\.? [^\W\d_]{{3,10}}\.? (?:19|20)\d\d)"
)
_BORN = (  # several languages; "b." and "born" need the date at once
    r"\b(?:dob|d\.o\.b\.?|d/o/b|date of birth|birth ?date|birthday|fecha de nacimiento"
    r"|data di nascita|data de nascimento|date de naissance|geburtsdatum)\b[^\d?\n]{0,40}"
    r"|\b(?:born(?: on)?(?: the)?|b\.|geb\.|geboren(?: am)?|n[ée]e? le|nat[ao] il"
    r"|nacid[ao] el)\W{0,3}"
)
_NO = r"(?:no\b\.?|nr\b\.?|num(?:ber)?\b\.?|id(?:entifier)?\b|#)"
_THEN = r"(?:\W{0,3}\bis\b)?[\s:.#=-]{0,4}"
_SAYS = rf"(?:[\s-]?{_NO})?{_THEN}"
_ALONE = (  # these say by themselves that a person's number follows
    r"driving licen[cs]e|mrn|rrk|nhc|pid|urn|hn|h/n|hosp|passport|reisepass|nino|ssn|brp|encounter"
    r"|case ?notes?|med(?:ical)?\.? rec(?:ord)?|versichertennr\.?"
)
_WITH_NO = (  # and these only with "number" or the like
    r"hosp(?:ital)?\.?|unit|patient|pt|subject|screening|record|chart|epr|district|lab"
    r"|specimen|sample|accession|account|visa|licen[cs]e|(?:nat(?:ional)?"
    r" )?ins(?:urance)?|social security|ni"
)
_NUMBERED = rf"\b(?:(?:{_ALONE})(?=\W|$){_SAYS}|(?:{_WITH_NO})[\s-]?{_NO}{_THEN})"
_REGISTRY = r"(?!nct\d|isrctn|pmid|pmc|doi)"  # public numbers of works and trials
_CODE = (
    rf"{_REGISTRY}(?:\d{{3}}[ -]\d{{2}}[ -]\d{{4}}\b|[a-z]{{1,2}} ?\d{{2,6}}(?: \d{{2,6}}){{1,3}}"
    r"(?: [a-z]\b)?|(?=(?:[\w-]*\d){3})[a-z]{0,6}-?\d[\w-]{2,17}\b)"
)
_STREET = (
    r"(?:Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Close|Way|Drive|Crescent|Gardens|Terrace"
    r"|Court|Place|Grove|Row|Square|Mews|Rise|Hill)"
)
_QUIET_STREET = (
    r"(?:road|rd|lane|avenue|crescent|gardens|terrace|mews)"  # no other sense
)
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "e-mail",
        re.compile(
            r"[\w.+'-]+(?:@| ?[([]at[)\]] ?)[\w-]+(?:(?:\.| ?[([]dot[)\]] ?)[\w-]+)+",
            re.IGNORECASE,
        ),
    ),
    ("birth-date", re.compile(rf"(?:{_BORN})=?(?P<what>{_AFTER_BORN})", re.IGNORECASE)),
    (
        "nhs-number",
        re.compile(
            rf"(?:\bn\.?h\.?s\b\.?|\bchi\b|\bhsc\b|\bh&c\b){_SAYS}"
            r"(?P<what>\d{3}[ .-]?\d{3}[ .-]?\d{4}|\d{6}[ -]\d{4}|\d{8,10})(?!\d)",
            re.IGNORECASE,
        ),
    ),
    ("nhs-number", re.compile(r"(?<![\w./+-])\d{3}[ -]\d{3}[ -]\d{4}(?![\w-])")),
    (
        "hospital-number",
        re.compile(rf"{_NUMBERED}(?P<what>{_CODE})", re.IGNORECASE),
    ),
    (  # HMRC: two letters, six digits, one letter
        "insurance-number",
        re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
    ),
    (  # Ofcom: ten or eleven digits from 0; ITU E.164: at most fifteen after the +
        "phone",
        re.compile(
            r"(?<![\w./+-])(?:\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d(?:[ -]?\d){5,11}"
            r"|00[1-9]\d(?:[ -]?\d){8,11}"
            r"|\(?0[1-9]\d{1,4}\)?[ .-]?\d{3,4}[ .-]?\d{3,4})(?![\w./-]\w)"
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
    (
        "address",
        re.compile(
            r"(?:\b(?:Flat|Apartment|Apt) \w{1,4},? )?"
            rf"\b\d{{1,4}}[a-z]?,? (?:[A-Z][\w']+ ){{1,3}}{_STREET}\b"
            r"(?:, [A-Z][a-z]+(?=[,.?]|$))?"
        ),
    ),
    (
        "address",
        re.compile(
            rf"\b\d{{1,4}}[a-z]? (?!at |in |on |of |the )[a-z']+ {_QUIET_STREET}\b"
        ),
    ),
    ("address", re.compile(rf"\b\d{{1,4}}[a-z]?\b[^.?\n\d]{{1,40}}\b{_POSTCODE}\b")),
    ("address", re.compile(rf"\b(?:lives?|living) in (?P<what>{_POSTCODE})\b")),
    (
        "address",
        re.compile(
            rf"\b(?:post ?code|zip)(?: code)?\b(?: is)?[\s:]{{1,3}}(?P<what>{_POSTCODE}"
            r"|\d{5}(?:-\d{4})?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "address",
        re.compile(
            r"\baddress(?: is(?: now)?|:) (?P<what>(?=\d|[A-Z][^?\n]*,)[^?\n;]{5,80})"
        ),
    ),
)
_FIGURE = re.compile(r"\d")
_IN_WORDS = tuple(  # the kinds that may be told without a figure
    one for one in _PATTERNS if one[0] in {"e-mail", "birth-date", "address"}
)
_TEN_DIGITS = re.compile(r"(?<![\w./-])\d{10}(?![\w.-])")


def numbers_in(text: str) -> Iterator[Span]:
    """Every number, date of birth and address; they may overlap."""
    for kind, pattern in _PATTERNS if _FIGURE.search(text) else _IN_WORDS:
        for hit in pattern.finditer(text):
            group = "what" if "what" in pattern.groupindex else 0
            yield (*hit.span(group), kind)
    for hit in _TEN_DIGITS.finditer(text):
        if _checks_out(hit.group()):
            yield (*hit.span(), "nhs-number")


def _checks_out(digits: str) -> bool:
    """Whether ten digits end in the NHS check digit: modulus 11, NHS Data Dictionary."""
    total = sum(
        int(d) * weight for d, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return (11 - total % 11) % 11 == int(digits[9])
