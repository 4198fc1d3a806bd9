"""Hears what people submit in windows: a question, a share, a reason, a request."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.slack import on_call, sharing
from bot.slack.blocks import views
from bot.slack.blocks.kit import Message, as_one
from bot.slack.blocks.notices import reply_gone, said
from bot.slack.feedback import REASONS, Opinion
from bot.slack.keeping import Asked
from bot.slack.listeners.hearing import Body, carried, filled_in, person_in
from bot.slack.needs import Needs
from bot.slack.person import Person
from bot.slack.places import Modal
from bot.slack.reception import Reception
from bot.slack.workers import Workers


NEEDS = Needs()  # submissions come to every app that opens windows
WAIT = said("One moment.")
PATIENCE = 2.0  # seconds; Slack waits three for an acknowledgement
ARRIVED = 1.0  # seconds after which an acknowledgement has arrived
THANKS = "Thank you. A curator reads every one of these."


@dataclass(frozen=True, slots=True)
class Submission:
    """A window that somebody submitted."""

    view: Body
    person: Person


On = Callable[[Reception, Workers, Submission], Awaitable[Message]]


def register(app: AsyncApp, reception: Reception, workers: Workers) -> None:
    """Do what was submitted, and say in the same window what became of it.

    What takes longer than Slack waits is said when it is done: never at once after the
    acknowledgement, which would arrive later and overwrite it.
    """

    def listener(on: On, title: str) -> Callable[[AsyncArgs], Awaitable[None]]:
        async def hear(args: AsyncArgs) -> None:
            submitted = Submission(args.payload, person_in(args.body, args.context))
            desk = reception.speaking(args.client)
            work = asyncio.ensure_future(on(desk, workers, submitted))
            await asyncio.wait([work], timeout=PATIENCE)
            if work.done():
                await _acknowledge(args, views.showing(await work, title=title))
                return
            await _acknowledge(args, views.showing(WAIT, title=title))
            await asyncio.wait([work, asyncio.create_task(asyncio.sleep(ARRIVED))])
            window = views.showing(await work, title=title)
            await desk.delivery.show(Modal(submitted.view["id"]), window)

        return hear

    for name, title, on in _ON:
        app.view(name)(listener(on, title))


def register_rest(app: AsyncApp) -> None:
    """Take note of every other window, submitted or closed."""

    async def on_anything_else(ack: AsyncAck) -> None:
        await ack()

    app.view(re.compile(""))(on_anything_else)
    app.view_closed(re.compile(""))(on_anything_else)
    app.shortcut(re.compile(""))(on_anything_else)
    app.options(re.compile(""))(on_anything_else)


async def _acknowledge(args: AsyncArgs, view: Body) -> None:
    await args.ack(response_action="update", view=view)


async def _on_question(
    desk: Reception, workers: Workers, submitted: Submission
) -> Message:
    view, person = submitted.view, submitted.person
    key = f"{person.team}:{person.user}:{view['id']}"
    question = filled_in(view, "question")
    owed = await desk.hear(Asked(question, Modal(view["id"]), key, key, person))
    if owed is None:
        return WAIT  # the same window came before, and is answered then
    return as_one(await workers.show(owed, desk.client))


async def _on_share(
    desk: Reception, _workers: Workers, submitted: Submission
) -> Message:
    view = submitted.view
    reply = await desk.memories.replies.find(str(carried(view)), submitted.person.team)
    if reply is None:
        return reply_gone()
    channel = filled_in(view, "channel")
    return await sharing.share(desk, reply, submitted.person, channel)


async def _on_reason(
    desk: Reception, _workers: Workers, submitted: Submission
) -> Message:
    view, chosen = submitted.view, filled_in(submitted.view, "reason")
    reason = next((one for one in REASONS if one == chosen), None)
    opinion = Opinion(
        person=submitted.person,
        reply=str(carried(view)),
        helpful=False,
        reason=reason,
    )
    await desk.memories.feedback.keep(opinion)
    return said(THANKS)


async def _on_request(
    desk: Reception, _workers: Workers, submitted: Submission
) -> Message:
    view, found = submitted.view, carried(submitted.view)
    where: dict[str, Any] = found if isinstance(found, dict) else {}
    reply = await desk.memories.replies.find(
        str(where.get("reply")), submitted.person.team
    )
    if reply is None:
        return reply_gone()
    request = on_call.Request(
        asker=submitted.person,
        reply=reply,
        note=filled_in(view, "note"),
        channel=str(where.get("channel", "")),
        thread=str(where.get("thread", "")),
        ts=str(where.get("ts", "")),
    )
    return await on_call.send(desk, request)


_ON: tuple[tuple[str, str, On], ...] = (
    (views.ASK, "From the trial file", _on_question),
    (views.SHARE_TO, "Share this reply", _on_share),
    (views.FEEDBACK_REASON, "Not helpful", _on_reason),
    (views.TO_ON_CALL, "Ask the on-call team", _on_request),
)
