"""What is left of a workspace that removed the app: nothing; of the others: all."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.journal.journal import Journal
from bot.journal.tables import attempt, feedback, note, post, question, upload
from bot.slack.bridges import Bridge
from bot.slack.feedback import Opinion
from bot.slack.person import Person
from bot.slack.places import Thread
from bot.slack.preferences import Preference
from bot.wiring.keeping import memories_in
from tests.fakes import FakeSlack
from tests.journal.kept import answered, make_arrival
from tests.make import make_composition
from tests.slack.door import Body, Door


GONE, OTHER = "T1", "T2"
TOLD, SHOWN = make_composition(id="told"), make_composition(id="shown", question="")
DARK = Preference(theme="dark")


async def fill(journal: Journal, team: str) -> None:
    """Remember something of every kind about a workspace."""
    memories, person = memories_in(journal), Person(team, "U1")
    key = f"{team}:C1:10.1"
    arrival = make_arrival(key=key, team=team, thread=f"{key}:U1")
    await answered(journal, arrival, id=TOLD.id)
    await memories.heard.first_time(key)
    await memories.joined.join(f"{team}:C1:5.1")
    await memories.replies.shown(SHOWN, person, "C1")
    await memories.preferences.keep(person, DARK)
    there = Thread(f"C{team}", "20.1")
    await memories.bridges.keep(there, Bridge("U1", Thread("C1"), team))
    await memories.feedback.keep(Opinion(person, TOLD.id, helpful=True))
    await memories.installed.keep(team, b"sealed")
    await journal.uploads.keep(team, "picture", "F1")


async def known(journal: Journal, team: str) -> dict[str, Any]:
    """What is remembered about a workspace, by the name of the memory."""
    memories, person = memories_in(journal), Person(team, "U1")
    key = f"{team}:C1:10.1"
    opinions = select(feedback).where(feedback.c.team == team)
    return {
        "threads": await memories.inbox.earlier(f"{key}:U1", ""),
        "seen": [s for s in await memories.inbox.seen(86_400.0) if s.team == team],
        "asked in": await memories.joined.has(key),
        "joined": await memories.joined.has(f"{team}:C1:5.1"),
        "told": await memories.replies.find(TOLD.id, team),
        "shown": await memories.replies.find(SHOWN.id, team),
        "own": await memories.questions.own(person),
        "asked": await memories.questions.most_asked(team, 1),
        "preferences": await memories.preferences.of(person) == DARK,
        "bridges": await memories.bridges.at(Thread(f"C{team}", "20.1")),
        "feedback": await journal.database.read(opinions),
        "installed": await memories.installed.sealed(team),
        "uploads": await journal.uploads.find(team, "picture"),
        "revised": await memories.inbox.revise(key, "other words"),
        "heard": not await memories.heard.first_time(key),
    }


@pytest.mark.parametrize(
    ("event", "is_gone"),
    [
        ({"type": "app_uninstalled"}, True),
        ({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}, True),
        ({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}, False),
    ],
)
async def test_everything_about_a_workspace_that_leaves_is_forgotten(
    door: Door, event: Body, *, is_gone: bool
) -> None:
    await fill(door.journal, GONE)
    await fill(door.journal, OTHER)

    await door.event(event)

    of_gone = await known(door.journal, GONE)
    of_other = await known(door.journal, OTHER)
    assert [name for name, kept in of_gone.items() if bool(kept) == is_gone] == []
    assert [name for name, kept in of_other.items() if not kept] == []


async def test_no_row_but_the_audit_s_names_a_workspace_that_left(door: Door) -> None:
    await fill(door.journal, GONE)

    await door.event({"type": "app_uninstalled"})

    read = door.journal.database.read
    for table in (attempt, post, note, upload):
        assert await read(select(table)) == []
    (row,) = await read(select(question))
    assert {row.team, row.channel, row.person, row.thread} == {""}
    assert row.words is None
    assert row.place == {}


async def test_the_audit_of_a_workspace_that_left_holds_and_says_so(
    door: Door,
) -> None:
    await fill(door.journal, GONE)

    await door.event({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}})
    await door.event({"type": "app_uninstalled"})

    audit = door.journal.audit
    told = [row.told async for row in audit.rows()]
    assert (await audit.verify()).breaches == ()
    assert [one["kind"] for one in told] == ["reply", "shown", "team forgotten"]
    assert told[-1]["team"] == GONE


async def test_what_is_still_owed_to_a_workspace_that_leaves_comes_to_its_end(
    door: Door, slack: FakeSlack
) -> None:
    journal = door.journal
    owed = await journal.inbox.receive(make_arrival())
    assert owed is not None
    attempt_before = await journal.progress.begin(owed, "answer-1")

    await door.event({"type": "app_uninstalled"})
    await journal.progress.end(owed, attempt_before, "posted", None)
    await door.desk.workers.take_up(owed.key)

    first, _ = [row.told async for row in journal.audit.rows()]
    assert (first["key"], first["state"]) == (owed.key, "failure_unnotifiable")
    assert first["because"] == "the app was removed"
    assert await journal.inbox.due() == ()
    assert slack.posted == []


async def test_a_workspace_whose_name_begins_like_another_s_is_another(
    door: Door,
) -> None:
    await fill(door.journal, "T11")

    await door.event({"type": "app_uninstalled"})

    assert all((await known(door.journal, "T11")).values())


async def test_a_reply_is_found_only_where_it_was_given(door: Door) -> None:
    await fill(door.journal, GONE)

    replies = memories_in(door.journal).replies
    for reply in (TOLD, SHOWN):
        assert await replies.find(reply.id, GONE) == reply
        assert await replies.find(reply.id, OTHER) is None


async def test_a_departure_that_the_journal_does_not_take_is_told_again(
    door: Door,
) -> None:
    await door.journal.database.writer.close()

    heard = await door.event({"type": "app_uninstalled"})

    assert heard.status == 503
