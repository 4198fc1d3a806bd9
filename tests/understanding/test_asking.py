from __future__ import annotations

import pytest

from bot.understanding.asking import AnswerKind, kinds_wanted


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("How many people joined", "how-many"),
        ("what percent had it", "share"),
        ("how long did it last", "how-long"),
        ("how much light", "how-much"),
        ("when did it start", "when"),
        ("where was it done", "where"),
        ("who paid", "who"),
        ("why amber", "why"),
        ("what counts as a headache", "define"),
        ("amber vs blue", "compare"),
        ("what did she say verbatim", "quote"),
        ("cite the paper", "source"),
        ("with 95% CI", "interval"),
        ("draw a chart", "picture"),
        ("the worst of them", "worst"),
        ("which lamp", "which"),
        ("how was it set", "how"),
        ("so, did anybody sleep", "yes-no"),
        ("it was twelve, right?", "yes-no"),
    ],
)
def test_the_words_of_a_question_say_what_kind_of_answer_is_wanted(
    asked: str, kind: AnswerKind
) -> None:
    assert kind in kinds_wanted(asked)


def test_several_kinds_come_in_a_fixed_order() -> None:
    assert kinds_wanted("Which percentage, and how many?") == (
        "how-many",
        "share",
        "which",
        "how",
    )


def test_plain_words_ask_for_no_kind() -> None:
    assert kinds_wanted("amber light and sleep") == ()
