"""The home tab, personal settings, and what they change in a reply."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answering.composition import FigureRef, NumberedCitation
from bot.slack.blocks.limits import breaches_of_view
from bot.slack.preferences import CHOICES
from tests.fakes import CannedAnswers, FakeSlack
from tests.make import make_citation, make_composition
from tests.slack.door import Body, Door, make_direct, make_mention
from tests.slack.reading import buttons, on_home, words


OPENED: Body = {"type": "app_home_opened", "tab": "home", "user": "U1", "channel": "D1"}
CITED: tuple[NumberedCitation, ...] = (make_citation(1, source="nowhere-report-2020"),)


@pytest.fixture
def answers() -> CannedAnswers:
    told = make_composition(answer="Two. [1]", facts=("eye-strain",))
    reply = make_composition(facts=("eye-strain",), citations=CITED)
    return CannedAnswers(reply, {"eye-strain": told, "sleep": told})


async def _home(door: Door, slack: FakeSlack) -> list[Body]:
    await door.event(OPENED)
    view = slack.taken["views.publish"][-1]["view"]
    assert breaches_of_view(view) == ()
    blocks: list[Body] = view["blocks"]
    return blocks


async def _set(door: Door, name: str, value: str) -> None:
    action = {
        "type": "static_select",
        "action_id": f"setting-{name}",
        "block_id": "settings-row-1",
        "selected_option": {"value": value},
    }
    await door.tap("", actions=[action], **on_home())


async def test_the_home_tab_shows_what_is_known_and_what_is_not(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    text = words(await _home(door, slack))

    knowledge = answers.knowledge
    efficacy = sum(knowledge.topic(fact) == "efficacy" for fact in knowledge.facts)
    assert knowledge.trial.greeting in text
    assert f"Efficacy · {efficacy}" in text
    assert text.count("What changed") == 1
    assert "Known unknowns: 2" in text
    assert knowledge.trial.status.says in text
    assert "You have not asked me anything lately." in text
    assert slack.taken["views.publish"][0]["user_id"] == "U1"


async def test_the_home_tab_shows_what_is_asked_most_and_by_oneself(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    for ts in ("10.1", "10.2"):
        await door.event(make_mention(ts=ts, user="U2"))
    await door.event(make_direct(ts="10.3"))

    blocks = await _home(door, slack)

    label = answers.knowledge.facts["eye-strain"].label
    assert f"{label} · 3" in words(blocks)
    assert "how many gauges?" in words(blocks)
    assert buttons(blocks)["again-1"] == make_composition().id


async def test_what_a_boundary_decided_is_neither_counted_nor_shown(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    answers.reply = make_composition(decision="patient_advice", facts=("eye-strain",))
    await door.event(make_direct())

    text = words(await _home(door, slack))

    assert "Most asked" not in text
    assert "how many gauges" not in text


async def test_a_topic_opens_its_entries_and_an_entry_its_reply(
    door: Door, slack: FakeSlack
) -> None:
    await door.press("topic-1", "safety", **on_home())
    await door.press("entry-topic-1", "eye-strain", **on_home())
    await door.press("all-gaps", "all", **on_home())
    await door.press("topic-1", "unicorns", **on_home())

    listed, told, gaps, gone = (call["view"] for call in slack.taken["views.open"])
    assert "eye-strain" in buttons(listed["blocks"]).values()
    assert make_composition().points[0].headline in words(told)
    assert "2 things that no source reports" in words(gaps)
    assert "taken out" in words(gone)


async def test_an_own_question_is_shown_again(door: Door, slack: FakeSlack) -> None:
    await door.event(make_direct())
    await door.press("again-1", make_composition().id, **on_home())
    await door.press("again-1", "long-gone", **on_home())

    again, gone = (call["view"] for call in slack.taken["views.open"])
    assert make_composition().points[0].headline in words(again)
    assert "no longer hold" in words(gone)


@pytest.mark.parametrize("name", CHOICES)
async def test_a_setting_is_kept_and_shown(
    door: Door, slack: FakeSlack, name: str
) -> None:
    await _set(door, name, CHOICES[name][-1])
    await _set(door, name, "nobody offered this")

    blocks = slack.taken["views.publish"][-1]["view"]["blocks"]
    row = next(b for b in blocks if b["block_id"] == "settings-row")
    selects = row["elements"]
    chosen = {one["action_id"]: one["initial_option"]["value"] for one in selects}
    assert chosen[f"setting-{name}"] == CHOICES[name][-1]


async def test_short_replies_have_no_folds(door: Door, slack: FakeSlack) -> None:
    await _set(door, "length", "short")
    await door.event(make_mention())
    await door.event(make_mention(ts="10.2", user="U2"))

    short, full = ({block["type"] for block in p["blocks"]} for p in slack.posted)
    assert "container" not in short
    assert "container" in full


@pytest.mark.parametrize(
    ("role", "is_open"), [("statistician", True), ("registrar", False)]
)
async def test_a_role_opens_what_it_looks_for_first(
    door: Door, slack: FakeSlack, role: str, is_open: Any
) -> None:
    await _set(door, "role", role)
    await door.event(make_mention())

    blocks = slack.posted[0]["blocks"]
    (fold,) = (block for block in blocks if block["type"] == "container")
    assert fold["default_collapsed"] is not is_open


async def test_a_data_manager_sees_ids_and_versions(
    door: Door, slack: FakeSlack
) -> None:
    await _set(door, "role", "data manager")
    await door.event(make_mention())

    text = words(slack.posted[0]["blocks"])
    assert "facts eye-strain" in text
    assert "harbour 0123456789ab" in text


async def test_the_press_sees_the_label_and_nothing_that_is_folded(
    door: Door, slack: FakeSlack
) -> None:
    await _set(door, "role", "press")
    await door.event(make_direct())

    (post,) = slack.posted
    names = buttons(post["blocks"])
    assert "`Fictional`" in words(post["blocks"][0])
    assert post["text"].startswith("Fictional. 7 of 11")
    assert "container" not in {block["type"] for block in post["blocks"]}
    assert not any(name.startswith("suggestion") for name in names)


@pytest.mark.parametrize("facts", [("nobody-knows",), ("eye-strain", "sleep")])
async def test_what_is_not_cleared_is_not_told_to_the_press(
    door: Door, slack: FakeSlack, answers: CannedAnswers, facts: tuple[str, ...]
) -> None:
    answers.reply = make_composition(facts=facts)
    await _set(door, "role", "press")
    await door.event(make_direct())

    (post,) = slack.posted
    names = buttons(post["blocks"])
    (fold,) = (block for block in post["blocks"] if block["type"] == "container")
    seen = [block for block in post["blocks"] if block != fold]
    assert post["text"].startswith("Fictional. Not cleared for sharing: ")
    assert "Ask your press office." in post["text"]
    assert "7 of 11" not in words([post["text"], seen])
    assert fold["title"]["text"].startswith("Not cleared for sharing")
    assert "7 of 11" in words(fold)
    assert fold["default_collapsed"] is True
    assert not {"share", "copy-citation"} & names.keys()


async def test_what_is_not_cleared_is_not_even_folded_where_others_read(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    answers.reply = make_composition(facts=("nobody-knows",))
    await _set(door, "role", "press")
    await door.event(make_mention())

    (post,) = slack.posted
    assert "Not cleared for sharing" in post["text"]
    assert "7 of 11" not in words(post)


async def test_what_is_not_cleared_cannot_be_shared_by_an_older_button(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    answers.reply = make_composition(facts=("nobody-knows",))
    await door.event(make_direct())
    value = buttons(slack.posted[0]["blocks"])["share"]
    await _set(door, "role", "press")
    await door.press("share", value)
    view = slack.taken["views.open"][0]["view"]
    await door.submit(view, {"channel": {"selected_conversation": "C7"}})

    assert "Not cleared for sharing" in words(view)
    assert "Not cleared for sharing" in words(door.acknowledged)
    assert [post["channel"] for post in slack.posted] == ["D1"]


async def test_the_press_is_given_no_picture_by_command(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    figure = FigureRef(id="people", alt="Seven of eleven people are filled.")
    answers.reply = make_composition(figures=(figure,))
    await _set(door, "role", "press")
    await door.command("figure how many?")

    assert "No picture of that is cleared for sharing." in slack.asides[-1]["text"]
    assert figure.alt not in words(slack.asides)


async def test_the_press_reads_who_cleared_a_reply(
    door: Door, slack: FakeSlack
) -> None:
    await _set(door, "role", "press")
    await door.event(make_direct())

    label = words(slack.posted[0]["blocks"][0])
    assert "cleared for sharing by test press officer, 23 November 2026" in label


async def test_a_reply_shared_by_the_press_carries_the_label(
    door: Door, slack: FakeSlack
) -> None:
    await _set(door, "role", "press")
    await door.event(make_direct())
    value = buttons(slack.posted[0]["blocks"])["share"]
    await door.press("share", value)
    view = slack.taken["views.open"][0]["view"]
    await door.submit(view, {"channel": {"selected_conversation": "C7"}})

    assert "`Fictional`" in words(slack.posted[1]["blocks"])
    assert "container" not in {block["type"] for block in slack.posted[1]["blocks"]}
