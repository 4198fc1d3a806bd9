from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.answering.decide import BOUNDARIES, Judge, Thresholds
from bot.answering.matches import Found, Matches
from bot.answering.reply import (
    Answer,
    Boundary,
    BoundaryReply,
    Clarify,
    NotReported,
    OutOfScope,
    Reply,
)
from bot.knowledge.load import Entry, Knowledge
from bot.understanding.boundaries import Signals
from tests.make import (
    make_conflict,
    make_fact,
    make_gap,
    make_match,
    make_matches,
    make_signals,
    with_entries,
)


QUIET = make_signals()
SURE, UNSURE, HALF = 0.95, 0.3, 0.45

WALKS, NAPS, OTHER = make_fact("walks"), make_gap("naps"), make_fact("talks")
FAR = make_fact("far")


@pytest.fixture(scope="module")
def judge(tiny: Knowledge) -> Judge:
    return Judge(tiny, Thresholds())


def reply_to(judge: Judge, *matches: Any, **labels: float) -> Reply:
    return judge.reply(make_matches(*matches, labels=labels))


def replies(
    judge: Judge,
    whole: Matches,
    parts: Sequence[Matches],
    signals: Signals = QUIET,
) -> tuple[Reply, ...]:
    return judge.replies(Found(whole, tuple(parts)), signals)


def sure_of(trust: float) -> Matches:
    return make_matches(make_match(WALKS, trust))


def sure(*entries: Any) -> Matches:
    return make_matches(*(make_match(entry, SURE) for entry in entries))


@pytest.mark.parametrize(
    ("trust", "after"),
    [
        pytest.param(SURE, (OTHER,), id="what follows from a sure one"),
        pytest.param(0.7, (NAPS, OTHER), id="what may be meant instead of another"),
    ],
)
def test_a_trusted_fact_is_the_answer_and_more_is_offered(
    tiny: Knowledge, trust: float, after: tuple[Entry, ...]
) -> None:
    walks = make_fact("walks", related=("talks",))
    judge = Judge(with_entries(tiny, walks, OTHER), Thresholds())
    rest = [make_match(entry, UNSURE) for entry in (NAPS, FAR)]

    reply = reply_to(judge, make_match(walks, trust), *rest)

    assert reply == Answer((walks,), after)


def test_a_sure_gap_is_followed_by_what_follows_from_the_nearest_fact(
    tiny: Knowledge,
) -> None:
    walks = make_fact("walks", related=("talks", "far"))
    naps = make_gap("naps", nearest=("walks",))
    judge = Judge(with_entries(tiny, walks, OTHER, FAR, naps), Thresholds())
    rest = [make_match(entry, UNSURE) for entry in (WALKS, FAR)]
    foreign = make_match(make_fact("else"), UNSURE, coverage=0.0)

    reply = reply_to(judge, make_match(naps, SURE), foreign, *rest)

    assert reply == NotReported(
        naps, (), (walks,), (FAR, OTHER, FAR)
    )  # each once, later


def test_a_trusted_conflict_is_an_answer_too(judge: Judge, tiny: Knowledge) -> None:
    conflict = make_conflict(facts=("eye-strain",))

    reply = reply_to(judge, make_match(conflict, SURE))

    assert reply == Answer((conflict,), (tiny.facts["eye-strain"],))


def test_two_facts_that_are_trusted_only_together_are_both_told(judge: Judge) -> None:
    reply = reply_to(judge, make_match(WALKS, HALF), make_match(OTHER, HALF))

    assert reply == Answer((WALKS, OTHER))


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([], id="alone"),
        pytest.param([make_match(OTHER, 0.1)], id="beside a fact trusted still less"),
        pytest.param([make_match(NAPS, HALF)], id="beside a gap"),
        pytest.param(
            [make_match(OTHER, HALF, uncovered=("children",))],
            id="beside a fact about others",
        ),
    ],
)
def test_a_fact_that_is_not_trusted_enough_is_only_suggested(
    judge: Judge, others: list[Any]
) -> None:
    reply = reply_to(judge, make_match(WALKS, HALF), *others)

    assert reply == Clarify((WALKS, *(match.entry for match in others)))


