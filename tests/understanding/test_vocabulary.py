from __future__ import annotations

import pytest

from bot.understanding.vocabulary import Vocabulary, key_of
from tests.make import make_concept, make_shared


HARBOUR = (
    make_concept(
        "tide",
        synonyms=["high water", "rise of the sea"],
        abbreviations=["HW", "spring mark"],
    ),
    make_concept("spring-tide", broader=["tide"], material=True),
    make_concept("gauge", lay=["measuring stick"]),
    make_concept("who-is-it", name="who are you", kind="self"),
    make_concept("storm", broader=["weather"]),
    make_concept("weather", broader=["storm"]),
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(HARBOUR)


def named(vocabulary: Vocabulary, text: str) -> list[str]:
    found = vocabulary.mentions(vocabulary.lexicon.words(text))
    return [mention.concept for mention in found]


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        pytest.param("the tide", ["tide"], id="its name"),
        pytest.param("two tides", ["tide"], id="a plural"),
        pytest.param("teh tidde", ["tide"], id="a typing error"),
        pytest.param("the water was high", ["tide"], id="words in any order"),
        pytest.param("how did the sea rise", ["tide"], id="fillers between"),
        pytest.param(
            "high, some said very very much higher, water", [], id="far apart"
        ),
        pytest.param("a measuring stick", ["gauge"], id="everyday words"),
        pytest.param("hw", ["tide"], id="an abbreviation in small letters"),
        pytest.param("the hws", [], id="an abbreviation is matched whole"),
        pytest.param("the spring mark", ["tide"], id="an abbreviation of two words"),
        pytest.param("a mark in spring", [], id="whose words stand together"),
        pytest.param("spring, then the spring mark", ["tide"], id="and begins twice"),
        pytest.param("who are you", ["who-is-it"], id="words that carry nothing"),
        pytest.param("are you who", [], id="stand together, too"),
        pytest.param(
            "gauge the tide", ["gauge", "tide"], id="in the order of the text"
        ),
        pytest.param("boats", [], id="nothing"),
        pytest.param("", [], id="no words"),
    ],
)
def test_a_concept_is_found_by_the_ways_of_saying_it(
    vocabulary: Vocabulary, text: str, concepts: list[str]
) -> None:
    assert named(vocabulary, text) == concepts


def test_the_longer_form_wins(vocabulary: Vocabulary) -> None:
    assert named(vocabulary, "the spring tide") == ["spring-tide"]
    assert named(vocabulary, "spring tide or neap tide") == ["spring-tide"]


def test_the_places_are_the_tightest_ones(vocabulary: Vocabulary) -> None:
    words = vocabulary.lexicon.words("water came and it was high water")

    (mention,) = vocabulary.mentions(words)

    assert mention.places == (5, 6)
    assert mention.form == "high water"


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("all but not the tide", True),
        ("apart from spring tide", True),
        ("the tide, not the boats", False),
        ("not in the least about any tide", False),
    ],
)
def test_what_a_question_sets_aside_is_marked(
    vocabulary: Vocabulary, text: str, *, excluded: bool
) -> None:
    (mention,) = vocabulary.mentions(vocabulary.lexicon.words(text))

    assert mention.excluded is excluded


def test_a_form_without_a_word_is_never_found() -> None:
    vocabulary = Vocabulary([make_concept("harbour", abbreviations=["_"])])

    (mention,) = vocabulary.mentions(vocabulary.lexicon.words("_ harbour"))
    assert mention.form != "_"


def test_a_word_that_belongs_to_a_form_sets_nothing_else_aside() -> None:
    calm = make_concept("calm", name="day without storm")
    vocabulary = Vocabulary((calm, make_concept("harbour")))

    found = vocabulary.mentions(
        vocabulary.lexicon.words("a day without storm in harbour")
    )

    assert {m.concept for m in found if not m.excluded} == {"calm", "harbour"}


def test_broader_concepts_are_reached_even_in_a_circle(vocabulary: Vocabulary) -> None:
    assert vocabulary.with_broader(["spring-tide", "gauge"]) == {
        "spring-tide",
        "tide",
        "gauge",
    }
    assert vocabulary.with_broader(["storm"]) == {"storm", "weather"}
    assert vocabulary.with_broader(["moon"]) == set()


def test_a_concept_is_material_if_it_is_written_so(vocabulary: Vocabulary) -> None:
    assert vocabulary.is_material("spring-tide")
    assert not vocabulary.is_material("tide")


def test_a_written_rule_says_what_shared_words_mean() -> None:
    rule = make_shared("level", "gauge", tide="tide")
    concepts = (*HARBOUR[:2], make_concept("gauge", synonyms=["level"]))
    vocabulary = Vocabulary(concepts, [rule])

    assert named(vocabulary, "the level") == ["gauge"]
    assert named(vocabulary, "the level at high water") == ["tide", "tide"]
    assert named(vocabulary, "a gauge") == ["gauge"]


def test_two_ways_of_saying_are_one_if_they_differ_in_fillers_and_order() -> None:
    assert key_of("rise of the sea") == key_of("sea rises")
    assert key_of("rise of the sea") != key_of("rise of seven seas")
    assert key_of("of the") == ("of", "the")
