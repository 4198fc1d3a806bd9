from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answering.compose import Composer, followed_by, nearest_of, reply_about
from bot.answering.contacts import Contact, Contacts
from bot.answering.reply import (
    Answer,
    BoundaryReply,
    Clarify,
    NotReported,
    OutOfScope,
)
from bot.answering.wish import Wish
from bot.knowledge.load import Knowledge
from tests.make import make_conflict, make_fact, make_gap, with_entries


SOMEBODY = Contacts(
    emergency=Contact(says="the ward registrar", checked=date(2026, 11, 1)),
    on_call=Contact(says="the study team", checked=date(2026, 11, 2)),
    reporting=Contact(says="the safety desk", checked=date(2026, 11, 3)),
)
WISH = Wish()
LIMITS, DIFFERENCES = "What this does not tell you", "Where sources differ"


def composer_of(knowledge: Knowledge, contacts: Contacts | None = None) -> Composer:
    return Composer(knowledge, contacts or Contacts())


def lines_of(composer: Composer, title: str, wish: Wish = WISH) -> tuple[str, ...]:
    found = {fold.title: fold.lines for fold in composer.folds(wish)}
    return found.get(title, ())


def test_an_answer_is_the_line_the_harms_and_one_caveat(tiny: Knowledge) -> None:
    month = tiny.facts["month-without-migraine"]

    point = composer_of(tiny).point(Answer((month,)), WISH)

    assert point.decision == "answered"
    assert point.headline.startswith("12 of 20 people (60%; 95% CI 36 to 81%) had no")
    assert point.headline.endswith(" [1]")
    harms, caveat = point.lines
    assert harms.startswith("3 of 20 people")
    assert caveat == "There was no other arm to compare with."


def test_only_the_first_caveat_stands_above_the_fold(tiny: Knowledge) -> None:
    fact = make_fact(caveats=["It was cold.", "It was dark."])
    composer = composer_of(tiny)

    point = composer.point(Answer((fact,)), WISH)

    assert point.lines == ("It was cold.",)
    assert "It was dark." in lines_of(composer, LIMITS)


def test_only_the_nearest_of_several_facts_is_told(tiny: Knowledge) -> None:
    gap = make_gap(nearest=["lamp-brightness", "recruitment-dates"])

    point = composer_of(tiny).point(reply_about(gap, tiny), WISH)

    assert len(point.lines) == 2
    assert point.lines[0].startswith("Nearest: The lamp gave 5 to 50 lux")


def test_harms_that_were_asked_for_are_told_once(tiny: Knowledge) -> None:
    month, eyes = (tiny.facts[n] for n in ("month-without-migraine", "eye-strain"))

    point = composer_of(tiny).point(Answer((eyes, month)), WISH)

    assert [
        line for line in (point.headline, *point.lines) if "eye strain" in line
    ] == [point.headline]


def test_two_benefits_travel_with_their_common_harms_once(tiny: Knowledge) -> None:
    twins = [make_fact(name, pair_with="eye-strain") for name in ("a", "b")]

    point = composer_of(tiny).point(Answer(tuple(twins)), WISH)

    assert sum("eye strain" in line for line in point.lines) == 1


def test_a_conflict_says_how_we_put_it(tiny: Knowledge) -> None:
    conflict = tiny.conflicts["twelve-or-fourteen"]

    point = composer_of(tiny).point(Answer((conflict,)), WISH)

    assert point.headline == (
        "12 of 20 people had no migraine with the lamp (report). [1][2]"
    )
    assert point.lines == ("The newsletter says 14, without a source.",)


def test_exact_limits_are_given_when_they_are_wanted(tiny: Knowledge) -> None:
    composer = composer_of(tiny)

    point = composer.point(Answer((tiny.facts["eye-strain"],)), Wish(exact=True))

    assert "exact 95% CI 3.2 to 37.9%" in point.headline
    assert not any("Wilson" in one for one in lines_of(composer, "Numbers and method"))
    assert any(
        "Wilson" in one
        for one in lines_of(composer, "Numbers and method", Wish(wilson=True))
    )


def test_a_gap_is_worded_with_the_nearest_fact_its_harms_and_whom_to_ask(
    tiny: Knowledge,
) -> None:
    gap = tiny.gaps["months-after"]

    point = composer_of(tiny).point(reply_about(gap, tiny), WISH)

    assert point.decision == "not_reported"
    assert point.headline == gap.wording
    nearest, harms, ask = point.lines
    assert nearest.startswith("Nearest: 12 of 20 people")
    assert harms.startswith("3 of 20 people")
    assert ask == "Ask your on-call trial team."


