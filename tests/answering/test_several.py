"""The replies to the parts of one message, put together."""

from __future__ import annotations

from bot.answering.matches import Matches
from bot.answering.reply import Answer, Clarify, NotReported, OutOfScope
from bot.answering.several import among, in_order, thing_of
from bot.knowledge.load import Entry
from tests.make import make_fact, make_gap, make_match, make_matches


WALKS, TALKS, NAPS = make_fact("walks"), make_fact("talks"), make_gap("naps")


def about(entry: Entry) -> Matches:
    return make_matches(make_match(entry, 0.5))


def test_what_is_asked_about_stands_where_it_was_asked() -> None:
    asked, told = Clarify((TALKS,)), Answer((WALKS,))

    assert in_order([(about(TALKS), asked), (about(WALKS), told)]) == (asked, told)


def test_the_same_thing_is_told_once() -> None:
    first, second = Answer((WALKS,)), Answer((WALKS, TALKS))

    assert in_order([(about(WALKS), first), (about(WALKS), second)]) == (first,)


def test_nobody_is_asked_about_what_is_told() -> None:
    told = Answer((WALKS, TALKS))
    gap = NotReported(NAPS, (), ())

    assert in_order([(about(TALKS), Clarify((TALKS,))), (about(WALKS), told)]) == (
        told,
    )
    assert in_order([(about(NAPS), Clarify((NAPS,))), (about(NAPS), gap)]) == (gap,)


def test_what_is_nothing_or_about_something_else_is_left_out() -> None:
    told = Answer((WALKS,))
    given = [(about(TALKS), None), (about(TALKS), OutOfScope()), (about(WALKS), told)]

    assert in_order(given) == (told,)


def test_two_replies_are_about_the_same_by_what_they_tell_first() -> None:
    qualified = NotReported(None, ("adults",), (WALKS,))

    assert thing_of(qualified) == ("adults",)
    assert among(Answer((WALKS,)), [Answer((WALKS, TALKS))])
    assert not among(qualified, [NotReported(NAPS, (), ())])
