from __future__ import annotations

from bot.answering.compose import Wish
from bot.answering.contacts import Contacts
from bot.answering.reply import (
    Answer,
    BoundaryReply,
    Clarify,
    NotReported,
    OutOfScope,
    Reply,
)
from bot.answering.telling import Teller
from bot.knowledge.load import Knowledge


WISH = Wish()


def test_the_same_entries_are_put_into_words_once(tiny: Knowledge) -> None:
    teller, fact = Teller(tiny, Contacts()), tiny.facts["eye-strain"]

    first = teller.telling([Answer((fact,), next_best=(tiny.gaps["sleep"],))], WISH)

    assert teller.telling([Answer((fact,))], WISH) is first


def test_another_outcome_is_told_in_other_words(tiny: Knowledge) -> None:
    teller = Teller(tiny, Contacts())
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
    teller, answer = Teller(tiny, Contacts()), Answer((tiny.facts["eye-strain"],))

    plain, exact = (teller.telling([answer], Wish(exact=e)) for e in (False, True))

    assert plain.answer != exact.answer


def test_several_replies_are_numbered_in_their_order(tiny: Knowledge) -> None:
    teller = Teller(tiny, Contacts())
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