def test_what_is_not_covered_is_named_in_words(tiny: Knowledge) -> None:
    reply = NotReported(None, ("children", "afterwards"), ())

    point = composer_of(tiny).point(reply, WISH)

    assert point.headline == (
        "No source read reports this for: children and months afterwards."
    )


def test_after_a_fact_comes_what_its_curators_expect_and_the_nearest_gap(
    tiny: Knowledge,
) -> None:
    asked = make_fact(
        "a", related=("b", "eye-strain", "c", "d"), pair_with="eye-strain"
    )
    others = (make_fact("b"), make_fact("c"), make_fact("d"))
    lacking = make_gap("when", nearest=("a",))
    without = with_entries(tiny, asked, *others)
    knowledge = with_entries(tiny, asked, *others, lacking)

    told = (knowledge.facts["a"],)
    after = [entry.id for entry in followed_by(told, knowledge)]
    known = [entry.id for entry in followed_by(told, without)]

    assert after == ["b", "c", "when"]  # its harms stand in the reply already
    assert known == ["b", "c", "d"]


def test_a_tap_leads_on_as_a_question_does(tiny: Knowledge) -> None:
    for entry in (tiny.facts["eye-strain"], tiny.gaps["sleep"]):
        reply = reply_about(entry, tiny)
        assert isinstance(reply, Answer | NotReported)
        assert reply.next_best


def test_a_choice_names_what_can_be_chosen(tiny: Knowledge) -> None:
    choices = (tiny.facts["eye-strain"], tiny.gaps["sleep"])

    point = composer_of(tiny).point(Clarify(choices), WISH)

    assert point.lines == ("Eye strain · Sleep",)
    assert composer_of(tiny).point(Clarify(()), WISH).lines == ()


@pytest.mark.parametrize(
    ("greeting", "headline", "lines"),
    [(True, "I answer", 1), (False, "I only hold", 0)],
)
def test_outside_the_pack_it_says_what_it_holds(
    tiny: Knowledge, headline: str, lines: int, *, greeting: bool
) -> None:
    point = composer_of(tiny).point(OutOfScope(greeting=greeting), WISH)

    assert point.decision == "out_of_scope"
    assert point.headline.startswith(headline)
    assert len(point.lines) == lines


@pytest.mark.parametrize(
    ("boundary", "without", "configured"),
    [
        (
            "emergency",
            "Use your hospital's emergency procedure now.",
            "Call the ward registrar now.",
        ),
        (
            "patient_advice",
            "Ask your on-call trial team.",
            "Ask the study team (checked 2 November 2026).",
        ),
        (
            "report",
            "Report it through the route in your protocol.",
            "Report it through the safety desk (checked 3 November 2026).",
        ),
    ],
)
def test_a_boundary_says_whom_to_ask_and_invents_nobody(
    tiny: Knowledge, boundary: Any, without: str, configured: str
) -> None:
    for contacts, ask in ((Contacts(), without), (SOMEBODY, configured)):
        point = composer_of(tiny, contacts).point(BoundaryReply(boundary), WISH)

        assert point.decision == boundary
        assert ask in (point.headline, *point.lines)


def test_in_an_emergency_whom_to_call_comes_first(tiny: Knowledge) -> None:
    emergency = composer_of(tiny).point(BoundaryReply("emergency"), WISH)
    report = composer_of(tiny).point(BoundaryReply("report"), WISH)

    assert emergency.headline == "Use your hospital's emergency procedure now."
    assert report.headline == tiny.boundaries["report"].says


def test_a_boundary_offers_what_can_be_given(tiny: Knowledge) -> None:
    text = tiny.boundaries["report"].model_copy(update={"offer": "I hold figures."})
    knowledge = replace(tiny, boundaries={**tiny.boundaries, "report": text})

    point = composer_of(knowledge).point(BoundaryReply("report"), WISH)

    assert point.lines[-1] == "I hold figures."


def test_a_boundary_folds_nothing_and_wears_no_badge(tiny: Knowledge) -> None:
    composer = composer_of(tiny)
    composer.point(BoundaryReply("emergency"), WISH)

    assert composer.folds(WISH) == ()
    assert composer.badges() == ()


