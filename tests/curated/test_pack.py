"""The pack that we serve: it loads, keeps every rule, and every entry can be told."""

from __future__ import annotations

import re
from typing import TypeAlias

import pytest

from bot.answering.composition import Composition
from bot.answering.desk import Desk
from bot.answering.wording import brief_of
from bot.figures.lint import PICTURE_RULES
from bot.knowledge.check import check
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.knowledge.rules import RULES
from bot.understanding.collisions import synonym_claimed_twice
from bot.understanding.question import Question
from bot.understanding.second_key import SecondKey
from tests.conftest import REAL


FOLD_WORDS = 120  # ANSWERS: what is seen without opening anything

Told: TypeAlias = dict[str, Composition]


@pytest.fixture(scope="module")
def told(real: Knowledge) -> Told:
    """What a tap on each entry would show."""
    desk = Desk(real)
    return {entry.id: desk.tell(entry.id) for entry in real.entries()}


def test_the_pack_keeps_every_rule() -> None:
    problems = check(REAL, [*RULES, *PICTURE_RULES, synonym_claimed_twice])

    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize(
    ("kind", "least"),
    [("gaps", 50), ("conflicts", 21), ("facts", 100), ("sources", 40), ("figures", 30)],
)
def test_the_pack_holds_what_was_asked_of_it(
    real: Knowledge, kind: str, least: int
) -> None:
    assert len(getattr(real, kind)) >= least


def test_every_boundary_has_its_words(real: Knowledge) -> None:
    assert real.boundaries.keys() == {"emergency", "patient-advice", "report"}


def test_the_status_is_from_a_source_that_is_listed(real: Knowledge) -> None:
    assert real.trial.status.source in real.sources


def test_harms_are_facts(real: Knowledge) -> None:
    paired = {fact.pair_with for fact in real.facts.values() if fact.pair_with}

    assert paired <= real.facts.keys()


def test_rules_for_shared_words_name_concepts(real: Knowledge) -> None:
    named = {rule.means for rule in real.shared}
    named |= {name for rule in real.shared for name in rule.unless_with}
    named |= {name for rule in real.shared for name in rule.unless_with.values()}

    assert named <= real.concepts.keys()


def test_every_entry_fits_above_the_fold(told: Told) -> None:
    words = {name: len(reply.answer.split()) for name, reply in told.items()}

    assert {name: n for name, n in words.items() if not 0 < n <= FOLD_WORDS} == {}


def test_nothing_is_left_to_fill_in(told: Told) -> None:
    assert [name for name, reply in told.items() if re.search("[{}]", reply.text)] == []


def test_every_fact_carries_the_marks_of_its_sources(
    told: Told, real: Knowledge
) -> None:
    marks = {name: _marks(fact) for name, fact in real.facts.items()}

    assert [name for name in marks if marks[name] not in told[name].answer] == []


def test_every_source_of_a_fact_is_listed_first(told: Told, real: Knowledge) -> None:
    for name, fact in real.facts.items():
        works = dict.fromkeys(one.source for one in fact.sources)
        listed = [one.source for one in told[name].citations]

        assert listed[: len(works)] == list(works), name


def test_every_fact_is_told_word_for_word(told: Told, real: Knowledge) -> None:
    for name, fact in real.facts.items():
        said = re.sub(r"(?:\[\d+\])+", "", told[name].answer).split()
        brief = iter(said)

        assert all(word in brief for word in brief_of(fact).split()), name


def test_every_benefit_is_told_with_its_harms(told: Told, real: Knowledge) -> None:
    pairs = {n: f.pair_with for n, f in real.facts.items() if f.pair_with}
    harms = {name: brief_of(real.facts[pair]) for name, pair in pairs.items()}

    assert [name for name in pairs if harms[name] not in told[name].answer] == []


def test_every_gap_has_a_fact_near_it(told: Told, real: Knowledge) -> None:
    for name, gap in real.gaps.items():
        nearest = [real.entry(near) for near in gap.nearest]

        assert any(isinstance(entry, Fact) for entry in nearest), name
        assert "\nNearest: " in told[name].answer, name
        assert told[name].gap == gap.number, name


def test_every_conflict_cites_somebody(told: Told, real: Knowledge) -> None:
    assert [name for name in real.conflicts if "[1]" not in told[name].answer] == []


def test_the_examples_are_answered(real_desk: Desk, real: Knowledge) -> None:
    decisions = {
        text: real_desk.reply_to(Question.of(text)).decision
        for text in real.trial.examples
    }

    assert set(decisions.values()) == {"answered"}, decisions


def test_the_second_key_knows_no_entry_that_is_gone(real: Knowledge) -> None:
    key = SecondKey.load(REAL)
    assert key is not None
    entries = {entry.id for entry in real.entries()}

    others = set(key.card.labels) - entries

    assert {one for one in others if not one.startswith("boundary:")} <= {
        "outside",
        "clarify",
    }


def _marks(fact: Fact) -> str:
    works = dict.fromkeys(one.source for one in fact.sources)
    return "".join(f"[{number}]" for number, _ in enumerate(works, start=1))


@pytest.mark.parametrize("said", ["thanks", "ok thank you!", "hello", "good morning"])
def test_who_is_polite_is_greeted_and_asked_nothing(
    real_desk: Desk, real: Knowledge, said: str
) -> None:
    for thread in ((), ("how many had CRS?",)):
        reply = real_desk.reply_to(Question.of(said, thread))

        assert reply.answer.startswith(real.trial.greeting)


def test_who_thanks_and_asks_is_answered(real_desk: Desk) -> None:
    assert real_desk.reply_to(Question.of("thanks, and the sponsor?")).facts
