"""Puts a private reply where others read it, stamped with who did so and when."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from slack_sdk.errors import SlackApiError

from bot.answering.clearance import Withheld
from bot.answering.composition import BOUNDARY_DECISIONS, Composition
from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.notices import said
from bot.slack.blocks.text import Markup, joined, linked
from bot.slack.faults import slack_code
from bot.slack.needs import Needs
from bot.slack.person import Person
from bot.slack.places import Thread
from bot.slack.reception import Reception


NEEDS = Needs(
    scopes={
        "channels:read": "sees whether other organisations read a channel",
        "groups:read": "sees the same of private channels it is in",
    }
)

NOT_A_MEMBER = {"not_in_channel", "channel_not_found", "is_archived"}


async def preview(
    desk: Reception, reply: Composition, sharer: Person
) -> tuple[Message, ...]:
    """What a share would post, in the manner of the sharer, with its stamp."""
    refusal = await _refusal(desk, reply, sharer)
    if refusal:
        return (said(refusal),)
    messages = await desk.drawn(reply, sharer, private=False)
    first, *rest = messages
    stamp = _stamp(sharer, time.time())
    text = joined((stamp, first.text), "\n")
    return (Message(text, (_stamped(stamp), *first.blocks)), *rest)


async def share(
    desk: Reception, reply: Composition, sharer: Person, channel: str
) -> Message:
    """Post a reply into a channel; what to tell the sharer."""
    refusal = await _refusal(desk, reply, sharer)
    if refusal:
        return said(refusal)
    try:
        if await _is_read_outside(desk, channel):
            return said("Other organisations read that channel: I stay silent there.")
        messages = await preview(desk, reply, sharer)
        written = await desk.delivery.post(Thread(channel), messages[0])
        below = Thread(written[0].channel, written[0].ts)
        written += await desk.delivery.post(below, *messages[1:])
    except SlackApiError as error:
        return _not_shared(error)
    await desk.memories.replies.shown(reply, sharer, below.channel)
    await desk.memories.joined.join(f"{sharer.team}:{below.channel}:{below.ts}")
    await desk.hang(sharer, messages, written)  # uploaded since the preview, mostly
    return await _shared(desk, below)


async def _refusal(desk: Reception, reply: Composition, sharer: Person) -> str:
    """Why this person may not share this reply at all; empty if they may."""
    if reply.decision in BOUNDARY_DECISIONS:
        return "This reply is for you alone: it cannot be shared."
    manner = await desk.manner_of(sharer, private=True)
    release = desk.house.press.release(reply)
    if manner.label and isinstance(release, Withheld):
        return release.notice
    return ""


async def _is_read_outside(desk: Reception, channel: str) -> bool:
    if desk.house.shared_allowed:
        return False
    answer = await desk.client.conversations_info(channel=channel)
    about = answer.get("channel") or {}
    return bool(about.get("is_ext_shared"))


async def _shared(desk: Reception, there: Thread) -> Message:
    try:
        answer = await desk.client.chat_getPermalink(
            channel=there.channel, message_ts=there.ts
        )
    except SlackApiError:
        return said("Shared.")
    link = linked("Shared: open the message", answer.get("permalink"))
    return Message(link, (kit.section("shared", link),))


def _not_shared(error: SlackApiError) -> Message:
    code = slack_code(error)
    if code in NOT_A_MEMBER:
        return said("I cannot post there. Invite me to that channel, then share again.")
    return said(f"Slack did not take it ({code}). Please try again.")


def _stamped(stamp: Markup) -> Block:
    return kit.context("stamp", [kit.words(stamp)])


def _stamp(sharer: Person, now: float) -> Markup:
    """Who shared, and when, in the reader's own time where Slack can say it."""
    utc = datetime.fromtimestamp(now, UTC).strftime("%d %b %Y %H:%M UTC")
    when = f"<!date^{int(now)}^{{date_short}} at {{time}}|{utc}>"
    return Markup(f"Asked in private, shared by <@{sharer.user}> on {when}")
