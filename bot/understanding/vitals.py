"""Finds in free text vital signs and laboratory values that mean danger to a person.

A finding is evidence that somebody is being described, not a judgement on them.
Limits are those for adults where children have none of their own: a toddler's quick
pulse flagged by mistake costs little, for no published result states a pulse.
C-reactive protein has no limit here, since none tells danger by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


_NUMBER = r"(?P<value>\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d{1,2})?)(?P<kilo>k\b)?"
_LINK = (  # what may stand between the name of a value and the value
    r"[\s:=~\"(+,-]*(?:(?:is|was|are|of|at|now|to|down|up|reads?|only|just|still|about"
    r"|around|hit|drop(?:s|ped|ping)?|fell|gone|have|went|rate|level|count|the|a|in|s|has|been|by|and"
    r"|sitting|currently|today|tonight|reading|which)\b[\s:=~']*){0,4}"
)
_NOT_PART = r"(?![.,]?\d)"  # the whole number, not its beginning
_NOT_GROUP = (  # counts, spans and ranges: "12 of 15", "2 to 4 weeks", "0-2", "5%"
    r"(?!\s*(?:%|/|[-+]\s*\d|to\s+\d|of\s+(?:the\b|\d)|out of|(?:patients?|people"
    r"|participants?|children|kids|adults|subjects|recipients|days|weeks|months"
    r"|years|yrs|hours|mg|mcg|m?ls?|kg|l(?:it(?:re|er)s?)?|doses?|times)\b))"
)
_EXACT = _NOT_PART + _NOT_GROUP
_OFTEN = r"(?:\s*(?:/|a|per|x)\s*min\w*)?" + _NOT_PART  # "60 a minute"


@dataclass(frozen=True, slots=True)
class _Limit:
    """A value by the words before it, and the values that mean danger."""

    sign: str
    pattern: re.Pattern[str]
    low: float  # dangerous from here
    high: float  # to here; beyond it, no such value exists or it is another unit


_Bounds: TypeAlias = tuple[float, float]


def _limit(sign: str, named: str, bounds: _Bounds, *, end: str = _EXACT) -> _Limit:
    pattern = rf"(?<![\w/])(?:{named})(?!\w){_LINK}{_NUMBER}{end}"
    return _Limit(sign, re.compile(pattern), *bounds)


def _shown(sign: str, pattern: str, bounds: _Bounds) -> _Limit:
    return _Limit(sign, re.compile(pattern.replace("NUMBER", _NUMBER)), *bounds)


_TEMP = (  # in the languages of the ward, too
    r"temp(?:erature?|eratura|s)?|tmp|fever|pyrexia|spik(?:ing|ed|es)|febrile|fieber"
    r"|febr[ae]|febbre|fiebre|fi[eè]vre|koorts|bukhar|jor|qandho|gor[aą]czk\w*|ate[sş]i?"
    r"|7arart\w*|harara\w*|температура|حرارت?ه?ا?|烧"  # noqa: RUF001  Arabic
)
_DEGREES = r"(?:°|º|deg(?:rees?)?\b|c\b|grad(?:en|os|i|us|er)?\b|stopni|graus\b|度)"
_SATS = (
    r"sats?|spo2|sao2|sp02|o2(?: sats?)?|saturations?|oxygen(?: sats?)?"
    r"|desat(?:s|ted|ting|urat\w+)?"
)
_PULSE = r"hr|heart ?rate|heart|pulse|puls|tachy\w*|brady\w*"
_BREATHS = r"rr|resps?|resp(?:iratory)? rate|breathing|breaths"
_SUGAR = r"gluc(?:ose)?|bsl|cbg|(?:blood )?sugars?"
_COUNT = r"plts?|platelets?|thrombos|plaquetas"
_END_PERCENT = _NOT_PART + r"(?!\s*(?:%\s*of\b|/|[-+]\s*\d|to\s+\d|l(?:it\w+)?\b))"

_LIMITS: tuple[_Limit, ...] = (
    # NICE NG151 (neutropenic sepsis): above 38 °C; NEWS2 2017: 39.1 and above, 35.0
    # and below. 38 itself is the line in every definition of fever, so it is left out.
    _limit("fever", _TEMP + "|t", (38.1, 43)),
    _limit("high-fever", _TEMP, (39.1, 43)),
    _limit("high-fever", _TEMP, (102.4, 110)),  # °F
    _limit("low-temperature", r"temp(?:erature)?|tmp", (28, 35.0)),
    _shown("fever", rf"(?<![\w.,<>≥≤/-])NUMBER\s*{_DEGREES}", (38.1, 43)),
    _shown("high-fever", rf"(?<![\w.,<>≥≤/-])NUMBER\s*{_DEGREES}", (39.1, 43)),
    _shown("fever", r"(?<![\w.,<>≥≤/-])NUMBER\s*(?:°\s*)?f\b", (100.6, 110)),  # 38.1 °C
    _shown("high-fever", r"(?<![\w.,<>≥≤/-])NUMBER\s*(?:°\s*)?f\b", (102.4, 110)),
    _shown("fever", r"(?<![\w.,<>≥≤/-])NUMBER (?:fever|fieber|temp)\b", (38.1, 43)),
    _shown(
        "fever", rf"(?<![\w.,<>≥≤/$£€-])(?=\d\d[.,]\d(?!\d))NUMBER{_EXACT}", (38.1, 42)
    ),
    # NEWS2 2017: systolic 90 mmHg or less, 220 or more; a child's fifth centile from
    # ten years is 90 too (PALS 2020). Mean: below 65 (Surviving Sepsis Campaign 2021).
    _limit("low-pressure", r"sys(?:tolic)?|sbp|bp|tensi[oó]n|blutdruck", (30, 90)),
    _limit("low-pressure", r"map|mean(?: arterial)? pressure|mean bp", (20, 64)),
    _shown(
        "low-pressure", r"(?<![\w./-])NUMBER\s*(?:mmhg\s*)?sys(?:tolic)?\b", (30, 90)
    ),
    _shown("low-pressure", r"(?<![\w./-])NUMBER (?:mean|map)\b", (20, 64)),
    _shown("high-pressure", r"(?<![\w./-])NUMBER\s*/\s*1\d\d\b", (220, 300)),
    # NEWS2 2017, scale 1: 91 % or less.
    _limit("low-oxygen", _SATS, (30, 91), end=_END_PERCENT),
    _shown(
        "low-oxygen", r"(?<![\w./-])NUMBER\s*%?\s*(?:sats?|spo2|saturat\w+)\b", (30, 91)
    ),
    _shown(
        "low-oxygen", r"(?<![\w./-])NUMBER\s*%?\s*(?:on|in)\s+(?:room )?air\b", (30, 91)
    ),
    # NEWS2 2017: 131 a minute or more, 40 or less.
    _limit("fast-heart", _PULSE, (131, 320), end=_OFTEN),
    _limit("slow-heart", _PULSE, (15, 40), end=_EXACT),
    # NEWS2 2017: 25 a minute or more, 8 or less.
    _limit("fast-breathing", _BREATHS, (25, 120), end=_OFTEN + r"(?!\s*[/%])"),
    _limit(
        "slow-breathing", r"resps?|resp(?:iratory)? rate|breathing", (1, 8), end=_OFTEN
    ),
    # NICE NG232 (head injury): 12 or less, scan within the hour; 3 is the least.
    _limit(
        "low-consciousness", r"gcs", (3, 12), end=_NOT_PART + r"(?!\s*(?:-|to)\s*\d)"
    ),
    # Lee 2019 (ASTCT): an ICE score of 0 to 2 is grade 3; only where it has dropped.
    _shown("low-consciousness", r"\bice\b[^.?]{0,20}\b(?:now|to) NUMBER\b", (0, 2)),
    _shown("low-consciousness", r"\bice\b\D{0,9}NUMBER (?:now|and|today)\b", (0, 2)),
    # NICE NG253 (sepsis): capillary refill of 3 seconds or more.
    _limit(
        "slow-refill", r"cap(?:illary)? refill(?: time)?|crt", (3, 20), end=_NOT_PART
    ),
    # Surviving Sepsis Campaign 2018, hour-1 bundle: 4 mmol/L or more.
    _limit("high-lactate", r"lactate|lac|lact", (4, 35)),
    # Resuscitation Council UK 2021: 6.5 mmol/L or more; below 2.5 is severe.
    _limit("high-potassium", r"k\+?|pot+as+ium", (6.5, 12)),
    _limit("low-potassium", r"k\+?|pot+as+ium", (1, 2.5)),
    # European guideline 2014: below 125 mmol/L is profound; CTCAE 5: above 160, grade 4.
    _limit("low-sodium", r"na\+?|sodium", (90, 124)),
    _limit("high-sodium", r"na\+?|sodium", (161, 200)),
    # International Hypoglycaemia Study Group 2017: below 3.0 mmol/L; JBDS 2022: from 30.
    _limit("low-glucose", _SUGAR, (0.3, 2.9)),
    _limit(
        "low-glucose", r"bm(?=\W+(?:\w+\W+){0,2}\d\.\d\b)", (0.5, 2.9)
    ),  # or bone marrow
    _limit("high-glucose", _SUGAR + r"|bm", (30, 80)),
    # WHO Pocket Book 2013: transfuse below 40 g/L, and to 60 where the child is ill.
    _limit("low-haemoglobin", r"hb|hgb|haemoglobin|hemoglobin", (15, 50)),
    _limit("low-haemoglobin", r"hb|hgb|haemoglobin|hemoglobin", (1.5, 5.0)),  # g/dL
    # BSH 2017: below 10 x 10^9/L platelets are given to all who have a failing marrow.
    _limit("low-platelets", _COUNT, (0, 9)),
    _limit("low-platelets", _COUNT, (1000, 9999)),
    # Surviving Sepsis Campaign 2021: bicarbonate is considered at a pH of 7.2 or less.
    _limit("acidosis", r"ph", (6.5, 7.2)),
    # Allen 2008: above 10,000 µg/L marks haemophagocytosis in children.
    _limit("high-ferritin", r"ferritin(?:'s)?", (10001, 999999)),
    # ELN 2022: above 100 x 10^9/L, hyperleucocytosis. BSH 2011: an INR above 8.
    _limit("high-white-count", r"wcc|wbc|white (?:cell )?count", (101, 990)),
    _limit("high-inr", r"inr", (8.1, 30)),
    # KDIGO 2012: below 0.5 mL/kg an hour.
    _limit("low-urine", r"urine output|urine|uop|uo", (0, 0.49), end=_NOT_PART),
    # BIMDG 2018: above 200 µmol/L is an emergency; CTCAE 5: QTc above 500 ms, grade 3.
    _limit("high-ammonia", r"ammonia|nh3", (201, 3000)),
    _limit("long-qt", r"qtc?(?: interval)?", (501, 800)),
    # CTCAE 5: fibrinogen below 0.5 g/L, grade 4. ILAE 2015: five minutes is status.
    _limit("low-fibrinogen", r"fibrinogen|fib", (0, 0.5)),
    _shown(
        "long-seizure",
        r"\b(?:fit|fitting|seiz\w+|convuls\w+|krampft?|drgawki)\b[^.?]{0,20}?\bNUMBER ?min",
        (5, 180),
    ),
)
_PRESSURE = re.compile(
    r"(?P<named>\b(?:bp|rr|pressure|tension|tensi[oó]n|ta|vitals)\b\W*(?:\w+\W+){0,2})?"
    r"(?<![\d/.,-])(?P<upper>\d{2,3})\s*(?:/|over)\s*(?P<lower>\d{2})"
    r"(?![\d/%]|[.,-]\d|\s*(?:of|patients|people|were|had|%)\b)"
)
_UPPER, _LOWER = (40, 90), (15, 60)  # mmHg, the NEWS2 limit and what can be measured
_FIGURE = re.compile(r"\d")
_WHOLE = 100  # what two shares come to
_RESPONDS = re.compile(
    r"\brespon(?:ds?|ding|sive) (?:only )?to (?:pain|voice)\b|\bavpu\W*(?:is |of )?[vpu]\b"
)
_NO_NEUTROPHILS = re.compile(
    r"\b(?:anc|neuts?|neutrophils?)\b\W*(?:(?:is|are|were|was|of|at|count)\W*){0,2}"
    r"(?:0(?:[.,][0-4]\d?)?(?![.,]?\d)|zero|nil|none)|\b(?:no|zero) neut"
)
_HOT = re.compile(r"\b(?:fever|febrile|temp|spik|shiver|shak|rigor|hot\b|burning)")
_SHORTENED = re.compile(
    r"[<>≥≤]\s*=?\s*\d[\d.,]*"
)  # a definition's limits are no value


def danger_signs(text: str) -> tuple[str, ...]:
    """The names of dangerous vital signs and values in a text, each once, sorted.

    Units are those of British wards: °C (or °F where written), mmHg, mmol/L, g/L.
    """
    lowered = _SHORTENED.sub(" ", text.lower())
    found = {*_beyond_limits(lowered), *_from_words(lowered)}
    if _NO_NEUTROPHILS.search(lowered) and ("fever" in found or _HOT.search(lowered)):
        found.add("neutropenic-fever")
    return tuple(sorted(found))


def _beyond_limits(text: str) -> Iterator[str]:
    limits = _LIMITS if _FIGURE.search(text) else ()  # every one holds a number
    for limit in limits:
        for hit in limit.pattern.finditer(text):
            if limit.low <= _value_of(hit) <= limit.high:
                yield limit.sign


def _from_words(text: str) -> Iterator[str]:
    if _RESPONDS.search(text):
        yield "low-consciousness"
    if any(_is_low(hit) for hit in _PRESSURE.finditer(text)):
        yield "low-pressure"


def _is_low(hit: re.Match[str]) -> bool:
    upper, lower = int(hit["upper"]), int(hit["lower"])
    possible = _UPPER[0] <= upper <= _UPPER[1] and _LOWER[0] <= lower <= _LOWER[1]
    shares = not hit["named"] and upper + lower == _WHOLE  # "is 64/36 the split"
    return possible and lower < upper and not shares


def _value_of(hit: re.Match[str]) -> float:
    written = hit["value"]
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", written):
        value = float(written.replace(",", ""))
    else:
        value = float(written.replace(",", "."))
    return value * 1000 if hit["kilo"] else value
