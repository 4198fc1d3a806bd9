"""Listens for what must be heard before any matching: danger, a patient, a report.

The words lie in the pack's vocabulary as concepts of the kinds `sign` (danger) and
`stance` (how somebody asks); the limits of vital signs lie in `vitals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.understanding.identifiers import redacted
from bot.understanding.reading import Part
from bot.understanding.vocabulary import Vocabulary


ADVICE = frozenset(
    {
        "stance-treat-question",
        "stance-would-you",
        "stance-hypothetical",
        "stance-eligible",
        "stance-prognosis",
        "stance-dose-sum",
        "stance-interpret",
        "stance-tell-family",
        "stance-everyday-life",
        "stance-authority",
        "stance-foreign-treat",
    }
)
REPORT = frozenset(
    {
        "stance-log-request",
        "stance-deviation",
        "stance-identifiers",
        "stance-foreign-report",
    }
)
PERSON = frozenset({"stance-own-patient", "stance-relay", "stance-foreign-person"})
HURRY = frozenset({"stance-urgent", "stance-waiting", "stance-foreign-urgent"})
CALM = frozenset({"stance-published"})
COURTESY = frozenset({"stance-thanks", "stance-smalltalk"})
_COUNTING = frozenset({"how-many", "define"})
_BODY = re.compile(  # "22 kg", "0.9 m2"; not "per kg", and nothing a dose is divided by
    r"(?<![/\w.,^])\d{1,3}(?:[.,]\d{1,2})?\s?(?:kg|kgs|kilos?|kilograms?|m2|m²|stone)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signals:
    """What was heard in a message, before it was matched to anything."""

    dangers: frozenset[str]  # signs of danger, in words or in numbers
    vitals: tuple[str, ...]  # those in numbers
    stances: frozenset[str]
    calm: bool  # asks for published figures, a count or a definition
    identified: bool  # somebody's personal details are handed over
    short: bool  # few words, and none about the pack's own subjects
    weighed: bool  # a body weight or surface: somebody is to be dosed

    @property
    def in_danger(self) -> bool:
        """Whether somebody may be in danger, by rule alone."""
        return bool(self.dangers) and not self.calm

    def marks(self) -> Mapping[str, float]:
        """The signals as numbers, for the weights that join them with the margins."""
        return {
            "hears_danger": float(bool(self.dangers)),
            "hears_vitals": float(bool(self.vitals)),
            "hears_advice": float(not self.stances.isdisjoint(ADVICE)),
            "hears_report": float(not self.stances.isdisjoint(REPORT)),
            "hears_person": float(not self.stances.isdisjoint(PERSON)),
            "hears_hurry": float(not self.stances.isdisjoint(HURRY)),
            "hears_calm": float(self.calm),
            "hears_body": float(self.weighed),
            "is_short": float(self.short),
        }


_FEW = 5  # words; so short are 26 % of the bank's emergencies, 12 % of the rest


def listen(part: Part, vocabulary: Vocabulary) -> Signals:
    """Hear the danger signs and the stances in a message."""
    heard = vocabulary.with_broader(part.concepts)
    kinds = {name: vocabulary.concepts[name].kind for name in heard}
    stances = frozenset(_of_kind(kinds, "stance"))
    subjects = kinds.keys() - stances - frozenset(_of_kind(kinds, "sign"))
    carrying = sum(word.carries for word in part.words)
    calm = not stances.isdisjoint(CALM) or not _COUNTING.isdisjoint(part.asks_for)
    return Signals(
        dangers=frozenset(_of_kind(kinds, "sign")) | frozenset(part.vitals),
        vitals=part.vitals,
        stances=stances,
        calm=calm,
        identified=bool(redacted(part.text, vocabulary.public_names).found),
        short=carrying <= _FEW and not subjects,
        weighed=_BODY.search(part.text) is not None,
    )


def _of_kind(kinds: Mapping[str, str], kind: str) -> Iterable[str]:
    return (name for name, own in kinds.items() if own == kind)