def test_badges_say_what_the_evidence_is_and_how_fresh_the_oldest(
    tiny: Knowledge,
) -> None:
    old = make_fact("old", verified={"by": "a curator", "on": "2020-01-02"})
    composer = composer_of(with_entries(tiny, old))
    composer.point(Answer((tiny.facts["eye-strain"], old)), WISH)

    assert composer.badges() == (tiny.trial.badge, "Verified 2 January 2020")


@pytest.mark.parametrize(
    ("today", "stale"),
    [
        (date(2027, 11, 22), ()),
        (date(2027, 11, 23), ("Review overdue since 22 November 2027",)),
    ],
)
def test_a_fact_whose_review_is_overdue_still_answers_and_says_so(
    tiny: Knowledge, today: date, stale: tuple[str, ...]
) -> None:
    composer = composer_of(tiny)
    point = composer.point(Answer((tiny.facts["eye-strain"],)), WISH)

    assert point.decision == "answered"
    assert composer.badges(today)[2:] == stale


def test_what_is_not_about_the_trial_wears_no_badge_of_it(tiny: Knowledge) -> None:
    fact = make_fact("aside")
    place = tiny.places["facts", "eye-strain"]
    aside = replace(place, path=place.path.with_name("background.yaml"))
    knowledge = replace(
        with_entries(tiny, fact), places={**tiny.places, ("facts", "aside"): aside}
    )
    composer = composer_of(knowledge)
    composer.point(Answer((fact,)), WISH)

    assert composer.badges() == ("Verified 22 November 2026",)


def test_a_conflict_alone_was_verified_by_nobody(tiny: Knowledge) -> None:
    composer = composer_of(tiny)
    composer.point(Answer((make_conflict(),)), WISH)

    assert composer.badges() == ()


def test_the_folded_part_says_what_the_answer_does_not(tiny: Knowledge) -> None:
    composer = composer_of(tiny)
    composer.point(Answer((tiny.facts["month-without-migraine"],)), WISH)

    assert [fold.title for fold in composer.folds(WISH)] == [
        "Numbers and method",
        LIMITS,
        DIFFERENCES,
        "Sources",
        "How to cite",
    ]
    limits = lines_of(composer, LIMITS)
    assert limits[0] == "There was no other arm to compare with."
    assert "Population: the 20 adults who used the lamp." in limits
    assert "Time: weeks 1 to 4." in limits
    assert len(limits) == len(set(limits))
    assert lines_of(composer, DIFFERENCES)[0].startswith("Twelve or fourteen?: 12 of")


def test_a_fact_without_a_time_names_none(tiny: Knowledge) -> None:
    composer = composer_of(tiny)
    composer.point(Answer((make_fact(measure=["joining"]),)), WISH)

    assert lines_of(composer, LIMITS) == ("Population: the 11 people asked.",)


def test_gaps_about_the_same_are_named_three_at_most(tiny: Knowledge) -> None:
    gaps = [make_gap(f"g{i}", wording=f"Nobody says {i}.") for i in range(5)]
    composer = composer_of(with_entries(tiny, *gaps))
    composer.point(Answer((make_fact(measure=["sleep-quality"]),)), WISH)

    assert sum("Nobody" in line for line in lines_of(composer, LIMITS)) == 2
    assert tiny.gaps["sleep"].wording in lines_of(composer, LIMITS)


def test_a_conflict_that_is_told_is_not_folded_again(tiny: Knowledge) -> None:
    conflict = tiny.conflicts["twelve-or-fourteen"]
    composer = composer_of(tiny)
    composer.point(Answer((tiny.facts["month-without-migraine"], conflict)), WISH)

    assert lines_of(composer, DIFFERENCES) == ()


def test_what_lies_nearest_to_a_gap_is_never_another_gap(tiny: Knowledge) -> None:
    gap = make_gap(nearest=["sleep", "twelve-or-fourteen"])

    assert nearest_of(gap, tiny) == (tiny.conflicts["twelve-or-fourteen"],)


def test_the_sentence_that_answers_stands_alone_with_its_sources(
    tiny: Knowledge,
) -> None:
    fact = make_fact(brief="{value} went at 9.30 p.m. or later. Nobody ran. “Slowly.”")

    point = composer_of(tiny).point(Answer((fact,)), WISH)

    assert point.headline.endswith("went at 9.30 p.m. or later. [1]")
    assert point.lines == ("Nobody ran. “Slowly.”",)
