from __future__ import annotations

from datetime import timedelta

from bot.answering.aids import Aids
from bot.answering.contacts import Contacts
from bot.answering.reply import (
    Answer,
    BoundaryReply,
    Clarify,
    NotReported,
    OutOfScope,
    Reply,
)
from bot.answering.telling import REST, Teller
from bot.answering.wish import Wish
from bot.answering.wording import day
from bot.knowledge.load import Knowledge


WISH = Wish()


def test_the_same_entries_are_put_into_words_once(tiny: Knowledge) -> None:
    teller, fact = Teller(tiny, Contacts(), Aids()), tiny.facts["eye-strain"]

    first = teller.telling([Answer((fact,), next_best=(tiny.gaps["sleep"],))], WISH)

    assert teller.telling([Answer((fact,))], WISH) is first


def test_a_review_is_overdue_from_the_day_after_it_was_due(tiny: Knowledge) -> None:
    fact = tiny.facts["eye-strain"]
    days = [fact.review_by, fact.review_by + timedelta(days=1)]
    teller = Teller(tiny, Contacts(), Aids(today=lambda: days.pop(0)))

    in_time, late = (teller.telling([Answer((fact,))], WISH).badges for _ in "ab")

    assert [badge for badge in late if badge not in in_time] == [
        f"Review overdue since {day(fact.review_by)}"
    ]


def test_another_outcome_is_told_in_other_words(tiny: Knowledge) -> None:
    teller = Teller(tiny, Contacts(), Aids())
    fact, gap = tiny.facts["eye-strain"], tiny.gaps["sleep"]
    replies: list[Reply] = [
        Answer((fact,)),
        Answer((tiny.facts["lamp-brightness"],)),
        NotReported(gap, (), (fact,)),
        NotReported(None, ("children",), (fact,)),
        NotReported(None, ("adults",), (fact,)),
        NotReported(None, ("adults",), ()),
        Clarify((fact,)),
        Clarify((gap,)),
        BoundaryReply("emergency"),
        BoundaryReply("report"),
        OutOfScope(),
        OutOfScope(greeting=True),
    ]

    told = [teller.telling([reply], WISH).text for reply in replies]

    assert len(set(told)) == len(replies)


def test_another_wish_is_told_in_other_words(tiny: Knowledge) -> None:
    teller, answer = (
        Teller(tiny, Contacts(), Aids()),
        Answer((tiny.facts["eye-strain"],)),
    )

    plain, exact = (teller.telling([answer], Wish(exact=e)) for e in (False, True))

    assert plain.answer != exact.answer


def test_several_replies_are_numbered_in_their_order(tiny: Knowledge) -> None:
    teller = Teller(tiny, Contacts(), Aids())
    answer, outside = Answer((tiny.facts["eye-strain"],)), OutOfScope()

    forth = teller.telling([answer, outside], WISH).points
    back = teller.telling([outside, answer], WISH).points

    assert [(p.number, p.decision) for p in forth] == [
        (1, "answered"),
        (2, "out_of_scope"),
    ]
    assert [(p.number, p.decision) for p in back] == [
        (1, "out_of_scope"),
        (2, "answered"),
    ]


def test_a_choice_among_other_things_is_one_line(tiny: Knowledge) -> None:
    teller, fact = Teller(tiny, Contacts(), Aids()), tiny.facts["eye-strain"]
    choice = Clarify((tiny.facts["lamp-brightness"],))

    told = teller.telling([Answer((fact,)), choice], WISH)

    assert told.points[1].headline == "Which one do you mean? Brightness of the lamp"
    assert told.points[1].lines == ()
    assert teller.telling([choice], WISH).points[0].lines == ("Brightness of the lamp",)


def test_questions_beyond_the_sixth_are_not_passed_over_in_silence(
    tiny: Knowledge,
) -> None:
    teller, fact = Teller(tiny, Contacts(), Aids()), tiny.facts["eye-strain"]
    replies: list[Reply] = [Answer((fact,)), Clarify((tiny.gaps["sleep"],))]

    assert REST in teller.telling(replies, Wish(rest=1)).answer
    assert REST not in teller.telling(replies, WISH).answer
