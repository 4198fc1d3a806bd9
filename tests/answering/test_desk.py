from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import __version__
from bot.answering.aids import Aids
from bot.answering.composition import Composition, FigureRef, ReadingNote
from bot.answering.contacts import Contacts
from bot.answering.desk import Desk
from bot.knowledge.load import Knowledge, load
from bot.settings import ROOT
from bot.understanding.question import Question
from tests.answering.keys import make_key
from tests.conftest import REAL, TINY
from tests.make import make_fact, with_entries


DESK = Desk(load(TINY))  # Hypothesis takes no fixtures


def asked(desk: Desk, text: str, *thread: str) -> Composition:
    return desk.reply_to(Question.of(text, thread))


def test_a_question_is_answered_with_its_figure_and_its_source(tiny_desk: Desk) -> None:
    reply = asked(tiny_desk, "How many people had a month without migraine?")

    assert reply.decision == "answered"
    assert reply.facts == ("month-without-migraine", "eye-strain")
    assert reply.answer.startswith("12 of 20 people (60%; 95% CI 36 to 81%)")
    assert [one.source for one in reply.citations] == ["nowhere-report-2020"]
    assert reply.evidence == ("F001", "F002")


def test_the_text_holds_all_that_is_seen_and_all_that_is_folded(
    tiny_desk: Desk,
) -> None:
    reply = asked(tiny_desk, "eye strain?")

    assert reply.text.startswith(reply.answer)
    for fold in reply.folds:
        assert "\n".join([fold.title, *fold.lines]) in reply.text


class OnePicture:
    """Pictures that show whatever is told, and remember it."""

    def __init__(self) -> None:
        self.told: list[Sequence[str]] = []

    def of(self, entries: Sequence[str]) -> tuple[FigureRef, ...]:
        self.told.append(tuple(entries))
        return (FigureRef(id="lamp", alt="A lamp."),) if entries else ()


def test_an_answer_names_the_pictures_of_what_it_tells(tiny: Knowledge) -> None:
    pictures = OnePicture()
    desk = Desk(tiny, aids=Aids(pictures=pictures))

    reply = asked(desk, "How many people had a month without migraine?")

    assert reply.figures == (FigureRef(id="lamp", alt="A lamp."),)
    assert pictures.told == [("month-without-migraine", "eye-strain")]


@pytest.mark.parametrize("text", ["how did people sleep?", "what is love", "hello"])
def test_no_other_reply_shows_a_picture(tiny: Knowledge, text: str) -> None:
    assert asked(Desk(tiny, aids=Aids(pictures=OnePicture())), text).figures == ()


def test_a_desk_without_pictures_shows_none(tiny_desk: Desk) -> None:
    assert tiny_desk.tell("month-without-migraine").figures == ()


def test_a_reply_says_from_which_knowledge_and_which_program_it_comes(
    tiny_desk: Desk, tiny: Knowledge
) -> None:
    reply = asked(tiny_desk, "eye strain?")

    assert (reply.knowledge.pack, reply.knowledge.version) == ("lantern", tiny.version)
    assert reply.engine == __version__
    assert reply.elapsed_ms > 0


def test_what_no_source_reports_is_said_with_its_number(tiny_desk: Desk) -> None:
    reply = asked(tiny_desk, "how did they sleep?")

    assert reply.decision == "not_reported"
    assert reply.gap == 1
    assert "Nearest: 3 of 20 people" in reply.answer


def test_a_qualifier_that_no_fact_covers_is_named(tiny_desk: Desk) -> None:
    reply = asked(tiny_desk, "kids with a clear month?")

    assert reply.decision == "not_reported"
    assert reply.gap is None
    assert reply.reading.uncovered == ("children",)


def test_a_message_with_two_questions_gets_two_numbered_answers(
    tiny_desk: Desk,
) -> None:
    reply = asked(tiny_desk, "how many had eye strain and how bright was the lamp?")

    assert [point.number for point in reply.points] == [1, 2]
    assert reply.answer.splitlines()[0].startswith("1. 3 of 20 people")
    assert reply.facts == ("eye-strain", "lamp-brightness")


@pytest.mark.parametrize(
    "text",
    ["is it raining?", "the lamp", pytest.param("x " * 20_000, id="40,000 characters")],
)
def test_what_the_pack_does_not_hold_is_out_of_scope(
    tiny_desk: Desk, text: str
) -> None:
    reply = asked(tiny_desk, text)

    assert reply.decision == "out_of_scope"
    assert reply.facts == ()
    assert reply.folds == ()


