"""What can be done with a reply: share it, cite it, judge it, follow it up."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from bot.answering.composition import Composition, Decision, Suggestion
from bot.journal.tables import feedback
from bot.slack.blocks.limits import breaches_of_view
from bot.slack.feedback import REASONS
from tests.fakes import CannedAnswers, FakeSlack, Refusal
from tests.make import make_citation, make_composition
from tests.slack.door import Body, Door, make_direct, make_mention, open_door
from tests.slack.reading import EPHEMERAL, buttons, in_modal, words


CITED = make_citation(1, source="nowhere-report-2020")


@pytest.fixture
def answers() -> CannedAnswers:
    told = make_composition(id="told", answer="Two. [1]", citations=(CITED,))
    return CannedAnswers(make_composition(citations=(CITED,)), {"gauges-lost": told})


async def test_a_private_reply_can_be_shared_and_a_public_one_need_not_be(
    door: Door, slack: FakeSlack
) -> None:
    await door.command("how many?")
    await door.event(make_direct())
    await door.event(make_mention())

    aside, direct, public = (slack.asides[0], *slack.posted)
    assert "share" in buttons(aside["blocks"])
    assert "share" in buttons(direct["blocks"])
    assert "share" not in buttons(public["blocks"])
    assert {"copy-citation", "ask-on-call", "feedback"} <= set(
        buttons(public["blocks"])
    )


@pytest.mark.parametrize("decision", ["clarify", "out_of_scope"])
async def test_a_reply_that_tells_nothing_is_neither_shared_nor_judged(
    door: Door, slack: FakeSlack, answers: CannedAnswers, decision: Decision
) -> None:
    answers.reply = make_composition(decision=decision)

    await door.command("how many?")

    found = buttons(slack.asides[0]["blocks"])
    assert {"share", "feedback"}.isdisjoint(found)
    assert "ask-on-call" in found


@pytest.mark.parametrize("decision", ["answered", "not_reported"])
async def test_a_reply_that_claims_something_is_shared_and_judged(
    door: Door, slack: FakeSlack, answers: CannedAnswers, decision: Decision
) -> None:
    answers.reply = make_composition(decision=decision)

    await door.command("how many?")

    assert {"share", "feedback"} <= set(buttons(slack.asides[0]["blocks"]))


@pytest.mark.parametrize("decision", ["emergency", "patient_advice", "report"])
async def test_a_boundary_reply_cannot_be_shared(
    door: Door, slack: FakeSlack, answers: CannedAnswers, decision: Decision
) -> None:
    answers.reply = make_composition(decision=decision)

    await door.command("what shall I do?")

    assert "share" not in buttons(slack.asides[0]["blocks"])
    assert "ask-on-call" in buttons(slack.asides[0]["blocks"])


async def test_sharing_shows_first_what_would_be_posted(
    door: Door, slack: FakeSlack
) -> None:
    window = await _share_window(door, slack)

    assert breaches_of_view(window) == ()
    assert make_composition().points[0].headline in words(window)
    assert "shared by <@U1>" in words(window)
    assert buttons(window["blocks"]) == {}
    assert window["blocks"][0]["element"]["initial_conversation"] == "C1"


async def test_a_shared_reply_says_who_shared_it_and_when(
    door: Door, slack: FakeSlack
) -> None:
    window = await _share_window(door, slack)
    await door.submit(window, {"channel": {"selected_conversation": "C7"}})

    (post,) = slack.posted
    stamp = words(post["blocks"][0])
    assert post["channel"] == "C7"
    assert "thread_ts" not in post
    assert "shared by <@U1> on <!date^" in stamp
    assert "UTC" in stamp
    assert "share" not in buttons(post["blocks"])
    assert "https://slack.example/" in words(door.acknowledged["view"])


async def test_what_was_shared_can_be_followed_up_in_its_thread(
    door: Door, slack: FakeSlack
) -> None:
    window = await _share_window(door, slack)
    await door.submit(window, {"channel": {"selected_conversation": "C7"}})
    follow_up = {"channel": "C7", "channel_type": "channel", "ts": "99.1"}
    await door.event(make_direct(thread_ts="1700000000.000001", **follow_up))

    assert len(slack.posted) == 2


async def test_nothing_is_shared_where_other_organisations_read(
    door: Door, slack: FakeSlack
) -> None:
    slack.outside.add("C7")
    window = await _share_window(door, slack)
    await door.submit(window, {"channel": {"selected_conversation": "C7"}})

    assert slack.posted == []
    assert "Other organisations" in words(door.acknowledged["view"])


@pytest.mark.parametrize(
    ("error", "said"),
    [("not_in_channel", "Invite me"), ("restricted_action", "did not take it")],
)
async def test_a_share_that_slack_refuses_says_what_to_do(
    door: Door, slack: FakeSlack, error: str, said: str
) -> None:
    slack.refuse("chat.postMessage", Refusal(error=error))
    window = await _share_window(door, slack)
    await door.submit(window, {"channel": {"selected_conversation": "C7"}})

    assert said in words(door.acknowledged["view"])


@pytest.mark.parametrize("name", ["share", "ask-on-call"])
async def test_a_button_of_a_reply_that_is_gone_says_so(
    slack: FakeSlack, answers: CannedAnswers, name: str
) -> None:
    async with open_door(slack, answers, on_call_channel="C9") as door:
        await door.press(name, "long-gone", container=EPHEMERAL)

    assert "no longer hold that reply" in slack.asides[0]["text"]


async def test_a_citation_can_be_copied_in_four_styles(
    door: Door, slack: FakeSlack
) -> None:
    await door.press("copy-citation", "nowhere-report-2020,nobody-knows")

    (opened,) = slack.taken["views.open"]
    view = opened["view"]
    text = words(view)
    assert breaches_of_view(view) == ()
    assert [b["text"]["text"] for b in view["blocks"] if b["type"] == "header"] == [
        "Vancouver",
        "RIS",
        "BibTeX",
        "CSL-JSON",
    ]
    assert "Nobody and colleagues. Amber evening light" in text
    assert "TY  - JOUR" in text
    assert "@article{nowhere-report-2020," in text
    (item,) = json.loads(text[text.index("[\n") : text.rindex("]") + 1])
    assert item["id"] == "nowhere-report-2020"


async def test_a_citation_of_nothing_says_so(door: Door, slack: FakeSlack) -> None:
    await door.press("copy-citation", "nobody-knows")

    assert slack.taken["views.open"] == []
    assert "no longer hold" in slack.asides[0]["text"]


async def test_what_a_button_shows_is_in_the_audit(door: Door) -> None:
    await door.press("suggestion-1", "gauges-lost")

    (row,) = [row.told async for row in door.journal.audit.rows()]
    assert (row["kind"], row["channel"]) == ("shown", "C1")
    assert row["facts"] == list(make_composition().facts)
    assert "U1" not in str(row)


async def test_a_good_opinion_is_kept_and_thanked_for(
    door: Door, slack: FakeSlack
) -> None:
    await door.press("feedback", "good:abc")

    (row,) = await door.journal.database.read(select(feedback))
    assert (row.team, row.person, row.reply) == ("T1", "U1", "abc")
    assert row.helpful
    assert "Thank you" in slack.asides[0]["text"]
    assert slack.posted == []


@pytest.mark.parametrize("reason", REASONS)
async def test_a_bad_opinion_asks_for_one_of_five_reasons(
    door: Door, slack: FakeSlack, reason: str
) -> None:
    await door.press("feedback", "bad:abc")
    view = slack.taken["views.open"][0]["view"]
    options = view["blocks"][0]["element"]["options"]
    chosen = {"reason": {"selected_option": {"value": reason}}}
    await door.submit(view, chosen)

    assert [option["value"] for option in options] == list(REASONS)
    assert breaches_of_view(view) == ()
    (row,) = await door.journal.database.read(select(feedback))
    assert row.reason == reason
    assert not row.helpful


async def test_a_choice_is_answered_in_the_place_of_the_question(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    answers.reply = _clarify()
    await door.event(make_mention())
    choices = buttons(slack.posted[0]["blocks"])

    await door.press("choice-1", "gauges-lost")

    (update,) = slack.taken["chat.update"]
    assert choices["choice-1"] == "gauges-lost"
    assert (update["channel"], update["ts"], update["text"]) == (
        "C1",
        "20.1",
        "Two. [1]",
    )
    assert len(slack.posted) == 1


async def test_a_choice_in_private_replaces_the_question(
    door: Door, slack: FakeSlack
) -> None:
    await door.press("choice-1", "gauges-lost", container=EPHEMERAL)

    (aside,) = slack.asides
    assert aside["replace_original"]
    assert aside["text"] == "Two. [1]"


async def test_a_tap_in_a_window_is_answered_in_that_window(
    door: Door, slack: FakeSlack
) -> None:
    await door.press("suggestion-1", "gauges-lost", **in_modal())

    (update,) = slack.taken["views.update"]
    assert update["view_id"] == "V1"
    assert breaches_of_view(update["view"]) == ()
    assert "Copy citation" in words(update["view"])


async def test_a_window_opens_above_the_one_it_was_asked_for_in(
    door: Door, slack: FakeSlack
) -> None:
    await door.press("copy-citation", "nowhere-report-2020", **in_modal())

    assert len(slack.taken["views.push"]) == 1
    assert slack.taken["views.open"] == []


async def test_a_shown_entry_can_be_shared_too(door: Door, slack: FakeSlack) -> None:
    await door.press("suggestion-1", "gauges-lost", container=EPHEMERAL)
    await door.press("share", "told", container=EPHEMERAL)

    assert "Share" in slack.taken["views.open"][0]["view"]["submit"]["text"]


async def test_a_window_of_somebody_else_s_making_changes_nothing(
    door: Door, slack: FakeSlack
) -> None:
    for callback in ("share-to", "to-on-call", "feedback-reason", "nobody-knows"):
        view = {"callback_id": callback, "private_metadata": "{", "type": "modal"}
        heard = await door.submit(view, {})
        assert heard.status == 200

    assert slack.posted == []


async def _share_window(door: Door, slack: FakeSlack) -> Body:
    await door.command("how many?")
    value = buttons(slack.asides[0]["blocks"])["share"]
    await door.press("share", value, container=EPHEMERAL)
    view: Body = slack.taken["views.open"][0]["view"]
    return view


def _clarify() -> Composition:
    lost = Suggestion(label="What was lost", target="gauges-lost", answer="Two.")
    return make_composition(decision="clarify", suggestions=(lost,))
