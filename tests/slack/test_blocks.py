from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.citing import source_line
from bot.answering.composition import Composition, Fold, Point, Suggestion
from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import breaches, checked
from bot.slack.blocks.manner import PLAIN, Manner
from bot.slack.blocks.notices import apology, entry_gone, how_to_ask
from bot.slack.blocks.reply import render
from bot.slack.blocks.simpler import plainer
from bot.slack.blocks.text import Markup, bold, code, escaped, linked, pieces, plain
from tests.make import make_citation, make_composition
from tests.slack.reading import words


NASTY = (
    "<!channel>",
    "<!subteam^S1|all>",
    "<@U1>",
    "<#C1|x>",
    "<https://evil.example|click>",
    "https://evil.example",
    "&lt;!here&gt;",
    "&",
    "*",
    "`",
    ">",
    "|",
    "\n",
    " ",
    "7 of 11",
)
texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=20), max_size=12).map(
    "".join
)
titles = texts.map(lambda text: f"x{text}")
urls = st.none() | texts | texts.map(lambda text: f"https://a.example/{text}")


@st.composite
def compositions(draw: st.DrawFn) -> Composition:
    """Replies whose every word was written by somebody who means harm."""
    lines = st.lists(texts, max_size=4).map(tuple)
    points = st.builds(
        Point, decision=st.just("answered"), headline=titles, lines=lines
    )
    citations = st.builds(
        make_citation, st.integers(1, 99), title=texts, url=urls, locator=texts
    )
    suggestions = st.builds(Suggestion, label=titles, target=titles, answer=texts)
    folds = st.builds(Fold, title=titles, lines=lines)
    return make_composition(
        answer=draw(titles),
        points=draw(st.lists(points, max_size=3)),
        citations=draw(st.lists(citations, max_size=12)),
        suggestions=draw(st.lists(suggestions, max_size=3)),
        folds=draw(st.lists(folds, max_size=3)),
        badges=draw(st.lists(titles, max_size=3)),
        gap=draw(st.none() | st.integers(1, 99)),
    )