def test_at_most_three_are_suggested(judge: Judge) -> None:
    matches = [make_match(make_fact(f"f{i}"), 0.1) for i in range(5)]

    reply = reply_to(judge, *matches)

    assert isinstance(reply, Clarify)
    assert len(reply.choices) == 3


def test_a_gap_is_said_with_the_nearest_fact(judge: Judge, tiny: Knowledge) -> None:
    reply = reply_to(judge, make_match(NAPS, HALF), make_match(OTHER, UNSURE))

    assert reply == NotReported(NAPS, (), (tiny.facts["eye-strain"],), (OTHER,))


def test_a_gap_that_is_hardly_trusted_is_only_suggested(judge: Judge) -> None:
    assert reply_to(judge, make_match(NAPS, 0.1)) == Clarify((NAPS,))


def test_a_gap_near_a_gap_is_no_nearest_fact(tiny: Knowledge) -> None:
    near_a_gap = make_gap("naps", nearest=["sleep", "eye-strain"])

    reply = Judge(tiny, Thresholds()).reply(sure(near_a_gap))

    assert isinstance(reply, NotReported)
    assert [entry.id for entry in reply.nearest] == ["eye-strain"]


def test_a_qualifier_that_a_fact_does_not_cover_forbids_the_answer(
    judge: Judge,
) -> None:
    best = make_match(WALKS, SURE, uncovered=("children",))

    reply = reply_to(judge, best, make_match(OTHER, UNSURE))

    assert reply == NotReported(None, ("children",), (WALKS,), (OTHER,))


def test_a_gap_that_covers_the_qualifier_says_it_better(judge: Judge) -> None:
    best = make_match(WALKS, SURE, uncovered=("children",))
    blind = make_match(make_gap("blind"), HALF, uncovered=("children",))

    reply = reply_to(judge, best, blind, make_match(NAPS, HALF))

    assert isinstance(reply, NotReported)
    assert reply.gap == NAPS


def test_a_gap_far_down_is_about_something_else(judge: Judge) -> None:
    best = make_match(WALKS, SURE, uncovered=("children",))
    between = [make_match(make_fact(f"f{i}"), UNSURE) for i in range(4)]

    reply = reply_to(judge, best, *between, make_match(NAPS, UNSURE))

    assert isinstance(reply, NotReported)
    assert reply.gap is None


@pytest.mark.parametrize(
    ("labels", "reply"),
    [
        pytest.param({"outside": 0.5}, OutOfScope(), id="outside"),
        pytest.param({"clarify": 0.5}, Clarify((WALKS,)), id="a plea for clarity"),
        pytest.param(
            {"outside": -0.5, "clarify": -0.5}, Answer((WALKS,)), id="neither"
        ),
    ],
)
def test_the_second_key_may_find_something_else_more_likely(
    judge: Judge, labels: dict[str, float], reply: Reply
) -> None:
    assert reply_to(judge, make_match(WALKS, SURE, margin=0.0), **labels) == reply


def test_outside_must_be_likely_in_itself(judge: Judge) -> None:
    unlikely = make_match(WALKS, SURE, margin=-1.2)

    assert reply_to(judge, unlikely, outside=-1.0) == Answer((WALKS,))
    assert reply_to(judge, unlikely, outside=-0.5) == OutOfScope()


def test_without_any_match_the_message_is_about_something_else(judge: Judge) -> None:
    assert reply_to(judge) == OutOfScope()


BOUNDARY_SIGNALS = {
    "emergency": make_signals(dangers=frozenset({"sign-fall"})),
    "report": make_signals(stances=frozenset({"stance-log-request"})),
    "patient_advice": make_signals(stances=frozenset({"stance-would-you"})),
}


@pytest.mark.parametrize(("boundary", "signals"), BOUNDARY_SIGNALS.items())
def test_a_boundary_alone_decides_the_message(
    judge: Judge, boundary: Any, signals: Signals
) -> None:
    whole = make_matches(make_match(WALKS, HALF))

    given = replies(judge, whole, [sure(WALKS), sure(OTHER)], signals)

    assert given == (BoundaryReply(boundary),)


def test_personal_details_make_a_message_a_report_unless_there_is_danger(
    judge: Judge,
) -> None:
    named = make_signals(identified=True)
    danger = make_signals(identified=True, dangers=frozenset({"sign-fall"}))

    assert judge.boundary(sure_of(0.99), named) == BoundaryReply("report")
    assert judge.boundary(sure_of(0.5), danger) == BoundaryReply("emergency")