@pytest.mark.parametrize("text", ["", " \n", "👋", "?!"])
def test_who_asks_nothing_is_told_what_to_ask(
    tiny_desk: Desk, tiny: Knowledge, text: str
) -> None:
    reply = asked(tiny_desk, text)

    assert reply.decision == "out_of_scope"
    assert tiny.trial.examples[0] in reply.answer


def test_every_example_of_the_trial_is_answered(
    tiny_desk: Desk, tiny: Knowledge
) -> None:
    decisions = [asked(tiny_desk, text).decision for text in tiny.trial.examples]

    assert decisions == ["answered"] * len(tiny.trial.examples)


def test_a_follow_up_says_what_it_leans_on(tiny_desk: Desk) -> None:
    reply = asked(tiny_desk, "and then?", "did they have eye strain?")

    assert reply.suggestions[0].target == "eye-strain"
    assert reply.reading.part_of == "sore-eyes"
    assert asked(tiny_desk, "eye strain?").reading.part_of is None


def test_a_reply_notes_how_the_question_was_read(tiny_desk: Desk) -> None:
    reading = asked(tiny_desk, "how many of the 14 adults had eye strain?").reading

    assert reading.concepts == ("adults", "sore-eyes")
    assert "how-many" in reading.asks_for
    assert reading.qualifiers == ("14",)


@pytest.mark.parametrize(
    ("text", "exact", "wilson"),
    [
        ("eye strain", False, False),
        ("eye strain with an interval", True, False),
        ("eye strain with a Wilson interval", True, True),
        ("eye strain with an interval, not Wilson", True, False),
    ],
)
def test_the_interval_is_given_as_it_is_wanted(
    tiny_desk: Desk, text: str, *, exact: bool, wilson: bool
) -> None:
    reply = asked(tiny_desk, text)

    assert ("exact 95% CI" in reply.answer) is exact
    assert ("Wilson 95% CI" in reply.text) is wilson


def test_a_number_in_the_question_never_enters_the_answer(tiny_desk: Desk) -> None:
    claimed = asked(tiny_desk, "did 19 of 20 people have eye strain?")

    assert claimed.answer == asked(tiny_desk, "did people have eye strain?").answer


ALWAYS = {"intercept": 5.0}


@pytest.mark.parametrize("boundary", ["emergency", "patient_advice", "report"])
def test_a_boundary_repeats_keeps_and_suggests_nothing(
    tiny: Knowledge, boundary: str
) -> None:
    desk = Desk(tiny, key=make_key({"eye-strain": -5}, alarms={boundary: ALWAYS}))

    reply = asked(desk, "eye strain of Jane Doe")

    assert reply.decision == boundary
    assert reply.question == ""
    assert reply.suggestions == ()
    assert reply.reading.concepts == ()
    assert "Jane" not in reply.model_dump_json()


def test_the_thresholds_of_the_key_s_card_are_kept(tiny: Knowledge) -> None:
    alarms = {"emergency": {"intercept": 1.0}}
    margins = {"outside": 9, "boundary:emergency": 4}
    bold = make_key(margins, alarms=alarms)
    shy = make_key(margins, alarms=alarms, thresholds={"emergency": 0.9})

    assert asked(Desk(tiny, key=bold), "trouble").decision == "emergency"
    assert asked(Desk(tiny, key=shy), "trouble").decision == "out_of_scope"


def test_without_a_key_danger_is_heard_by_rule(tiny_desk: Desk) -> None:
    reply = asked(tiny_desk, "his bp is 50/20, eye strain")

    assert reply.decision == "emergency"
    assert reply.facts == ()


@pytest.mark.parametrize("text", ["hello", "thank you", "fine. thank you"])
def test_who_greets_is_greeted(tiny_desk: Desk, tiny: Knowledge, text: str) -> None:
    assert asked(tiny_desk, text).answer.startswith(tiny.trial.greeting)


def test_another_language_is_named_and_danger_is_not_forgotten(tiny_desk: Desk) -> None:
    reply = asked(tiny_desk, "wie hell war die lampe und wer ist der sponsor")

    assert reply.decision == "out_of_scope"
    assert "English" in reply.answer
    assert "emergency procedure" in reply.answer
    assert (
        reply.reading == ReadingNote()
    )  # so that no curator looks for "wie" and "hell"


def test_a_greeting_in_a_thread_is_read_in_its_light(tiny_desk: Desk) -> None:
    reply = asked(tiny_desk, "thanks", "eye strain in adults?")

    assert reply.reading.part_of == "sore-eyes, adults"
    assert reply.suggestions[0].target == "eye-strain"


