"""An update with questions in flight: the journal of the step before, the app of today."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.journal.audit import Verdict
from bot.journal.chain import Head
from bot.promise.question import ENDINGS
from bot.promise.tickets import Ticket
from bot.slack import once
from bot.slack.listeners import catching_up
from bot.workspace.directory import NURSE, REGISTRAR, Person
from bot.workspace.grants import Origin
from bot.workspace.messages import Message
from tests.fakes import CannedAnswers
from tests.journal.postgres import running_cluster
from tests.make import make_composition
from tests.slack.first_step import FirstStep
from tests.slack.promised import QUESTIONS, App, Place, opened_workspace


FRESH = make_composition().answer  # what the app of today says
FIXED, FIRST, SECOND = "It was fixed then.", "Part one.", "Part two."
NOTICE = "It broke. Reference: `ab12cd34`"
WEEK = 86_400.0 * 7
ROUNDS = 3  # looks of the reconciler, a minute apart

EXPECTED = {  # what stands in the thread of each question in the end
    "never taken": (FRESH,),
    "held by a replica that is gone": (FRESH,),
    "frozen, never tried": (FIXED,),
    "tried, and it stands": (FIXED,),
    "tried, and it does not stand": (FIXED,),
    "one part of two": (FIRST, SECOND),
    "edited after its reply": (FRESH,),
    "withdrawn": (),
    "told that it failed": (NOTICE,),
    "a doubtful end": (FIXED,),
    "not reported": (FIXED,),
}


@dataclass(frozen=True)
class After:
    """What can be seen when the app of today has been at it."""

    asked: Mapping[str, Mapping[str, Any]]  # the rows of then, by what had become of it
    said: Mapping[str, tuple[Message, ...]]
    aside: tuple[Message, ...]
    direct: tuple[Message, ...]
    states: list[str]
    old: list[dict[str, Any]]  # the audit of then
    rows: list[dict[str, Any]] = field(repr=False)  # and what it says now
    stored: list[dict[str, Any]] = field(repr=False)
    verdict: Verdict
    tickets: tuple[Ticket, ...]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def after(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[After]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(once, "LOOK_AFTER", 0.01)
        patch.setattr(catching_up, "LOOKS", 1_000.0)  # no pace: Slack is next door
        if request.param == "sqlite":
            folder: Path = tmp_path_factory.mktemp("update")
            yield asyncio.run(_updated(f"sqlite:///{folder}/journal.sqlite3"))
            return
        with running_cluster() as cluster:
            address = cluster.database(f"update_{secrets.token_hex(4)}")
            yield asyncio.run(_updated(address))


async def _updated(address: str) -> After:
    """Leave questions in every state, then start the app of today over them."""
    async with opened_workspace() as workspace:
        place = Place(workspace, address)
        before = FirstStep(place)
        asked = await _in_flight(before) | await _at_their_end(before)
        _elsewhere(before)
        before.write()
        async with place.app(CannedAnswers()) as app:
            for _ in range(ROUNDS):
                await app.later(61)
            return await _seen(app, before, asked)


async def _in_flight(before: FirstStep) -> dict[str, dict[str, Any]]:
    """Questions that are owed a reply, by what had become of them."""
    fresh = before.asked("never taken?", starts=0, holder=None)
    held = before.asked("held?")
    untried = before.asked("untried?", state="frozen")
    before.froze(untried, FIXED)
    stands = before.asked("does it stand?", state="frozen")
    before.froze(stands, FIXED)
    before.tried(stands)
    await before.posted(stands, FIXED)
    missing = before.asked("does it not?", state="frozen")
    before.froze(missing, FIXED)
    before.tried(missing)
    half = before.asked("both parts?", state="frozen")
    before.froze(half, FIRST, SECOND)
    before.tried(half, outcome="posted")
    before.noted(half, await before.posted(half, FIRST))
    return {
        "never taken": fresh,
        "held by a replica that is gone": held,
        "frozen, never tried": untried,
        "tried, and it stands": stands,
        "tried, and it does not stand": missing,
        "one part of two": half,
        "edited after its reply": await _replied(before, "edited?", revision=1),
        "withdrawn": await _replied(
            before, "withdrawn?", revision=1, withdrawn=True, words=None
        ),
        "told that it failed": await _notified(before),
    }


async def _replied(before: FirstStep, put: str, **changes: Any) -> dict[str, Any]:
    """One that had its reply before its asker changed something."""
    asked = before.asked(put, starts=0, **changes)
    first = asked | {"revision": 0}
    before.froze(first, FIXED)
    before.tried(first, outcome="posted")
    before.noted(first, await before.posted(first, FIXED))
    return asked


async def _notified(before: FirstStep) -> dict[str, Any]:
    """One whose asker was told that it broke, right before the process ended."""
    asked = before.asked("broken?")
    before.tried(asked, "notice", outcome="posted")
    before.noted(asked, await before.posted(asked, NOTICE, "notice"), "notice")
    return asked


async def _at_their_end(before: FirstStep) -> dict[str, dict[str, Any]]:
    """Questions that had their reply, and what was still to be done about them."""
    now = before.place.watch.now
    ended: dict[str, Any] = {"state": "answered", "holder": None}
    ended["settled_at"] = now - WEEK
    doubtful = before.asked("twice?", look_at=now - 1.0, **ended)
    before.told(doubtful, before.froze(doubtful, FIXED))
    before.tried(doubtful, outcome="not posted")
    before.tried(doubtful, outcome="posted")
    await before.posted(doubtful, FIXED)
    before.noted(doubtful, await before.posted(doubtful, FIXED))
    vain = [await _in_vain(before, person, **ended) for person in (NURSE, REGISTRAR)]
    other = before.asked("in vain, too?", **ended)
    before.counted(other, None, "naps", "lamp")
    return {"a doubtful end": doubtful, "not reported": vain[0]}


async def _in_vain(before: FirstStep, person: Person, **ended: Any) -> dict[str, Any]:
    """One of a numbered gap, counted and written up."""
    asked = before.asked("in vain?", person, **ended)
    reply = before.froze(asked, FIXED, decision="not_reported", facts=(), gap=7)
    before.told(asked, reply)
    before.tried(asked, outcome="posted")
    before.noted(asked, await before.posted(asked, FIXED))
    before.counted(asked, 7, "sleep-quality")
    return asked


def _elsewhere(before: FirstStep) -> None:
    """A command whose reply only its asker sees, a window, and what ends the process."""
    desk = before.place.workspace
    url = desk.response_url(Origin(NURSE.id, QUESTIONS.id))
    aside = before.asked(
        "aside?", channel="", place={"response_url": url}, state="frozen"
    )
    before.froze(aside, FIXED)
    before.asked("in a window?", channel="", place={"view": "V0WINDOW"})
    before.asked("deadly?", starts=3)


async def _seen(app: App, before: FirstStep, asked: dict[str, Any]) -> After:
    rows = [row async for row in app.journal.audit.rows()]
    last = before.audited[-1]
    direct = app.workspace.state.directory.direct(NURSE.id)
    assert direct is not None
    return After(
        asked=asked,
        said={name: app.said(row["place"]["thread"]) for name, row in asked.items()},
        aside=app.workspace.only_for(NURSE.id, QUESTIONS.id),
        direct=app.workspace.read(direct.id),
        states=await app.states(),
        old=before.audited,
        rows=[row.told for row in rows],
        stored=[
            {
                "number": row.number,
                "body": row.body,
                "previous": row.previous,
                "hash": row.hash,
            }
            for row in rows
        ],
        verdict=await app.journal.audit.verify(Head(last["number"], last["hash"])),
        tickets=await app.journal.tickets.every("harbour"),
    )


def test_every_question_of_the_step_before_comes_to_its_end(after: After) -> None:
    assert set(after.states) <= set(ENDINGS), after.states
    assert after.states.count("failure_notified") == 3


@pytest.mark.parametrize("name", EXPECTED)
def test_whoever_asked_before_the_update_sees_one_reply(
    after: After, name: str
) -> None:
    assert tuple(one.text for one in after.said[name]) == EXPECTED[name]


def test_a_reply_that_only_its_asker_sees_is_given_after_the_update(
    after: After,
) -> None:
    assert [one.text for one in after.aside] == [FIXED]


def test_a_window_that_is_gone_and_what_ends_the_process_are_told(
    after: After,
) -> None:
    (told,) = after.direct
    assert "window" in told.text


def test_each_end_stands_in_the_audit_once(after: After) -> None:
    ends = [
        (row["key"], row["revision"])
        for row in after.rows
        if row["kind"] in {"reply", "withdrawn"}
    ]
    kinds = {row["key"]: row["kind"] for row in after.rows}

    assert len(ends) == len(set(ends)) == len(after.states) - 1
    assert {after.asked[name]["key"] for name in EXPECTED} <= {key for key, _ in ends}
    assert kinds[after.asked["withdrawn"]["key"]] == "withdrawn"


def test_the_chain_of_the_step_before_goes_on_and_verifies(after: After) -> None:
    assert after.verdict.breaches == ()
    assert after.stored[: len(after.old)] == after.old
    assert len(after.stored) > len(after.old)


def test_a_second_reply_of_before_the_update_is_taken_away_and_said_so(
    after: After,
) -> None:
    doubles = [row for row in after.rows if row["kind"] == "double removed"]

    assert [row["key"] for row in doubles] == [after.asked["a doubtful end"]["key"]]


def test_what_was_counted_before_the_update_is_tickets_now(after: After) -> None:
    found = {(one.gap, one.concepts, one.times, one.people) for one in after.tickets}

    assert found == {
        (7, ("sleep-quality",), 2, 2),
        (None, ("lamp", "naps"), 1, 1),
    }