def test_the_most_urgent_boundary_comes_first(judge: Judge) -> None:
    stances = frozenset({"stance-log-request", "stance-would-you"})
    danger = make_signals(dangers=frozenset({"sign-fall"}), stances=stances)

    assert judge.boundary(make_matches(), danger) == BoundaryReply("emergency")
    assert judge.boundary(
        make_matches(), make_signals(stances=stances)
    ) == BoundaryReply("report")


def test_who_asks_for_published_figures_is_in_no_danger(judge: Judge) -> None:
    calm = make_signals(dangers=frozenset({"sign-fall"}), calm=True)

    assert judge.boundary(make_matches(), calm) is None
    assert judge.boundary(make_matches(), QUIET) is None


def test_danger_is_heard_before_anything_is_weighed(tiny: Knowledge) -> None:
    deaf = Judge(tiny, Thresholds(), alarms={})
    danger = make_signals(dangers=frozenset({"sign-fall"}))

    assert deaf.boundary(sure_of(0.5), danger) == BoundaryReply("emergency")
    assert deaf.boundary(sure_of(0.99), danger) is None
    assert deaf.boundary(sure_of(0.5), make_signals(stances=frozenset({"a"}))) is None


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_the_second_key_is_weighed_with_what_was_heard(
    tiny: Knowledge, boundary: Boundary
) -> None:
    weights = {boundary: 4.0, "best_entry": -4.0, "outside": -4.0, "hears_hurry": 2.0}
    judge = Judge(tiny, Thresholds(), alarms={boundary: weights})

    def heard(margin: float, signals: Signals = QUIET) -> Reply | None:
        labels = {f"boundary:{boundary}": margin, "outside": -0.5}
        entry = make_match(WALKS, HALF, margin=0.5)
        return judge.boundary(make_matches(entry, labels=labels), signals)

    assert heard(0.5) == BoundaryReply(boundary)
    assert heard(-0.5) is None
    hurried = make_signals(stances=frozenset({"stance-urgent"}))
    assert heard(-0.25, hurried) == BoundaryReply(boundary)


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_each_boundary_has_a_threshold_of_its_own(
    tiny: Knowledge, boundary: Boundary
) -> None:
    alarms = {str(name): {"intercept": 0.5} for name in BOUNDARIES}  # chance 0.62
    never = {"emergency": 1.0, "report": 1.0, "advice": 1.0}
    own = {boundary.removeprefix("patient_"): 0.5}

    judge = Judge(tiny, Thresholds.of({**never, **own}), alarms)

    assert judge.boundary(make_matches(), QUIET) == BoundaryReply(boundary)


def test_each_trusted_part_has_its_own_reply(judge: Judge) -> None:
    whole = make_matches(make_match(WALKS, HALF))

    given = replies(judge, whole, [sure(WALKS), sure(OTHER), sure(NAPS)])

    assert [type(reply) for reply in given] == [Answer, Answer, NotReported]


def test_a_part_that_nobody_understands_does_not_stand_for_itself(judge: Judge) -> None:
    whole, weak = sure(WALKS), make_matches(make_match(OTHER, 0.2))

    assert replies(judge, whole, [sure(WALKS), weak]) == (Answer((WALKS,)),)
    assert replies(judge, whole, [sure(WALKS), make_matches()]) == (Answer((WALKS,)),)


def test_a_part_that_is_unclear_is_asked_about_beside_what_is_told(
    judge: Judge,
) -> None:
    unclear = make_matches(make_match(OTHER, UNSURE))

    told, asked = replies(judge, sure(WALKS), [sure(WALKS), unclear])

    assert told == Answer((WALKS,))
    assert asked == Clarify((OTHER,))


def test_a_part_about_what_is_told_is_not_asked_about(judge: Judge) -> None:
    same = make_matches(make_match(WALKS, UNSURE))

    assert replies(judge, sure(WALKS), [sure(WALKS), same]) == (Answer((WALKS,)),)


def test_one_part_that_is_sure_of_something_else_does_not_outvote_the_whole(
    judge: Judge,
) -> None:
    whole = make_matches(make_match(WALKS, 0.7))

    assert replies(judge, whole, [sure(OTHER)]) == (Answer((WALKS,)),)