def test_a_choice_has_a_button_for_each_of_three(tiny: Knowledge) -> None:
    names = ("eye-strain", "sleep", "lamp-brightness", "recruitment-dates")
    margins = dict.fromkeys(names, 1) | {"clarify": 5}

    reply = asked(Desk(tiny, key=make_key(margins)), "what about it?")

    assert reply.decision == "clarify"
    assert len(reply.suggestions) == 3
    assert all(one.answer for one in reply.suggestions)


def test_an_answer_offers_what_else_may_have_been_meant(tiny: Knowledge) -> None:
    twin = make_fact("tired", measure=["sore-eyes"], covers=["newsletter"])
    desk = Desk(with_entries(tiny, twin), Contacts())

    reply = asked(desk, "eye strain in the newsletter")

    assert reply.facts[0] == "tired"
    assert "eye-strain" in [one.target for one in reply.suggestions]


@pytest.mark.parametrize(
    ("target", "decision"),
    [
        ("eye-strain", "answered"),
        ("sleep", "not_reported"),
        ("twelve-or-fourteen", "answered"),
    ],
)
def test_a_tap_tells_the_entry(tiny_desk: Desk, target: str, decision: str) -> None:
    reply = tiny_desk.tell(target)

    assert reply.decision == decision
    assert reply.question == tiny_desk.knowledge.entry(target).label


def test_a_tap_on_what_is_gone_is_a_key_error(tiny_desk: Desk) -> None:
    with pytest.raises(KeyError):
        tiny_desk.tell("gone")


def test_a_reply_has_one_id_for_one_question_in_one_thread(tiny_desk: Desk) -> None:
    first, again = asked(tiny_desk, "eye strain?"), asked(tiny_desk, "eye strain?")
    elsewhere = asked(tiny_desk, "eye strain?", "the lamp")

    assert first.id == again.id
    assert first.id != elsewhere.id
    assert len(first.id) == 16


def test_a_tap_has_another_id_than_the_words_on_its_button(tiny_desk: Desk) -> None:
    tapped = tiny_desk.tell("eye-strain")
    typed = asked(tiny_desk, tapped.question)

    assert tapped.id != typed.id
    assert tapped.id == tiny_desk.tell("eye-strain").id


@given(
    st.text(st.characters(exclude_categories=()), max_size=200), st.text(max_size=50)
)
def test_any_text_gets_a_reply_that_can_be_written_down(text: str, before: str) -> None:
    reply = asked(DESK, text, before)

    assert json.loads(reply.model_dump_json())["decision"] == reply.decision
    assert reply.answer


@given(
    st.lists(
        st.sampled_from(
            ["lamp", "eye strain", "sleep", "children", "?", "and", "how many"]
        ),
        max_size=12,
    )
)
def test_any_mixture_of_known_words_gets_one_and_the_same_reply(
    said: list[str],
) -> None:
    text = " ".join(said)

    assert _plain(asked(DESK, text)) == _plain(asked(DESK, text))


REPLIES = """
import sys
from pathlib import Path
from bot.answering.aids import Aids
from bot.answering.desk import Desk
from bot.knowledge.load import load
from bot.understanding.question import Question
from bot.understanding.second_key import SecondKey

pack = Path(sys.argv[1])
desk = Desk(load(pack), key=SecondKey.load(pack))
questions = [desk.knowledge.entry(e.id).label for e in desk.knowledge.entries()][::9]
for text in [*questions, *desk.knowledge.trial.examples, "lamp, sleep and dose?", "hm"]:
    reply = desk.reply_to(Question.of(text, ("how many people?",)))
    print(reply.model_copy(update={"elapsed_ms": 0.0}).model_dump_json())
"""


@pytest.mark.parametrize("pack", [TINY, REAL], ids=["tiny", "real"])
def test_replies_are_the_same_bytes_in_every_process(pack: Any) -> None:
    first, second = (_printed(str(pack), seed) for seed in ("1", "2024"))

    assert first == second
    assert first.count(b"\n") > 5


def _printed(pack: str, seed: str) -> bytes:
    ran = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", REPLIES, pack],
        env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    return ran.stdout


def _plain(reply: Composition) -> str:
    return reply.model_copy(update={"elapsed_ms": 0.0}).model_dump_json()


def test_the_reading_names_the_words_that_no_concept_has_as_they_were_typed(
    tiny_desk: Desk,
) -> None:
    told = tiny_desk.reply_to(Question.of("were there Zebra effects of the lamp?"))

    assert told.reading.unknown == ("zebra", "effects")


def test_no_word_that_points_to_a_person_is_among_them(tiny_desk: Desk) -> None:
    asked = "did Alice Example of 12 High Street, SW1A 1AA, like the zebra lamp?"

    told = tiny_desk.reply_to(Question.of(asked))

    assert not {"12", "sw1a"} & set(told.reading.unknown)
