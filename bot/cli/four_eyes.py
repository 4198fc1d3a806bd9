"""Drafts and verifies for the commands: one person writes, another one accepts."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.curation.drafting import Refused, drafted, unfit
from bot.curation.editing import Edits, closed_whole, with_draft, with_fact
from bot.curation.fields import ASKED, OPTIONAL, Fields
from bot.curation.patching import apply, offer_branch, patch_of, tried, write
from bot.curation.verifying import verified
from bot.errors import CurationError
from bot.knowledge.load import Knowledge, load
from bot.knowledge.model import Fact
from bot.wiring import calendar, settings_here


@dataclass(frozen=True, slots=True)
class Offer:
    """Where a draft goes: a file, a branch, the pack here, or the terminal."""

    output: Path | None
    branch: str
    into_pack: bool


def offer(fields: Fields, where: Offer) -> None:
    """Draft a fact and put it where it was asked for; CurationError if it is none."""
    pack = _pack()
    knowledge = load(pack)
    outcome = drafted(fields, knowledge, _today())
    if isinstance(outcome, Refused):
        raise CurationError("; ".join(outcome.reasons))
    edits = with_draft(outcome.draft, outcome.topic, knowledge)
    _try(edits, pack)
    name, patch = outcome.draft.id, patch_of(edits, pack)
    if where.branch:
        remote = offer_branch(patch, where.branch, f"Draft: {name}", pack)
        sys.stderr.write(f"{name}: pushed to {remote}, branch {where.branch}\n")
    elif where.into_pack:
        write(edits, pack)
        sys.stderr.write(f"{name}: written into {pack}, for somebody else to verify\n")
    elif where.output is not None:
        where.output.write_text(patch, "utf-8")
        sys.stderr.write(f"{name}: saved in {where.output}, to send to a verifier\n")
    else:
        sys.stdout.write(patch)


def accept(name: str, by: str, patch: Path | None) -> str:
    """Make the draft a fact, its patch applied first; what to tell whoever did it."""
    pack = _pack()
    if patch is not None:
        apply(patch, pack)
    knowledge = load(pack)
    outcome = verified(name, by, knowledge, _today())
    if isinstance(outcome, Refused):
        raise CurationError("; ".join(outcome.reasons))
    edits = with_fact(outcome.fact, knowledge)
    _try(edits, pack)
    write(edits, pack)
    steps = _next_steps(outcome.fact, knowledge)
    return f"{outcome.fact.statement}\nverified by {by.strip()}; {steps}\n"


def asked() -> Fields:
    """The fields, asked for one by one; an answer that cannot be meant, again."""
    knowledge = load(_pack())
    said = {name: _answer(name, what, knowledge) for name, what in ASKED.items()}
    return Fields(**said)


def _answer(name: str, what: str, knowledge: Knowledge) -> str:
    while True:
        sys.stderr.write(f"{name} ({what})\n> ")  # the patch alone goes to stdout
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise CurationError(f"no more lines to read: {name} was not answered")
        typed = replace(Fields(), **{name: line.strip()})
        faults = list(unfit(typed, knowledge))
        for fault in faults:
            sys.stderr.write(f"{fault.says}\n")
        if not faults and (line.strip() or name in OPTIONAL):
            return line.strip()


def _try(edits: Edits, pack: Path) -> None:
    """Refuse a change that the check would refuse, before it is made."""
    problems = tried(edits, pack)
    if problems:
        raise CurationError(f"the check would object: {problems[0]}")


def _next_steps(fact: Fact, knowledge: Knowledge) -> str:
    gap = next(
        (g for g in knowledge.gaps.values() if g.number == fact.closes_gap), None
    )
    if gap is None:
        return "ask for it: becar7 ask"
    if closed_whole(fact, knowledge) is not None:
        return f"gap {gap.number} is taken out: the fact answers the same questions"
    place = knowledge.places["gaps", gap.id]
    return f"gap {gap.number} is still at {place}: take it out if this answers it whole"


def _pack() -> Path:
    return settings_here().knowledge_dir


def _today() -> date:
    return calendar(settings_here())()
