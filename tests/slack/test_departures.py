"""What is left of a workspace that removed the app: nothing; of the others: all."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.bridges import Bridge
from bot.slack.feedback import FeedbackInMemory, Opinion
from bot.slack.memories import Memories
from bot.slack.person import Person
from bot.slack.places import Thread, Written
from bot.slack.preferences import Preference
from tests.fakes import CannedAnswers, FakeSlack
from tests.make import make_composition
from tests.slack.door import Body, open_door


GONE, OTHER = "T1", "T2"
REPLY = make_composition(facts=("eye-strain",))
DARK = Preference(theme="dark")


async def fill(memories: Memories, team: str) -> None:
    """Remember something of every kind about a workspace."""
    person, key = Person(team, "U1"), f"{team}:C1:10.1"
    there = Thread(f"C{team}", "20.1")
    memories.threads.remember(f"{key}:U1", "how many?", key)
    await memories.heard.first_time(key)
    await memories.joined.join(key)
    await memories.replies.keep(REPLY, team)
    await memories.posts.keep(key, (Written("C1", "10.2"),))
    await memories.questions.note(person, REPLY)
    await memories.preferences.keep(person, DARK)
    await memories.bridges.keep(there, Bridge("U1", Thread("C1"), team))
    await memories.feedback.keep(Opinion(person, REPLY.id, helpful=True))


async def known(memories: Memories, team: str) -> dict[str, Any]:
    """What is remembered about a workspace, by the name of the memory."""
    person, key = Person(team, "U1"), f"{team}:C1:10.1"
    assert isinstance(memories.feedback, FeedbackInMemory)
    opinions = [one for one in memories.feedback.opinions if one.person.team == team]
    return {
        "threads": memories.threads.earlier(f"{key}:U1"),
        "heard": not await memories.heard.first_time(key),
        "joined": await memories.joined.has(key),
        "replies": await memories.replies.find(REPLY.id, team),
        "posts": await memories.posts.of(key),
        "own": await memories.questions.own(person),
        "asked": await memories.questions.most_asked(team, 1),
        "preferences": await memories.preferences.of(person) == DARK,
        "bridges": await memories.bridges.at(Thread(f"C{team}", "20.1")),
        "feedback": opinions,
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
    slack: FakeSlack, answers: CannedAnswers, event: Body, *, is_gone: bool
) -> None:
    memories = Memories()
    async with open_door(slack, answers, memories) as door:
        await fill(memories, GONE)
        await fill(memories, OTHER)

        await door.event(event)

    of_gone, of_other = await known(memories, GONE), await known(memories, OTHER)
    assert [name for name, kept in of_gone.items() if bool(kept) == is_gone] == []
    assert [name for name, kept in of_other.items() if not kept] == []


async def test_a_workspace_that_leaves_twice_is_forgotten_once() -> None:
    memories = Memories()
    await fill(memories, GONE)

    await memories.forget_team(GONE)
    await memories.forget_team(GONE)

    assert not any((await known(memories, GONE)).values())


async def test_a_workspace_whose_name_begins_like_another_s_is_another() -> None:
    memories = Memories()
    await fill(memories, "T11")

    await memories.forget_team("T1")

    assert all((await known(memories, "T11")).values())


async def test_a_reply_is_found_only_where_it_was_given() -> None:
    memories = Memories()
    await memories.replies.keep(REPLY, GONE)

    assert await memories.replies.find(REPLY.id, OTHER) is None
