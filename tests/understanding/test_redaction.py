"""Identifiers in as many dresses as people give them; all of them are invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.understanding.identifiers import redacted


CASES = Path(__file__).with_name("redaction_cases.txt")
MARKED = re.compile("⟦(.*?)⟧")
KINDS = re.compile(r"\[[a-z-]+\]")
TITLES = frozenset({"Mr", "Mrs", "Ms", "Mx", "Miss", "Master", "Flat", "3"})


def cases() -> list[str]:
    lines = CASES.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text) if len(word) > 1}


def test_there_are_at_least_two_hundred_cases() -> None:
    assert len(set(cases())) == len(cases()) >= 200


@pytest.mark.parametrize("case", cases())
def test_what_points_to_somebody_goes_and_the_rest_stays(case: str) -> None:
    told = MARKED.sub(r"\1", case)
    secret = words(" ".join(MARKED.findall(case)))
    open_words = words(MARKED.sub(" ", case))

    left = words(KINDS.sub(" ", redacted(told).text))

    assert left.isdisjoint(secret - open_words)
    assert open_words - TITLES <= left


@pytest.mark.parametrize("case", cases())
def test_what_was_redacted_once_stays_as_it_is_and_counts_as_found(case: str) -> None:
    once = redacted(MARKED.sub(r"\1", case))

    again = redacted(once.text)

    assert (again.text, again.found) == (once.text, once.found)
