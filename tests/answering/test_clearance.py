"""What the press may pass on, in whose words, and what is said where it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.answering.clearance import PressDesk, Shareable, Withheld
from bot.answering.composition import Composition, FigureRef, Suggestion
from bot.answering.contacts import Contact, Contacts
from bot.answering.desk import Desk
from bot.knowledge.load import Knowledge, load
from bot.knowledge.model import Press
from bot.understanding.question import Question
from tests.conftest import REAL
from tests.make import make_fact, with_entries


ON_CALL = Contact(says="the trial physician", checked=date(2026, 11, 20))
OFFICE = Contact(says="the press office", checked=date(2026, 11, 21))
QUOTED = Press(rule="quoted", says="Nobody cleared this; it is quoted.")
BENEFIT = "how many people had a month without migraine?"


def told(knowledge: Knowledge, question: str) -> Composition:
    return Desk(knowledge).reply_to(Question.of(question))


def with_rule(knowledge: Knowledge, press: Press | None) -> Knowledge:
    return replace(knowledge, trial=knowledge.trial.model_copy(update={"press": press}))


def uncleared(knowledge: Knowledge, *names: str) -> Knowledge:
    bare = (knowledge.facts[n].model_copy(update={"cleared": None}) for n in names)
    return with_entries(knowledge, *bare)


def released(knowledge: Knowledge, question: str) -> Shareable:
    release = PressDesk(knowledge, Contacts()).release(told(knowledge, question))
    assert isinstance(release, Shareable)
    return release


def withheld(
    knowledge: Knowledge, question: str, contacts: Contacts | None = None
) -> Withheld:
    desk = PressDesk(knowledge, contacts or Contacts())
    release = desk.release(told(knowledge, question))
    assert isinstance(release, Withheld)
    return release


def test_what_was_cleared_is_said_word_for_word_with_its_harms_and_sources(
    tiny: Knowledge,
) -> None:
    (point,) = released(tiny, BENEFIT).composition.points

    assert point.headline == (
        "12 of 20 people (60%; 95% CI 36 to 81%) told the researchers of no migraine"
        " in their four weeks with the lamp. [1]"
    )
    (harms,) = point.lines
    assert harms.startswith("3 of 20 people")
    assert harms.endswith("[1]")


def test_the_answer_is_what_its_points_say(tiny: Knowledge) -> None:
    composition = released(tiny, BENEFIT).composition

    (point,) = composition.points
    assert composition.answer == "\n".join((point.headline, *point.lines))
    assert "no other arm" not in composition.answer  # a caveat that nobody cleared


def test_who_cleared_it_is_said_once_with_the_day(tiny: Knowledge) -> None:
    assert released(tiny, BENEFIT).because == (
        "Wording cleared for sharing by test press officer, 23 November 2026."
    )


def test_what_nobody_cleared_beside_an_answer_stays_behind(tiny: Knowledge) -> None:
    seen = {
        "suggestions": (
            Suggestion(label="Sleep", target="sleep", answer="It varied."),
        ),
        "figures": (FigureRef(id="eyes", alt="3 of 20 people, drawn."),),
    }
    whole = told(tiny, BENEFIT).model_copy(update=seen)

    release = PressDesk(tiny, Contacts()).release(whole)

    assert isinstance(release, Shareable)
    composition = release.composition
    assert (composition.suggestions, composition.figures) == ((), ())


def test_two_questions_keep_their_two_numbered_answers(tiny: Knowledge) -> None:
    question = f"{BENEFIT} and how many people had eye strain?"

    first, second = released(tiny, question).composition.points

    assert (first.number, second.number) == (1, 2)
    assert "told the researchers" in first.headline
    assert "eye strain" in second.headline


@pytest.mark.parametrize(
    "names", [("eye-strain",), ("month-without-migraine", "eye-strain")]
)
def test_a_benefit_is_not_passed_on_without_its_harms(
    tiny: Knowledge, names: tuple[str, ...]
) -> None:
    notice = withheld(uncleared(tiny, *names), BENEFIT).notice

    assert notice.startswith("Not cleared for sharing: ")
    assert "Eye strain" in notice


def test_harms_that_a_reply_leaves_out_still_count(tiny: Knowledge) -> None:
    composition = told(tiny, BENEFIT).model_copy(
        update={"facts": ("month-without-migraine",)}
    )
    desk = PressDesk(uncleared(tiny, "eye-strain"), Contacts())

    assert isinstance(desk.release(composition), Withheld)


def test_what_is_withheld_is_folded_away_with_its_sources(tiny: Knowledge) -> None:
    bare = uncleared(tiny, "eye-strain")
    composition = withheld(bare, BENEFIT).composition

    (fold,) = composition.folds
    whole = told(bare, BENEFIT)
    assert fold.title.startswith("Not cleared for sharing")
    assert fold.lines[: len(whole.answer.splitlines())] == tuple(
        whole.answer.splitlines()
    )
    assert any("table 2, row 1" in line for line in fold.lines)
    assert "12 of 20" not in composition.answer
    assert not composition.citations
    assert not composition.suggestions


@pytest.mark.parametrize(
    ("contacts", "said"),
    [
        (Contacts(on_call=ON_CALL, press=OFFICE), "the press office (checked 21"),
        (Contacts(on_call=ON_CALL), "the trial physician (checked 20 November 2026)."),
        (Contacts(), "Ask your press office."),
    ],
)
def test_whoever_may_clear_it_is_named(
    tiny: Knowledge, contacts: Contacts, said: str
) -> None:
    assert said in withheld(uncleared(tiny, "eye-strain"), BENEFIT, contacts).notice


def test_a_conflict_is_never_cleared(tiny: Knowledge) -> None:
    desk = PressDesk(with_rule(tiny, QUOTED), Contacts())

    assert not desk.is_cleared("twelve-or-fourteen")


def test_an_entry_that_was_taken_out_is_named_by_its_id(tiny: Knowledge) -> None:
    composition = told(tiny, BENEFIT).model_copy(update={"facts": ("long-gone",)})

    release = PressDesk(tiny, Contacts()).release(composition)

    assert isinstance(release, Withheld)
    assert "long-gone" in release.notice


def test_where_nothing_is_told_nothing_needs_clearing(tiny: Knowledge) -> None:
    release = released(tiny, "what is the capital of France?")

    assert release.because == ""
    assert release.composition.decision == "out_of_scope"


def test_a_gap_names_the_nearest_fact_in_cleared_words_and_whom_to_ask(
    tiny: Knowledge,
) -> None:
    (gap,) = (g for g in tiny.gaps.values() if "eye-strain" in g.nearest)
    nearest = tiny.facts["eye-strain"].model_copy(
        update={"cleared": tiny.facts["month-without-migraine"].cleared}
    )
    knowledge = with_entries(tiny, nearest)
    whole = Desk(knowledge).tell(gap.id)

    release = PressDesk(knowledge, Contacts()).release(whole)

    assert isinstance(release, Shareable)
    (point,) = release.composition.points
    assert point.headline == gap.wording
    assert point.lines[0].startswith("Nearest: 3 of 20 people")
    assert "told the researchers" in point.lines[0]
    assert point.lines[-1] == whole.points[0].lines[-1]


@pytest.mark.parametrize(
    ("changes", "cleared"),
    [
        ({}, True),
        ({"got": "computed"}, False),
        (
            {"sources": [{"source": "nowhere-newsletter-2020", "locator": "page 1"}]},
            False,
        ),
    ],
)
def test_by_the_rule_only_what_a_first_source_says_itself_is_shareable(
    tiny: Knowledge, changes: dict[str, object], *, cleared: bool
) -> None:
    knowledge = with_entries(tiny, make_fact("walks", **changes))

    by_rule = PressDesk(with_rule(knowledge, QUOTED), Contacts())
    by_name = PressDesk(
        with_rule(knowledge, Press(rule="by-name", says="Names only.")), Contacts()
    )

    assert by_rule.is_cleared("walks") == cleared
    assert not by_name.is_cleared("walks")
    assert not PressDesk(knowledge, Contacts()).is_cleared("walks")


def test_the_rule_is_said_where_no_name_stands_behind_a_reply(tiny: Knowledge) -> None:
    bare = uncleared(tiny, "eye-strain", "month-without-migraine")
    ruled = with_rule(bare, QUOTED)

    release = released(ruled, BENEFIT)

    assert release.because == QUOTED.says
    assert release.composition.answer == told(ruled, BENEFIT).answer


def test_a_name_and_the_rule_are_both_said_where_both_are_needed(
    tiny: Knowledge,
) -> None:
    ruled = with_rule(uncleared(tiny, "month-without-migraine"), QUOTED)

    because = released(ruled, BENEFIT).because

    assert because.startswith("Wording cleared for sharing by test press officer")
    assert because.endswith(QUOTED.says)


def test_nobody_has_cleared_the_real_pack_and_it_says_so() -> None:
    knowledge = load(REAL)

    assert [fact.id for fact in knowledge.facts.values() if fact.cleared] == []
    assert knowledge.trial.press is not None
    assert knowledge.trial.press.says.startswith("No press office has cleared")


def test_the_real_pack_shares_its_first_result_and_says_by_which_rule() -> None:
    knowledge = load(REAL)

    release = released(knowledge, knowledge.trial.examples[0])

    assert release.because == (knowledge.trial.press or QUOTED).says


@pytest.mark.parametrize(
    ("name", "cleared"),
    [
        pytest.param("clear-month", True, id="facts and harms that may be shared"),
        pytest.param("one-page", False, id="gaps are ours to word"),
        pytest.param("twelve-or-fourteen-card", False, id="so are conflicts"),
        pytest.param("nowhere", False, id="no such picture"),
    ],
)
def test_a_picture_may_be_shared_outside_if_all_that_it_draws_may(
    tiny: Knowledge, name: str, *, cleared: bool
) -> None:
    assert (
        PressDesk(with_rule(tiny, QUOTED), Contacts()).is_picture_cleared(name)
        is cleared
    )
