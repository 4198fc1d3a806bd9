from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.answering.desk import Desk
from bot.answering.margins import LOWEST
from bot.answering.matches import Found, Match, Matches, chance, signs_of
from bot.answering.matching import MOST, Matcher
from bot.knowledge.load import Knowledge
from bot.understanding.question import Question
from bot.understanding.reading import Part, read
from bot.understanding.vocabulary import Vocabulary
from tests.answering.keys import make_key
from tests.make import make_fact, make_gap, make_match, make_matches, with_entries


def part_of(text: str, tiny: Knowledge, *thread: str) -> Part:
    vocabulary = Vocabulary(tiny.concepts.values(), tiny.shared)
    return read(Question.of(text, thread), vocabulary).whole


def matches_of(
    text: str, tiny: Knowledge, *thread: str, key: Mapping[str, int] | None = None
) -> Matches:
    vocabulary = Vocabulary(tiny.concepts.values(), tiny.shared)
    matcher = Matcher(tiny, vocabulary, None if key is None else make_key(key))
    return matcher.match(part_of(text, tiny, *thread))


def found(matches: Matches) -> dict[str, Match]:
    return {match.entry.id: match for match in matches.ranked}


def test_an_entry_is_found_by_its_measure(tiny: Knowledge) -> None:
    match = found(matches_of("eye strain", tiny))["eye-strain"]

    assert match.measured
    assert match.coverage == 1.0
    assert match.uncovered == ()


def test_who_names_what_an_entry_excludes_asks_about_others(tiny: Knowledge) -> None:
    strain = tiny.facts["eye-strain"].model_copy(update={"excludes": ("adults",)})
    knowledge = with_entries(tiny, strain)

    assert "eye-strain" not in found(matches_of("eye strain in adults", knowledge))
    assert "eye-strain" in found(matches_of("eye strain", knowledge))


def test_an_entry_is_found_by_a_narrower_concept(tiny: Knowledge) -> None:
    knowledge = with_entries(tiny, make_fact("any-migraine", measure=["migraine"]))

    assert found(matches_of("a month without migraine", knowledge)).keys() >= {
        "month-without-migraine",
        "any-migraine",
    }


def test_nothing_is_found_where_no_measure_is_named(tiny: Knowledge) -> None:
    assert matches_of("the lamp for adults", tiny).ranked == ()


def test_the_most_trusted_entry_comes_first(tiny: Knowledge) -> None:
    ranked = matches_of("eye strain in the newsletter", tiny).ranked

    trusts = [match.trust for match in ranked]
    assert trusts == sorted(trusts, reverse=True)
    assert len({match.entry.id for match in ranked}) == len(ranked)


def test_equal_trust_is_settled_by_name(tiny: Knowledge) -> None:
    twins = [make_fact(name, measure=["sleep-quality"]) for name in ("b", "a")]

    ranked = matches_of("sleep", with_entries(tiny, *twins)).ranked

    names = [match.entry.id for match in ranked]
    assert names.index("a") + 1 == names.index("b")


def test_no_more_entries_are_looked_at_than_a_person_could(tiny: Knowledge) -> None:
    many = [make_fact(f"f{i}", measure=["sleep-quality"]) for i in range(2 * MOST)]

    assert len(matches_of("sleep", with_entries(tiny, *many)).ranked) == MOST


def test_a_material_concept_that_is_not_covered_is_named(tiny: Knowledge) -> None:
    match = found(matches_of("eye strain in children", tiny))["eye-strain"]

    assert match.uncovered == ("children",)
    assert match.trust < 0.5


def test_an_immaterial_concept_may_be_uncovered_but_costs_coverage(
    tiny: Knowledge,
) -> None:
    match = found(matches_of("eye strain and the newsletter", tiny))["eye-strain"]

    assert match.uncovered == ()
    assert 0.0 < match.coverage < 1.0


def test_an_aspect_that_is_named_counts(tiny: Knowledge) -> None:
    knowledge = with_entries(
        tiny, make_fact("walks", measure=["sleep-quality"], aspect=["how-often"])
    )

    assert found(matches_of("sleep, as a percentage", knowledge))["walks"].aspect
    assert not found(matches_of("sleep", knowledge))["walks"].aspect


