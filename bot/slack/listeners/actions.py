"""Hears taps on the buttons under a reply, in a window or on the home tab."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.answering.citing import vancouver
from bot.knowledge.bibliography import bibtex, csl, ris
from bot.slack import sharing
from bot.slack.blocks import views
from bot.slack.blocks.buttons import (
    ASK_ON_CALL,
    CHOICE,
    COPY_CITATION,
    FEEDBACK,
    SHARE,
    SUGGESTION,
)
from bot.slack.blocks.notices import entry_gone, reply_gone, said
from bot.slack.blocks.pictures import PICTURE
from bot.slack.feedback import Opinion
from bot.slack.home import (
    AGAIN,
    ALL_GAPS,
    ENTRY,
    SETTING,
    TOPIC,
    show_home,
    topic_message,
)
from bot.slack.listeners.hearing import Body, instead_of_tapped, window_for
from bot.slack.listeners.tapping import Tap, tap_in
from bot.slack.lookups import gaps_message
from bot.slack.needs import Needs
from bot.slack.on_call import Request, contact_message, drawn, warning_of
from bot.slack.places import Thread
from bot.slack.reception import Reception, is_private
from bot.slack.showing import CHOOSE_PICTURE, show_picture


NEEDS = Needs()  # taps come to every app that posts buttons


On = Callable[[Reception, Tap], Awaitable[None]]


def register(app: AsyncApp, reception: Reception) -> None:
    """Do what a button says, once for each tap."""

    def listener(on: On) -> Callable[[AsyncArgs], Awaitable[None]]:
        async def hear(args: AsyncArgs) -> None:
            await args.ack()
            desk, tap = reception.speaking(args.client), tap_in(args)
            if await desk.memories.heard.first_time(tap.key):
                await on(desk, tap)

        return hear

    for name, on in _ON:
        app.action(name)(listener(on))


def register_rest(app: AsyncApp) -> None:
    """Take note of every other tap."""

    async def on_anything_else(ack: AsyncAck) -> None:
        await ack()

    app.action(re.compile(""))(on_anything_else)


async def _on_suggestion(desk: Reception, tap: Tap) -> None:
    await desk.tell(tap.value, tap.place, tap.person)


async def _on_choice(desk: Reception, tap: Tap) -> None:
    """What was meant, in the place of the question what was meant."""
    await desk.tell(tap.value, instead_of_tapped(tap.body), tap.person)


async def _on_again(desk: Reception, tap: Tap) -> None:
    reply = await desk.memories.replies.find(tap.value, tap.person.team)
    if reply is None:
        await desk.delivery.post(tap.place, reply_gone())
    else:
        await desk.show(reply, tap.place, tap.person)


async def _on_share(desk: Reception, tap: Tap) -> None:
    reply = await desk.memories.replies.find(tap.value, tap.person.team)
    if reply is None:
        await desk.delivery.post(tap.aside, reply_gone())
        return
    messages = await sharing.preview(desk, reply, tap.person)
    here = (tap.body.get("channel") or {}).get("id", "")
    channel = "" if is_private(Thread(here)) else here
    preview = _untouchable(views.in_window(messages))
    window = views.sharing(preview, reply.id, channel)
    await desk.delivery.show(window_for(tap.body), window)


async def _on_copy(desk: Reception, tap: Tap) -> None:
    catalogue = desk.house.catalogue
    works = [w for w in map(catalogue.work, tap.value.split(",")) if w is not None]
    if not works:
        await desk.delivery.post(tap.aside, reply_gone())
        return
    styles = (
        ("Vancouver", "\n".join(map(vancouver, works))),
        ("RIS", "\n".join(map(ris, works))),
        ("BibTeX", "\n".join(map(bibtex, works))),
        ("CSL-JSON", csl(works)),
    )
    await desk.delivery.show(window_for(tap.body), views.citing(styles))


async def _on_ask_on_call(desk: Reception, tap: Tap) -> None:
    if not desk.house.on_call_channel:
        contact = contact_message(desk.house.contacts.on_call)
        await desk.delivery.post(tap.aside, contact)
        return
    reply = await desk.memories.replies.find(tap.value, tap.person.team)
    if reply is None:
        await desk.delivery.post(tap.aside, reply_gone())
        return
    request, carries = Request(tap.person, reply), {"reply": reply.id}
    place = tap.place
    if isinstance(place, Thread):
        ts = tap.body["container"]["message_ts"]
        request = replace(request, channel=place.channel, thread=place.ts, ts=ts)
        carries |= {"channel": place.channel, "thread": place.ts, "ts": ts}
    preview = views.in_window([drawn(request, None)])
    warning = warning_of(request, desk.house.contacts)
    window = views.asking_on_call(preview, carries, warning)
    await desk.delivery.show(window_for(tap.body), window)


async def _on_picture(desk: Reception, tap: Tap) -> None:
    """A picture for whoever tapped: it is theirs in theme, and the thread has its words."""
    await show_picture(desk, tap.value, tap.aside, tap.person)


async def _on_topic(desk: Reception, tap: Tap) -> None:
    catalogue = desk.house.catalogue
    known = {topic.name for topic in catalogue.topics()}
    is_known = tap.value in known
    message = topic_message(catalogue, tap.value) if is_known else entry_gone()
    await desk.delivery.post(tap.place, message)


async def _on_all_gaps(desk: Reception, tap: Tap) -> None:
    message = gaps_message(desk.house.catalogue.gaps(), "")
    await desk.delivery.post(tap.place, message)


async def _on_setting(desk: Reception, tap: Tap) -> None:
    """Keep what somebody chose; what nobody offered changes nothing."""
    preferences, name = desk.memories.preferences, tap.name.removeprefix("setting-")
    now = await preferences.of(tap.person)
    if now.allows(name, tap.value):
        await preferences.keep(tap.person, now.changed(name, tap.value))
    await show_home(desk, tap.person)


async def _on_feedback(desk: Reception, tap: Tap) -> None:
    verdict, _, reply = tap.value.partition(":")
    if verdict == "good":
        await desk.memories.feedback.keep(Opinion(tap.person, reply, helpful=True))
        await desk.delivery.post(tap.aside, said("Thank you, that is noted."))
    elif verdict == "bad":
        await desk.delivery.show(window_for(tap.body), views.why_not(reply))


def _untouchable(blocks: tuple[Body, ...]) -> tuple[Body, ...]:
    """The blocks of a preview: nothing in it can be tapped."""
    return tuple(block for block in blocks if block["type"] != "actions")


_ON: tuple[tuple[str | re.Pattern[str], On], ...] = (
    (SUGGESTION, _on_suggestion),
    (ENTRY, _on_suggestion),
    (CHOICE, _on_choice),
    (AGAIN, _on_again),
    (SHARE, _on_share),
    (COPY_CITATION, _on_copy),
    (ASK_ON_CALL, _on_ask_on_call),
    (FEEDBACK, _on_feedback),
    (PICTURE, _on_picture),
    (CHOOSE_PICTURE, _on_picture),
    (TOPIC, _on_topic),
    (ALL_GAPS, _on_all_gaps),
    (SETTING, _on_setting),
)
