"""Tells what a message says already from what it asks beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


_OPENING = (
    r"(?:how|what|whats|when|who|whom|whose|which|where|why|did|does|do|was|were|is|are"
    r"|has|have|had|can|could|any|anyone|anybody|anything)\b"
)
_NODS = ("ok", "okay", "fine", "noted", "got it", "understood", "sure", "known")
_BREAK = re.compile(  # where one clause ends and the next begins
    r"(?<=[?!])\s+|(?<=[.;:])\s+|\n+|\s*[()]\s*|\s+-\s+"
    rf"|,\s+(?=(?:(?:but|so|and|then|yet|though)\s+)?(?:{_OPENING}|i'?m\b|i'?d\b|i\s))"
    r"|,?\s+(?=but\b)|,\s+(?=(?:given|assuming|considering|leaving)\b)"
    r"|(?<=\bright),\s+|(?<=\byes),\s+|(?<=\bgood),\s+|"
    + "|".join(rf"(?<=\b{nod}),?\s+" for nod in _NODS),
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?:(?:but|so|and|then|yet|though|ok|okay|fine|right|well|now|also|still|just|please"
    r"|pls|sorry|hi|hello|quick one|actually|besides that)\b[\s,:]*)+",
    re.IGNORECASE,
)
_OPENS = re.compile(_OPENING, re.IGNORECASE)
_WISHES = re.compile(  # asks without being a question
    r"\b(?:need|want|wanted|looking for|give me|tell me|asks? (?:for|about|if|whether)"
    r"|asking|my question|missing|interested in|wondering|curious|any idea|i'd like"
    r"|would like|please|pls|plz)\b",
    re.IGNORECASE,
)
_CONCEDES = re.compile(  # says that something is known
    r"\b(?:(?:i|we|they|she|he) (?:already )?(?:know|get|got|have|has|had|see|saw|read"
    r"|heard|understand|knows)\b|(?:i|we)'(?:m aware|ve (?:got|seen|read|heard|had))"
    r"|aware|knows?|gather|presumably|fine|ok|okay|got it|noted|understood|sure|settled"
    r"|known|covered|granted|thanks|clear|tick off|yes|agreed|good)\b",
    re.IGNORECASE,
)
_WAIVES = re.compile(  # sets something aside
    r"\b(?:not (?:the|that|those|this|just|only|looking|interested|asking)|(?:do|does)"
    r"(?:n't| not) (?:need|want|care|mean)|dont (?:need|want|care|mean)|no need"
    r"|rather than|instead of|apart from|besides|other than|aside from|except for|beyond"
    r"|given that|assuming|considering|leaving (?:out|aside))\b",
    re.IGNORECASE,
)
_STATES = re.compile(  # has a verb in it that states something
    r"\b(?:is|are|was|were|be|been|did|has|have|had|says?|said|got|came|died|gave|began|went"
    r"|puts?|paid|pays|writes|wrote|took|found|made|told|shows?|showed|mentions?|started|treated"
    r"|reported|listed|happened|occurred|reads?|gives?|means|calls?|talks?|wants|needs)\b"
    r"|'(?:s|re|ve)\b|^(?:it|they|he|she|we|i|you|there) \w+",
    re.IGNORECASE,
)
_CASE = re.compile(  # begins with the case that is asked about
    r"(?:if|when|once|after|before|while|since)\b", re.IGNORECASE
)
_SCENE = re.compile(  # begins with where or among whom
    r"(?:of|for|in|among|amongst|from|with|at|by|on|during|within|between|to)\b",
    re.IGNORECASE,
)
_CHECKS = re.compile(  # what is told is what is asked about
    r"^(?:true|correct|right|really|safe to|fair|can you confirm|which way round)\b"
    r"|\b(?:is|was) (?:that|this|it) (?:so|right|true|correct|fair|safe|ok|the whole)\b"
    r"|\b(?:do|does|did) (?:that|this|it|they|those) (?:stand|hold|count|fit|agree)\b"
    r"|\bwhat(?: exactly)? (?:is|was|are|were|does|did|do) (?:it|that|they|this|those)\b"
    r"(?! (?:come|turn|in|among|for|at|by|like)\b)|\bwhich (?:way round|is it|one is it)\b"
    r"|^(?:\w+ ){0,4}(?:slip|mistake|typo|wrong|accurate|reliable)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"^((?:besides|apart from|other than|aside from|instead of|beyond|not)\b[^,.?!]*,)\s+",
    re.IGNORECASE,
)
_RESULT = re.compile(r"\d\s?%|\b\d+\s?(?:of|out of|/)\s?\d+\b|\d\.\d")
_FIGURE = re.compile(r"\d")

# Tried on messages that two askers wrote to this end, and on nine exams beside.
_FEWEST = 2  # words of something told; "Hi." tells nothing
_NOD = 3  # words: "I know that", "got it", "fine"
_SENTENCE = 4  # words; a shorter one without a verb or figure may be a thing asked for


@dataclass(frozen=True, slots=True)
class Said:
    """What a message tells first, and what it asks beside that."""

    told: str
    asked: str


def said_in(text: str) -> Said | None:
    """What a message tells and what it asks; None where it only asks, or only tells."""
    told, asked, scene = list[str](), list[str](), list[str]()
    for clause in _clauses(text):
        scene.append(clause)
        if _sets_scene(clause):
            continue  # "of the nine" belongs to what is asked of them
        (told if _is_told(clause) else asked).extend(scene)
        scene = []
    asked.extend(scene)
    wanted = any(map(_asks, asked)) or (asked and any(map(_WAIVES.search, told)))
    if not wanted or not any(len(one.split()) >= _FEWEST for one in told):
        return None
    said = Said(_together(told), _together(asked))
    return None if _CHECKS.search(said.asked) else said


def _together(clauses: Iterable[str]) -> str:
    """Clauses as one text, apart from each other as they were."""
    ended = (c if c.rstrip()[-1] in ".,;:?!" else f"{c}," for c in clauses)
    return " ".join(ended).rstrip(",")


def _clauses(text: str) -> Iterator[str]:
    """The clauses of a message; a nod ("single arm, I know") stays with what it grants."""
    last = ""
    for one in _BREAK.split(text):
        for clause in filter(str.strip, _after_beside(one)):
            if last and _is_nod(clause) and not _asks(last):
                last = f"{last}, {clause}"
                continue
            yield from filter(None, (last,))
            last = clause
    yield from filter(None, (last,))


def _after_beside(clause: str) -> tuple[str, ...]:
    """What a clause sets aside first ("besides the dose, …"), and the rest of it."""
    found = _BESIDE.match(clause)
    return (clause,) if found is None else (found[1], clause[found.end() :])


def _sets_scene(clause: str) -> bool:
    """Whether it says of what, where or in which case, and tells nothing by itself."""
    start = clause.strip()
    is_scene = _SCENE.match(start) is not None and not _STATES.search(start)
    return (is_scene or _CASE.match(start) is not None) and not _asks(clause)


def _is_nod(clause: str) -> bool:
    few = len(clause.split()) <= _NOD and not _asks(clause)
    return few and _CONCEDES.search(clause) is not None


def _is_told(clause: str) -> bool:
    """Whether a clause says what is known, or what is not wanted, and asks nothing."""
    if "?" in clause:
        return False
    if _WAIVES.search(clause):
        return True
    if _asks(clause):
        return False
    marks = (_CONCEDES, _STATES, _RESULT)
    return any(mark.search(clause) for mark in marks) or _is_sentence(clause)


def _is_sentence(clause: str) -> bool:
    """Whether it ends as a sentence does and is no list; "the dose." asks for it."""
    ends = clause.rstrip().endswith(".") and "," not in clause
    is_long = len(clause.split()) >= _SENTENCE and clause[:4].casefold() != "the "
    return ends and (is_long or _FIGURE.search(clause) is not None)


def _asks(clause: str) -> bool:
    return "?" in clause or _opens(clause) or _WISHES.search(clause) is not None


def _opens(clause: str) -> bool:
    """Whether a clause opens as a question does."""
    return _OPENS.match(_FILLER.sub("", clause.strip(), count=1)) is not None