def test_what_is_asked_after_something_told_decides_where_it_is_clearer(
    judge: Judge,
) -> None:
    found = Found(make_matches(make_match(OTHER, UNSURE)), asked=sure(WALKS))

    assert judge.replies(found, QUIET) == (Answer((WALKS,)),)


def test_a_threshold_that_is_just_reached_is_reached(judge: Judge) -> None:
    at = Thresholds()
    parts = [make_matches(make_match(entry, at.part)) for entry in (WALKS, OTHER)]

    assert len(replies(judge, make_matches(make_match(FAR, HALF)), parts)) == 2
    assert isinstance(reply_to(judge, make_match(NAPS, at.gap)), NotReported)
    assert reply_to(judge, make_match(WALKS, at.answer)) == Answer((WALKS,))


def test_parts_that_ask_the_same_have_one_reply(judge: Judge) -> None:
    assert replies(judge, sure(WALKS), [sure(WALKS), sure(WALKS)]) == (
        Answer((WALKS,)),
    )


def test_a_part_that_is_about_something_else_is_left_out(judge: Judge) -> None:
    outside = make_matches(make_match(FAR, SURE, margin=-1.0), labels={"outside": 0.5})

    given = replies(judge, sure(WALKS), [sure(WALKS), outside, sure(OTHER)])

    assert given == (Answer((WALKS,)), Answer((OTHER,)))


def test_a_message_trusted_as_a_whole_asks_one_thing(judge: Judge) -> None:
    parts = [sure(OTHER), sure(FAR)]

    assert replies(judge, sure(WALKS), parts) == (Answer((WALKS,)),)
    assert len(replies(judge, sure(OTHER), parts)) == 2


def test_parts_are_trusted_less_easily_where_the_whole_is_a_gap(judge: Judge) -> None:
    likely = [make_matches(make_match(entry, 0.7)) for entry in (WALKS, OTHER)]
    fact, gap = (make_matches(make_match(entry, HALF)) for entry in (FAR, NAPS))

    assert len(replies(judge, fact, likely)) == 2
    assert len(replies(judge, gap, likely)) == 1
    assert len(replies(judge, gap, [sure(WALKS), sure(OTHER)])) == 2


def test_qualifiers_that_nobody_covers_are_told_apart(judge: Judge) -> None:
    whole = make_matches(make_match(FAR, HALF))
    children, adults = (
        make_matches(make_match(WALKS, SURE, uncovered=(name,)))
        for name in ("children", "adults")
    )

    assert len(replies(judge, whole, [children, adults])) == 2
    assert len(replies(judge, whole, [children, children])) == 1


def test_a_whole_that_needs_a_choice_leaves_the_floor_to_its_parts(
    judge: Judge,
) -> None:
    whole = make_matches(make_match(FAR, HALF), labels={"clarify": 0.5})

    assert len(replies(judge, whole, [sure(WALKS), sure(OTHER)])) == 2


def test_thresholds_come_from_a_card_and_keep_their_defaults() -> None:
    chosen = Thresholds.of({"answer": 0.9, "unheard-of": 1.0})

    assert chosen == Thresholds(answer=0.9)


@pytest.mark.parametrize(
    ("outside", "expected"), [(0.7, None), (0.5, BoundaryReply("emergency"))]
)
def test_alarming_words_about_something_plainly_else_are_no_alarm(
    judge: Judge, outside: float, expected: BoundaryReply | None
) -> None:
    labels = {f"boundary:{one}": 0.0 for one in BOUNDARIES} | {"outside": outside}
    matches = make_matches(make_match(FAR, UNSURE), labels=labels)
    signals = make_signals(dangers=frozenset({"sign-fever"}))

    assert judge.boundary(matches, signals) == expected


def test_whose_details_are_given_is_heard_whatever_it_is_about(judge: Judge) -> None:
    labels = {f"boundary:{one}": 0.0 for one in BOUNDARIES} | {"outside": 2.0}
    matches = make_matches(make_match(FAR, UNSURE), labels=labels)

    assert judge.boundary(matches, make_signals(identified=True)) == BoundaryReply(
        "report"
    )
