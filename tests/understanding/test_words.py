from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.words import Lexicon, american, plain_words, split, stem_of


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon({"photophobia", "lantern", "lux", "zigzagly", "zigzags"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("How MANY?", ["how", "many", "?"], id="lower case"),
        pytest.param("1,234 of 2.5%", ["1,234", "of", "2.5", "%"], id="figures"),
        pytest.param("the 28th day", ["the", "28th", "day"], id="ordinals"),
        pytest.param("d28 ab12c", ["d28", "ab12c"], id="names with figures"),
        pytest.param("don't", ["don't"], id="apostrophe"),
        pytest.param("lamp's", ["lamp", "s"], id="possessive"),
        pytest.param("für 光", ["für", "光"], id="any script"),
        pytest.param("--- …", [], id="no words"),
    ],
)
def test_a_text_is_split_into_words_and_figures(text: str, words: list[str]) -> None:
    assert split(text) == words


@pytest.mark.parametrize(
    ("british", "spelling"),
    [
        ("haemoglobin", "hemoglobin"),
        ("diarrhoea", "diarrhea"),
        ("oedema", "edema"),
        ("tumours", "tumors"),
        ("randomised", "randomized"),
        ("centre", "center"),
        ("programmes", "programs"),
        ("four", "four"),
    ],
)
def test_british_spelling_is_read_as_american(british: str, spelling: str) -> None:
    assert american(british) == spelling


def test_numbers_in_words_are_read_as_figures() -> None:
    assert [word.read for word in plain_words("Twelve of twenty")] == [
        "12",
        "of",
        "twenty",
    ]


def test_forms_of_a_word_have_one_stem() -> None:
    assert stem_of("transplanted") == stem_of("transplants") == "transplant"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("lantern", "lantern", id="known to the pack"),
        pytest.param("lanterns", "lanterns", id="another form of a known word"),
        pytest.param("lantren", "lantern", id="two letters swapped"),
        pytest.param("alntern", "lantern", id="a swapped start"),
        pytest.param("photphobai", "photophobia", id="two edits in a long word"),
        pytest.param("zigzoglo", "zigzagly", id="two edits in eight letters"),
        pytest.param("zagzogs", "zagzogs", id="two edits in seven letters"),
        pytest.param("lxu", "lxu", id="too short"),
        pytest.param("zzqxv", "zzqxv", id="near to nothing"),
        pytest.param("lanter9", "lanter9", id="not of letters alone"),
    ],
)
def test_a_typing_error_is_read_as_the_nearest_known_word(
    lexicon: Lexicon, typed: str, read: str
) -> None:
    assert lexicon.read(typed) == read


def test_among_words_equally_near_the_pack_s_own_comes_first() -> None:
    assert Lexicon(()).read("ligkt") == "light"
    assert Lexicon({"ligat"}).read("ligkt") == "ligat"


def test_a_word_remembers_that_it_was_repaired(lexicon: Lexicon) -> None:
    wrong, right, british = lexicon.words("lantren lantern colour")

    assert (wrong.typed, wrong.read, wrong.repaired) == ("lantren", "lantern", True)
    assert not right.repaired
    assert not british.repaired


def test_a_lexicon_knows_its_own_and_everyday_words(lexicon: Lexicon) -> None:
    assert lexicon.knows("photophobia")
    assert lexicon.knows("people")
    assert not lexicon.knows("phtphb")


@pytest.mark.parametrize(
    ("word", "tells", "carries"),
    [
        pytest.param("lantern", True, True, id="a noun"),
        pytest.param(
            "many", True, False, id="a question word tells, but carries nothing"
        ),
        pytest.param("the", False, False, id="a filler"),
        pytest.param("?", False, False, id="a sign"),
    ],
)
def test_what_a_word_is_worth(word: str, *, tells: bool, carries: bool) -> None:
    (one,) = plain_words(word)

    assert (one.tells, one.carries) == (tells, carries)


@given(st.text())
def test_any_text_can_be_read_word_by_word(text: str) -> None:
    words = Lexicon({"lantern"}).words(text)

    assert [word.typed for word in words] == split(text)
    assert all(word.stem for word in words)