def objects(value: Any) -> Iterator[Block]:
    """All that has a type, in its order."""
    if isinstance(value, dict):
        if "type" in value:
            yield value
        yield from objects(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from objects(inner)


def parts(value: Any, kind: str) -> Iterator[str]:
    """The texts of all objects of a kind, in their order."""
    return (part["text"] for part in objects(value) if part["type"] == kind)


def sections(blocks: Any) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "section":
            yield block["text"]["text"]
        yield from sections(block.get("child_blocks", ()))


def bare(text: str) -> str:
    """The signs that count: no blanks, no stars, nothing invisible."""
    return "".join(
        text.replace("\u2217", "").replace("*", "").replace("\u2060", "").split()
    )


def shown(text: str) -> str:
    """What Slack shows of escaped text."""
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def said(messages: tuple[Message, ...]) -> str:
    return "".join(
        bare(shown(text)) for message in messages for text in sections(message.blocks)
    )


@given(compositions())
def test_nothing_that_somebody_wrote_becomes_markup(composition: Composition) -> None:
    ours = {str(one.url).replace("&", "&amp;") for one in composition.citations}

    for message in render(composition):
        for text in (message.text, *parts(message.blocks, "mrkdwn")):
            links = re.findall(r"<([^<>|]*)\|[^<>]*>", text)
            assert set(links) <= ours
            assert all(link.startswith("https://") for link in links)
            assert text.count("<") == text.count(">") == len(links)
            assert not re.search(r"&(?!amp;|lt;|gt;)", text)
        for text in parts(message.blocks, "plain_text"):
            assert not re.search(r"<[!@#h]", text)


@given(compositions())
def test_slack_has_nothing_against_a_reply(composition: Composition) -> None:
    for message in render(composition):
        assert breaches(message) == ()
        assert breaches(plainer(message)) == ()


@given(compositions())
def test_no_word_of_a_reply_is_lost(composition: Composition) -> None:
    words = said(render(composition))

    for point in composition.points:
        assert bare(point.headline) in words
        assert bare("".join(point.lines)) in words
    for fold in composition.folds:
        assert bare("".join(fold.lines)) in words


@given(compositions())
def test_the_plainer_message_has_sections_and_contexts_only(
    composition: Composition,
) -> None:
    for message in map(plainer, render(composition)):
        assert {block["type"] for block in message.blocks} <= {"section", "context"}


@given(texts, st.integers(20, 60))
def test_pieces_are_short_enough_and_whole(text: str, most: int) -> None:
    found = pieces(text, most)

    assert all(len(piece) <= most for piece in found)
    assert bare(shown("".join(found))) == bare(text)


def test_slack_looks_for_no_addresses_in_our_words() -> None:
    (message,) = render(make_composition())

    shown_words = [part for part in objects(message.blocks) if part["type"] == "mrkdwn"]
    assert shown_words
    assert all(part["verbatim"] for part in shown_words)


def test_the_line_comes_first_and_bold() -> None:
    (message,) = render(make_composition())

    first = message.blocks[0]["text"]["text"]
    assert first == "*7 of 11 gauges (64%) were still in use after a year. [1]*"


def test_the_parts_of_a_reply_stand_in_their_order() -> None:
    (message,) = render(make_composition(gap=12))

    assert [block["block_id"] for block in message.blocks] == [
        "point-1-1",
        "point-1-lines-1",
        "sources-1",
        "badges-1",
        "fold-1-1",
        "suggestions-1",
    ]
    assert "Logged as gap 12" in str(message.blocks[3])


def test_the_same_reply_gives_the_same_blocks() -> None:
    first = render(make_composition())
    render.cache_clear()

    assert render(make_composition()) == first


def test_a_drawn_reply_is_found_within_the_limits_once_and_other_blocks_again() -> None:
    (drawn,) = render(make_composition())
    too_long = Message(drawn.text, (kit.section("a", Markup("x" * 3_001)),))

    assert drawn.checked
    assert breaches(drawn) == ()
    assert not checked(too_long).checked
    assert breaches(checked(too_long)) != ()


def test_the_text_is_the_answer() -> None:
    composition = make_composition(answer="Fewer than 5 < 6 & more.")

    assert render(composition)[0].text == "Fewer than 5 &lt; 6 &amp; more."


def test_several_questions_get_numbered_lines() -> None:
    lines = ("Yes. [1]", "Not reported.")
    points = [
        Point(decision="answered", headline=line, number=number)
        for number, line in enumerate(lines, start=1)
    ]

    (message,) = render(make_composition(points=points))

    assert list(sections(message.blocks))[:2] == ["*1. Yes. [1]*", "*2. Not reported.*"]


def test_a_reply_without_points_shows_its_answer() -> None:
    composition = make_composition(points=(), answer="Which one?")

    assert next(sections(render(composition)[0].blocks)) == "Which one?"


def test_sources_that_the_reply_itself_lists_are_listed_once_and_linked() -> None:
    first, second = (make_citation(n, url=f"https://a.example/{n}") for n in (1, 2))
    said = Point(decision="answered", headline="7 of 11.", lines=(source_line(first),))
    (message,) = render(make_composition(points=(said,), citations=(first, second)))

    told = words(list(message.blocks))
    assert told.count("https://a.example/1") == 1
    assert "[1] <https://a.example/1|Tides of the inner harbour>" in told
    assert "[2] <https://a.example/2|Tides of the inner harbour>" in told


@pytest.mark.parametrize(
    ("decision", "manner", "times"),
    [
        ("emergency", Manner(actions=True), 1),
        ("report", Manner(actions=True), 1),
        ("emergency", Manner(actions=True, private=True), 0),
        ("answered", Manner(actions=True), 0),
    ],
)
def test_whoever_wrote_of_danger_in_a_channel_is_told_that_their_words_still_stand(
    decision: str, manner: Manner, times: int
) -> None:
    (message,) = render(make_composition(decision=decision), manner)

    said = "Your message itself still stands in this channel."
    assert words(list(message.blocks)).count(said) == times


def make_clarify(*labels: str) -> Composition:
    choices = [
        Suggestion(label=one, target="gauges-lost", answer="x") for one in labels
    ]
    line = " · ".join(labels)
    asked = Point(decision="clarify", headline="Which one do you mean?", lines=(line,))
    return make_composition(
        decision="clarify",
        answer=f"Which one do you mean?\n{line}",
        suggestions=choices,
        points=(asked,),
    )


def test_what_may_be_meant_stands_once_as_buttons_and_in_the_text_for_readers() -> None:
    (message,) = render(make_clarify("What was lost", "Numbers"))

    assert words(list(message.blocks)).count("What was lost") == 1
    assert "What was lost · Numbers" in message.text


def test_what_may_be_meant_stays_in_a_line_where_no_button_says_it() -> None:
    press = Manner(label="investigational", actions=True)
    one_more = make_clarify("What was lost", "Numbers")
    fewer = one_more.model_copy(update={"suggestions": one_more.suggestions[:1]})

    for message in (*render(one_more, press), *render(fewer)):
        assert "What was lost · Numbers" in words(list(message.blocks))


def test_a_citation_says_where_and_through_what_it_was_read() -> None:
    (message,) = render(make_composition())

    assert next(parts(message.blocks[2:], "mrkdwn")) == (
        "[1] <https://harbour.example/okafor?year=2024&amp;page=2"
        "|Tides of the inner harbour>, table 2 (abstract)"
    )


@pytest.mark.parametrize(
    "url", [None, "javascript:alert(1)", "https://a.example/>|<!here>", "ftp://a", ""]
)
def test_only_an_address_that_a_browser_opens_becomes_a_link(url: str | None) -> None:
    assert linked("Tides & more", url) == "Tides &amp; more"


def test_a_citation_that_is_too_long_for_a_link_is_written_out() -> None:
    url = f"https://a.example/{'a' * 4000}"
    (message,) = render(make_composition(citations=(make_citation(url=url),)))

    written = "".join(parts(message.blocks[2], "mrkdwn"))
    assert url in written
    assert "<" not in written


def test_many_citations_fill_several_lines_of_ten() -> None:
    citations = tuple(make_citation(number) for number in range(1, 24))
    (message,) = render(make_composition(citations=citations))

    sizes = [
        len(block["elements"])
        for block in message.blocks
        if block["block_id"].startswith("sources")
    ]
    assert sizes == [10, 10, 3]


def test_the_knowledge_that_was_told_from_is_named_in_the_last_fold() -> None:
    (message,) = render(make_composition())

    *_, last = (b for b in message.blocks if b["type"] == "container")
    assert "Told from harbour 0123456789ab, engine 0.1.0." in words(last)


@pytest.mark.parametrize(
    ("manner", "changes"), [(Manner(short=True), {}), (PLAIN, {"folds": ()})]
)
def test_where_nothing_is_folded_the_reply_itself_names_the_knowledge(
    manner: Manner, changes: dict[str, Any]
) -> None:
    (message,) = render(make_composition(**changes), manner)

    (line,) = (b for b in message.blocks if b["block_id"] == "version")
    assert words(line) == "Told from harbour 0123456789ab, engine 0.1.0."


def test_a_fold_is_closed_until_somebody_opens_it() -> None:
    (message,) = render(make_composition())

    (fold,) = (block for block in message.blocks if block["type"] == "container")
    assert (fold["is_collapsible"], fold["default_collapsed"]) == (True, True)
    assert fold["title"]["text"] == "Numbers and method"


@pytest.mark.parametrize("size", [3_001, 14_000, 100_000])
def test_a_fold_that_is_too_long_becomes_several(size: int) -> None:
    lines = ("word " * (size // 5), "& " * 400)
    composition = make_composition(folds=(Fold(title="All of it", lines=lines),))

    messages = render(composition)

    assert bare("".join(lines)) in said(messages)
    assert [breaches(message) for message in messages] == [()] * len(messages)
    assert messages[0].text == escaped(composition.answer)


def test_many_folds_become_several_messages() -> None:
    folds = tuple(Fold(title=f"Fold {n}", lines=("x",)) for n in range(60))

    messages = render(make_composition(folds=folds))

    assert len(messages) == 3
    assert [breaches(message) for message in messages] == [()] * 3


def test_a_title_that_is_too_long_is_written_out_inside() -> None:
    title = "very " * 40 + "long"
    (message,) = render(make_composition(folds=(Fold(title=title, lines=("x",)),)))

    (fold,) = (block for block in message.blocks if block["type"] == "container")
    assert fold["title"]["text"].endswith("…")
    assert title in fold["child_blocks"][0]["text"]["text"]


def test_a_suggestion_is_a_button_that_knows_its_entry() -> None:
    (message,) = render(make_composition())

    buttons = message.blocks[-1]["elements"]
    names = [(one["action_id"], one["value"]) for one in buttons]
    assert names == [
        ("suggestion-1", "gauges-lost"),
        ("suggestion-2", "gauges-numbers"),
    ]


def test_a_label_that_is_too_long_shows_that_it_goes_on() -> None:
    long = Suggestion(label="what " * 30, target="t", answer="a")
    (message,) = render(make_composition(suggestions=(long,)))

    label = message.blocks[-1]["elements"][0]["text"]["text"]
    assert len(label) <= 75
    assert label.endswith("…")


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("> 5 mg", "\u2060&gt; 5 mg"),
        ("&amp;", "&amp;amp;"),
    ],
)
def test_signs_are_escaped(given_text: str, shown: str) -> None:
    assert escaped(given_text) == shown


def test_a_star_cannot_end_the_bold() -> None:
    assert bold("2 * 3 *", 100) == ("*2 \u2217 3 \u2217*",)


def test_a_backtick_cannot_end_a_badge() -> None:
    assert code("n = `11`") == "`n = '11'`"


def test_a_label_cannot_hold_a_mention() -> None:
    assert plain("<!channel> < 5") == "<\u2060!channel> < 5"


@pytest.mark.parametrize("notice", [how_to_ask("/ask"), apology("ab12"), entry_gone()])
def test_a_notice_keeps_within_the_limits(notice: Message) -> None:
    assert breaches(notice) == ()


def _section(size: int, name: str = "s") -> Block:
    return kit.section(name, Markup("x" * size))


def _button(label: str = "x", value: str = "v", name: str = "a") -> Block:
    return kit.button(name, label, value)


word = kit.words(Markup("x"))


@pytest.mark.parametrize(
    ("blocks", "breach"),
    [
        ([_section(3001)], "s: 3001 characters, 3000 at most"),
        ([_section(0)], "s: no characters"),
        ([_section(1), _section(1)], "s: used 2 times"),
        ([_section(1, "n" * 256)], "256 characters of block_id, 255 at most"),
        ([_section(1, str(n)) for n in range(51)], "message: 51 blocks, 50 at most"),
        (
            [_section(3000, str(n)) for n in range(5)],
            "message: 15000 text, 13200 at most",
        ),
        ([kit.context("c", [word] * 11)], "c: 11 elements, 10 at most"),
        ([kit.context("c", [])], "c: no elements"),
        (
            [kit.container("f", "t" * 151, [_section(1)])],
            "f: 151 characters of title, 150 at most",
        ),
        (
            [kit.container("f", "t", [_section(1, str(n)) for n in range(11)])],
            "f: 11 children, 10 at most",
        ),
        (
            [kit.container("f", "t", [kit.container("g", "t", [_section(1)])])],
            "f: a container in a container",
        ),
        ([kit.actions("a", [_button()] * 26)], "a: 26 buttons, 25 at most"),
        ([kit.actions("a", [_button("x" * 76)])], "a: 76 characters of label"),
        ([kit.actions("a", [_button("")])], "a: no characters of label"),
        (
            [kit.actions("a", [_button(value="v" * 2001)])],
            "a: 2001 characters of value",
        ),
        (
            [kit.actions("a", [_button(name="n" * 256)])],
            "a: 256 characters of action_id",
        ),
        ([{"type": "video", "block_id": "v"}], "v: not a kind of block that we send"),
    ],
)
def test_a_breach_of_a_limit_is_found(blocks: list[Block], breach: str) -> None:
    found = breaches(Message(Markup("x"), tuple(blocks)))

    assert breach in "; ".join(found)