def test_a_follow_up_finds_what_the_thread_was_about(tiny: Knowledge) -> None:
    matches = matches_of("and then?", tiny, "eye strain")

    assert found(matches)["eye-strain"].measured


def test_with_a_second_key_its_margins_enter(tiny: Knowledge) -> None:
    matches = matches_of("the lamp", tiny, key={"lamp-brightness": 10, "outside": -3})

    match = matches.ranked[0]
    assert match.entry.id == "lamp-brightness"
    assert match.margin > matches.other("outside")
    assert matches.labels.keys() == {"outside"}
    assert matches.best_margin == match.margin


@pytest.mark.parametrize(("margin", "kept"), [(-5, True), (-15, False)])
def test_the_second_key_keeps_out_only_what_it_finds_unlikely(
    tiny: Knowledge, margin: int, *, kept: bool
) -> None:
    likely = [make_fact(f"f{i}") for i in range(MOST)]
    margins = {fact.id: 10 for fact in likely} | {"eye-strain": margin}

    matches = matches_of("eye strain", with_entries(tiny, *likely), key=margins)

    assert ("eye-strain" in found(matches)) is kept


def test_a_label_that_was_not_scored_lies_below_any_that_was() -> None:
    assert make_matches().other("outside") < -1.0
    assert make_matches().best_margin < -1.0


def test_the_signs_of_a_match_are_its_margin_its_lead_and_its_cover() -> None:
    best = make_match(make_fact("a", aspect=["adults"]), margin=0.5, coverage=0.75)
    gap = make_match(make_gap("b"), margin=0.2, uncovered=("children",))
    among = make_matches(best, gap, labels={"outside": -0.25})

    assert signs_of(best, among) == pytest.approx(
        {
            "intercept": 1,
            "margin": 0.5,
            "lead": 0.3,
            "lead_elsewhere": 0.75,
            "measured": 1,
            "aspect": 0,
            "has_aspect": 1,
            "uncovered": 0,
            "coverage": 0.75,
            "gap": 0,
        }
    )
    theirs = signs_of(gap, among)
    assert theirs["lead"] == pytest.approx(-0.3)
    assert theirs["gap"] == theirs["uncovered"] == 1


def test_a_match_leads_over_its_best_rival_however_poor_that_is() -> None:
    best = make_match(make_fact("a"), margin=-2.0)
    worst = make_match(make_fact("b"), margin=-3.0)
    among = make_matches(best, worst)

    assert signs_of(best, among)["lead"] == pytest.approx(1.0)
    assert signs_of(worst, among)["lead"] == pytest.approx(-1.0)


def test_a_match_alone_leads_over_what_was_not_scored() -> None:
    alone = make_match(make_fact("a"), margin=0.5)

    assert signs_of(alone, make_matches(alone))["lead"] == 0.5 - LOWEST


def test_trust_is_a_chance() -> None:
    assert chance({}, {"intercept": 1.0}) == 0.5
    assert chance({"margin": 2.0}, {"margin": 1.0}) == pytest.approx(0.880797)


def test_a_desk_without_a_key_still_finds_entries(tiny_desk: Desk) -> None:
    assert tiny_desk.reply_to(Question.of("eye strain?")).facts == ("eye-strain",)


@pytest.mark.parametrize(
    ("text", "best"),
    [
        (
            "Any eye strain, and how bright was the lamp?",
            ["eye-strain", "lamp-brightness"],
        ),
        ("eye strain, lamp", ["eye-strain"]),  # no question, and unclear
    ],
)
def test_each_part_that_asks_or_is_clear_has_its_own_best_entry(
    tiny: Knowledge, text: str, best: list[str]
) -> None:
    vocabulary = Vocabulary(tiny.concepts.values(), tiny.shared)
    reading = read(Question.of(text), vocabulary)
    parts = Matcher(tiny, vocabulary, None).find(reading).parts

    assert [part.ranked[0].entry.id for part in parts] == best


def test_what_a_message_asks_may_be_clearer_than_the_whole_of_it() -> None:
    vague = make_matches(make_match(make_fact("walks"), 0.4))
    clear = make_matches(make_match(make_fact("talks"), 0.9))

    assert Found(vague, asked=clear).clearest is clear
    assert Found(clear, asked=vague).clearest is clear
    assert Found(vague).clearest is vague
