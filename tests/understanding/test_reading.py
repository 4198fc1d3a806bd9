from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.load import load
from bot.understanding.features import features_of
from bot.understanding.question import Question
from bot.understanding.reading import Part, Reading, read
from bot.understanding.vocabulary import Vocabulary
from tests.conftest import TINY


TINY_PACK = load(TINY)
VOCABULARY = Vocabulary(TINY_PACK.concepts.values(), TINY_PACK.shared)


def reading_of(text: str, *thread: str) -> Reading:
    return read(Question.of(text, thread), VOCABULARY)


def whole(text: str, *thread: str) -> Part:
    return reading_of(text, *thread).whole


def test_a_question_is_read_for_concepts_kind_and_figures() -> None:
    part = whole("How many of the 20 adults had eye strain, 3 or 4.5?")

    assert part.concepts == {"adults", "sore-eyes"}
    assert part.asks_for[0] == "how-many"
    assert part.numbers == ("20", "3", "4.5")


@pytest.mark.parametrize("text", ["v2.0.1", "d28", "28th", "1.2.3"])
def test_what_is_part_of_a_name_is_no_figure(text: str) -> None:
    assert whole(text).numbers == ()


def test_a_figure_claimed_twice_is_listed_once() -> None:
    assert whole("12 or 12?").numbers == ("12",)


def test_what_is_set_aside_is_not_asked_about() -> None:
    part = whole("adults, not the children")

    assert part.concepts == {"adults"}
    assert {m.concept for m in part.mentions if m.excluded} == {"children"}


def test_words_that_belong_to_no_concept_are_kept_as_unknown() -> None:
    assert whole("did the zebra hurt the eyes").unknown == ("zebra",)


def test_a_message_with_two_questions_is_read_in_two_parts() -> None:
    reading = reading_of("how bright was the lamp and how many had eye strain?")

    first, second = reading.parts
    assert first.concepts == {"brightness", "lamp"}
    assert second.concepts == {"sore-eyes"}
    assert second.inherited == ("brightness", "lamp")
    assert reading.whole.concepts == first.concepts | second.concepts


def test_a_single_question_is_its_own_whole() -> None:
    reading = reading_of("eye strain?")

    assert reading.parts == (reading.whole,)
    assert not reading.follows


def test_a_follow_up_inherits_what_it_does_not_say() -> None:
    reading = reading_of(
        "and in children?", "did adults sleep?", "eye strain in adults"
    )

    assert reading.follows
    assert reading.whole.concepts == {"children"}
    assert set(reading.whole.inherited) == {"sleep-quality", "adults", "sore-eyes"}
    assert "strain" in reading.whole.context


def test_only_the_last_two_messages_are_leant_on() -> None:
    part = whole("and then?", "the lamp", "eye strain", "sleep")

    assert set(part.inherited) == {"sore-eyes", "sleep-quality"}


@pytest.mark.parametrize(
    "feature",
    [
        pytest.param("w:eye", id="word"),
        pytest.param("w:^", id="beginning"),
        pytest.param("w:$", id="end"),
        pytest.param("b:had_eye", id="neighbours"),
        pytest.param("p:children_eye", id="pair"),
        pytest.param("c:^eye", id="letters at the start"),
        pytest.param("c:ain$", id="letters at the end"),
        pytest.param("m:sore-eyes", id="concept"),
        pytest.param("mm:children_sore-eyes", id="pair of concepts"),
        pytest.param("mk:sore-eyes_how-many", id="concept and kind"),
        pytest.param("k:how-many", id="kind"),
        pytest.param("x:adults", id="set aside"),
        pytest.param("t:lamp", id="word of the thread"),
        pytest.param("tm:lamp", id="concept of the thread"),
        pytest.param("w:lamp", id="word of the thread, as if said again"),
        pytest.param("m:lamp", id="concept of the thread, as if named again"),
    ],
)
def test_a_part_is_known_by_feature(feature: str) -> None:
    part = whole("How many children had eye strain, not the adults?", "the lamp")

    assert feature in features_of(part)


def test_what_another_part_of_the_message_says_is_not_said_again() -> None:
    _, second = reading_of("how bright was the lamp and who had eye strain?").parts

    listed = features_of(second)

    assert "t:lamp" in listed
    assert "w:lamp" not in listed


def test_words_far_apart_are_no_pair() -> None:
    listed = features_of(whole("children zebra pillow carpet window"))

    assert "p:carpet_children" in listed
    assert "p:children_window" not in listed


def test_letters_are_listed_four_by_four() -> None:
    letters = [one for one in features_of(whole("the zebra")) if one.startswith("c:")]

    assert {len(one) for one in letters} == {len("c:^the")}


def test_features_are_listed_once_and_in_order() -> None:
    listed = features_of(whole("lamp lamp lamp"))

    assert listed == tuple(sorted(set(listed)))


@given(
    st.text(st.characters(exclude_categories=()), max_size=300),
    st.lists(st.text(max_size=50), max_size=3),
)
def test_any_text_can_be_read(text: str, thread: list[str]) -> None:
    reading = reading_of(text, *thread)

    assert reading.parts
    assert features_of(reading.whole)


@given(st.lists(st.sampled_from(sorted(TINY_PACK.concepts)), min_size=1, max_size=8))
def test_any_order_of_names_is_read_alike_twice(names: list[str]) -> None:
    text = " and ".join(TINY_PACK.concepts[name].name for name in names)

    assert reading_of(text) == reading_of(text)
    assert reading_of(text).whole.concepts <= TINY_PACK.concepts.keys()


def test_what_is_told_first_is_heard_as_if_said_before() -> None:
    reading = reading_of("The adults did well. How many had eye strain?")

    assert reading.asked is not None
    assert reading.asked.concepts == {"sore-eyes"}
    assert reading.asked.inherited == ("adults",)
    assert reading.whole.concepts == {"adults", "sore-eyes"}


@pytest.mark.parametrize("text", ["How many had eye strain?", "eye strain in adults"])
def test_a_message_that_only_asks_is_read_once(text: str) -> None:
    assert reading_of(text).asked is None


def test_a_part_of_several_is_read_after_the_one_before_it_too() -> None:
    first, second = reading_of(
        "Did adults join, and how many had eye strain?"
    ).otherwise

    assert first == ()
    assert [part.inherited for part in second] == [("adults",)]


def test_a_part_that_tells_something_is_read_without_it_too() -> None:
    reading = reading_of("The adults did well. How many joined? Any eye strain?")
    first, _ = reading.parts

    assert first.text == "How many joined"
    assert "adults" in first.inherited
