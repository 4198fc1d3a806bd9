from __future__ import annotations

import pytest

from bot.answering.composition import Decision
from bot.cli.bars import MOST_BARS, Bar, bars_of
from bot.figures.axis import CELLS
from bot.knowledge.load import Knowledge
from bot.knowledge.values import Count, Item, Items
from tests.make import make_composition


@pytest.mark.parametrize(
    ("k", "drawn"),
    [
        (0, "0% ●──────────┤····························· 100%"),
        (7, "0% ············├────────────●──────────┤···· 100%"),
        (11, "0% ·····························├──────────● 100%"),
    ],
)
def test_the_dot_and_the_ends_stand_at_their_percentages(k: int, drawn: str) -> None:
    bar = Bar("people", Count(kind="count", k=k, n=11, of="people"))

    assert bar.drawn() == drawn
    assert len(bar.drawn()) == CELLS + len("0%  100%")


@pytest.mark.parametrize("decision", ["not_reported", "clarify", "emergency"])
def test_only_answers_are_drawn(tiny: Knowledge, decision: Decision) -> None:
    composition = make_composition(decision=decision, facts=("eye-strain",))

    assert bars_of(composition, tiny) == ()


def test_the_same_count_is_drawn_once(tiny: Knowledge) -> None:
    composition = make_composition(
        facts=("eye-strain", "eye-strain", "lamp-brightness")
    )

    assert [bar.told() for bar in bars_of(composition, tiny)] == ["3 of 20: eye strain"]


def test_of_a_list_the_first_counts_are_drawn_and_two_people_never_are(
    tiny: Knowledge,
) -> None:
    counts = [Count(kind="count", k=1, n=2, of="people")] + [
        Count(kind="count", k=k, n=9, of="people") for k in range(9)
    ]
    items = tuple(Item(name=f"line {c.k}", value=c) for c in counts)
    value = Items(kind="list", items=(Item(name="no count"), *items))
    many = tiny.facts["eye-strain"].model_copy(update={"value": value})
    knowledge = Knowledge(
        **{**vars(tiny), "facts": {**tiny.facts, "eye-strain": many}},
    )

    bars = bars_of(make_composition(facts=("eye-strain",)), knowledge)

    assert len(bars) == MOST_BARS
    assert bars[0].told() == "0 of 9: line 0"
