"""Those who asked are told once, in their thread; the curators once a week."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.answering.composition import PackVersion, ReadingNote
from bot.journal.board_tables import news
from bot.journal.correction_rows import Served
from bot.journal.corrections import Found
from bot.journal.tickets import Answers
from bot.promise.corrections import Changed, Outdated
from bot.promise.digest import until
from bot.promise.tickets import By, CloseOutside
from bot.slack import once, spreading
from tests.fakes import CannedAnswers, FakeSlack, Refusal, tiny_pack
from tests.journal.kept import Watch
from tests.make import make_composition
from tests.slack.door import Door, make_direct, make_mention, open_door
from tests.slack.promised import opened_place
from tests.slack.reading import buttons, words


PACK = tiny_pack().trial.id
CLOSING = Answers("v2", {7: "eye-strain"}, {"eye-strain"})
WANTING = make_composition(
    decision="not_reported",
    knowledge=PackVersion(pack=PACK, version=tiny_pack().version),
    gap=7,
    answer="No source reports how people slept.",
    reading=ReadingNote(concepts=("sleep-quality",)),
)
BY = By("T1:U9", "A misprint.")
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC).timestamp()
DAY = 86_400.0


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop stands still: a test lets it look."""
    monkeypatch.setattr(spreading, "TICK", 1_000.0)
    monkeypatch.setattr(once, "LOOK_AFTER", 0.01)


@pytest.fixture
def answers() -> CannedAnswers:
    told = make_composition(
        id="fresh", answer="3 of 20 had eye strain. [1]", facts=("eye-strain",)
    )
    return CannedAnswers(WANTING, {"eye-strain": told})


async def _answered(door: Door, **changes: Any) -> None:
    """Ask in vain by mention; then the pack has the fact."""
    await door.event(make_mention(**changes))
    assert await door.journal.tickets.close_answered(PACK, CLOSING) == 1
    door.slack.posted.clear()


async def _told(door: Door) -> list[dict[str, Any]]:
    await door.desk.spreading.reconcile()
    return door.slack.posted


async def _audited(door: Door) -> list[dict[str, Any]]:
    assert (await door.journal.audit.verify()).breaches == ()
    rows = [row.told async for row in door.journal.audit.rows()]
    return [row for row in rows if row["kind"] == "told"]


async def test_who_asked_in_vain_is_told_once_in_their_thread(door: Door) -> None:
    await _answered(door)

    (post,) = await _told(door)
    again = list(await _told(door))

    assert (post["channel"], post["thread_ts"]) == ("C1", "10.1")
    assert "<@U1>" in post["text"]
    assert "how many gauges?" in post["text"]
    assert "3 of 20 had eye strain" in post["text"]
    assert buttons(post["blocks"])["entry-news-1"] == "eye-strain"
    assert again == [post]
    (row,) = await _audited(door)
    assert (row["about"], row["fact"], row["state"]) == (
        "answered",
        "eye-strain",
        "told",
    )
    assert "U1" not in str(row)


async def test_in_a_direct_message_nobody_is_called_by_name(
    door: Door, slack: FakeSlack
) -> None:
    await door.event(make_direct())
    await door.journal.tickets.close_answered(PACK, CLOSING)
    slack.posted.clear()

    (post,) = await _told(door)

    assert (post["channel"], post["thread_ts"]) == ("D1", "10.1")
    assert "<@" not in post["text"]


async def test_who_asked_where_only_they_saw_it_is_told_directly(
    door: Door, slack: FakeSlack
) -> None:
    await door.command("how many gauges?")
    await door.journal.tickets.close_answered(PACK, CLOSING)

    (post,) = await _told(door)

    assert post["channel"] == "U1"
    assert slack.asides


async def test_where_the_thread_is_gone_they_are_told_directly(
    door: Door, slack: FakeSlack
) -> None:
    await _answered(door)
    slack.refuse("chat.postMessage", Refusal(error="channel_not_found"))

    (post,) = await _told(door)

    assert post["channel"] == "U1"


async def test_where_nobody_can_be_told_the_audit_says_so(
    door: Door, slack: FakeSlack
) -> None:
    await _answered(door)
    slack.refuse("chat.postMessage", *(Refusal(error="is_archived"),) * 2)

    assert await _told(door) == []
    assert await _told(door) == []
    (row,) = await _audited(door)
    assert (row["state"], row["because"]) == ("untold", "is_archived")


async def test_what_an_earlier_life_posted_is_found_and_not_said_again(
    answers: CannedAnswers, tmp_path: Path
) -> None:
    """Slack took it, and the process ended before it could write that down."""
    async with opened_place(tmp_path) as place, place.app(answers) as app:
        root = await app.ask()
        await app.journal.tickets.close_answered(PACK, CLOSING)
        await app.desk.spreading.reconcile()
        begun = {"state": "owed", "outcome": None, "spot": None, "due_at": 0.0}
        again = {"message": {"text": "Again.", "blocks": []}, "holder": None}
        forgotten = update(news).values(begun | again)
        await app.journal.database.store.run(lambda c: c.execute(forgotten))
        await app.desk.spreading.reconcile()

        _, told = app.said(root)
        assert "Now there is one" in told.text
        rows = [row for row in await app.audited() if row["kind"] == "told"]
        assert [row["state"] for row in rows] == ["told", "told"]
        assert rows[0]["posts"] == rows[1]["posts"]


async def test_a_limit_of_slack_puts_it_off(door: Door, slack: FakeSlack) -> None:
    await _answered(door)
    slack.refuse("chat.postMessage", Refusal(status=429, retry_after="30"))

    assert await _told(door) == []
    assert await _audited(door) == []


async def test_a_fact_that_is_gone_by_then_is_told_to_nobody(
    door: Door, answers: CannedAnswers
) -> None:
    await _answered(door)
    answers.entries.clear()

    assert await _told(door) == []
    (row,) = await _audited(door)
    assert "says nothing of it" in row["because"]


async def test_the_press_is_told_only_what_is_cleared(
    door: Door, answers: CannedAnswers
) -> None:
    action = {
        "type": "static_select",
        "action_id": "setting-role",
        "block_id": "settings-row",
        "selected_option": {"value": "press"},
    }
    home = {"container": {"type": "view", "view_id": "H1"}, "view": {"type": "home"}}
    await door.tap("", actions=[action], **home)
    answers.entries["eye-strain"] = make_composition(facts=("nobody-knows",))
    await _answered(door)

    (post,) = await _told(door)

    assert "cleared for sharing" in post["text"]
    assert "7 of 11" not in words(post)


async def test_a_correction_is_told_once_in_each_thread_and_only_when_it_is_sent(
    door: Door, slack: FakeSlack, answers: CannedAnswers
) -> None:
    answers.reply = make_composition(facts=("eye-strain",))
    for ts, thread in (("10.1", ""), ("10.2", "10.1"), ("11.1", "")):
        place = {"thread_ts": thread} if thread else {}
        await door.event(make_mention(ts=ts, **place))
    keys = [f"T1:C1:{ts}" for ts in ("10.1", "10.2", "11.1")]
    await door.journal.corrections.note(SERVED, _found(*keys))
    slack.posted.clear()
    assert await _told(door) == []

    sent = await door.journal.corrections.send(1, BY)
    posts = await _told(door)
    again = await door.journal.corrections.send(1, BY)

    assert sent == 2
    assert sorted(post["thread_ts"] for post in posts) == ["10.1", "11.1"]
    for line in ("Then I said: 4 of 20.", "Now: 3 of 20.", "A misprint."):
        assert line in posts[0]["text"]
    assert "nobody waits" in str(again)
    rows = [row.told async for row in door.journal.audit.rows()]
    (decided,) = (row for row in rows if row["kind"] == "curated")
    assert (decided["by"], decided["why"]) == (BY.who, BY.why)


SERVED = Served(PACK, "v2", {"eye-strain": "3 of 20."})


def _found(*keys: str) -> Found:
    changed = Changed("eye-strain", "Eye strain", "3 of 20.", "A misprint.")
    return {changed: tuple(Outdated(key, "eye-strain", "4 of 20.") for key in keys)}


@pytest.fixture
async def curated(
    slack: FakeSlack, answers: CannedAnswers
) -> AsyncIterator[tuple[Door, Watch]]:
    """A house with a curation channel, in the middle of a week."""
    watch = Watch(MONDAY + 2 * DAY)
    opening = open_door(slack, answers, clock=watch, curation_channel="C7CURATION")
    async with opening as door:
        door.desk.spreading.clock = watch
        yield door, watch


async def test_the_digest_comes_once_a_week_with_every_number(
    curated: tuple[Door, Watch], slack: FakeSlack
) -> None:
    door, watch = curated
    await door.event(make_mention())
    slack.posted.clear()
    assert await _told(door) == []

    watch.now = MONDAY + 7 * DAY + 1
    (post,) = await _told(door)
    await _told(door)

    assert (post["channel"], post.get("thread_ts")) == ("C7CURATION", None)
    assert "Questions without an answer: 1; new tickets: 1" in post["text"]
    assert slack.posted == [post]


async def test_a_week_in_which_nothing_changed_has_no_digest(
    curated: tuple[Door, Watch], slack: FakeSlack
) -> None:
    door, watch = curated
    await door.event(make_mention())
    slack.posted.clear()
    for week in (1, 2, 3):
        watch.now = MONDAY + week * 7 * DAY + DAY
        await _told(door)

    assert len(slack.posted) == 1

    (ticket,) = await door.journal.tickets.every(PACK)
    await door.journal.tickets.act(ticket.number, CloseOutside(), BY)
    watch.now = MONDAY + 5 * 7 * DAY
    await _told(door)

    assert len(slack.posted) == 2
    assert "Tickets worked on: 1; closed: 1" in slack.posted[1]["text"]


async def test_a_review_that_ran_out_is_a_change(
    curated: tuple[Door, Watch],
) -> None:
    door, watch = curated
    fact = tiny_pack().facts["eye-strain"]
    due = datetime.combine(fact.review_by, datetime.min.time(), UTC)
    watch.now = due.timestamp() + 8 * DAY

    (post,) = await _told(door)

    assert fact.label in post["text"]


async def test_a_digest_whose_post_was_in_doubt_is_looked_for_in_the_channel(
    curated: tuple[Door, Watch], slack: FakeSlack
) -> None:
    door, watch = curated
    await door.event(make_mention())
    watch.now = MONDAY + 8 * DAY
    slack.posted.clear()
    slack.refuse("chat.postMessage", Refusal(status=500))
    await door.desk.spreading.reconcile()

    assert "conversations.history" in slack.calls


@pytest.mark.parametrize(
    ("now", "end"),
    [
        pytest.param(MONDAY, MONDAY, id="at eight"),
        pytest.param(MONDAY - 1, MONDAY - 7 * DAY, id="a second before"),
        pytest.param(MONDAY + 6 * DAY, MONDAY, id="on Sunday"),
    ],
)
def test_a_week_ends_on_monday_at_eight(now: float, end: float) -> None:
    assert until(now) == end


async def test_what_breaks_over_one_piece_of_news_does_not_hold_up_the_rest(
    door: Door, answers: CannedAnswers, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(CannedAnswers):
        def tell(self, target: str) -> Any:
            raise RuntimeError(target)

    await _answered(door)
    found = _found("T1:C1:10.1")
    await door.journal.corrections.note(SERVED, found)
    await door.journal.corrections.send(1, BY)
    answers.tell = Broken().tell  # type: ignore[method-assign]  # breaks from now on

    with caplog.at_level(logging.ERROR):
        (post,) = await _told(door)

    assert "has changed since" in post["text"]
    assert "fault" in caplog.text
