"""Takes a question to the people on call, and brings their words back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from bot.answering.composition import BOUNDARY_DECISIONS, Composition
from bot.answering.contacts import Contact, Contacts
from bot.answering.wording import day
from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import SECTION_TEXT
from bot.slack.blocks.notices import said
from bot.slack.blocks.text import Markup, escaped, joined, linked, pieces, shortened
from bot.slack.bridges import Bridge
from bot.slack.faults import slack_code
from bot.slack.person import Person
from bot.slack.places import Thread
from bot.slack.reception import Reception, is_private


KEPT_HERE = "note:"  # how words of the on-call team begin that stay among them
WITHHELD = "(I keep no words that may concern a person; ask them directly.)"
LONGEST_WORDS = 2_500  # characters of a question or reply in a request
SENT = "Sent. What the on-call team writes comes back to you"
NOT_SENT = "I could not reach the on-call channel"


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants the on-call team to look at."""

    asker: Person
    reply: Composition
    note: str = ""
    channel: str = ""  # of the reply; empty where only the asker saw it
    thread: str = ""
    ts: str = ""

    @property
    def is_urgent(self) -> bool:
        """Whether somebody may be in danger."""
        return self.reply.decision == "emergency"

    @property
    def is_open(self) -> bool:
        """Whether others could read it where it was asked."""
        return bool(self.channel) and not is_private(Thread(self.channel))

    @property
    def back(self) -> Thread:
        """Where the answer belongs: the asker's thread, or their direct messages."""
        if not self.channel:
            return Thread(self.asker.user)
        return Thread(self.channel, self.thread)


@dataclass(frozen=True, slots=True)
class Words:
    """What a person wrote, as Slack has it."""

    user: str
    text: str
    key: str


async def send(desk: Reception, request: Request) -> Message:
    """Post a request to the on-call channel; what to tell the asker."""
    link = await _permalink(desk, request)
    where = Thread(desk.house.on_call_channel)
    try:
        (written,) = await desk.delivery.post(where, drawn(request, link))
    except SlackApiError as error:
        return said(f"{NOT_SENT} ({slack_code(error)}). {_at_once(desk, request)}")
    bridge = Bridge(request.asker.user, request.back, request.asker.team)
    await desk.memories.bridges.keep(Thread(written.channel, written.ts), bridge)
    where_to = "in the thread" if request.channel else "in your messages with me"
    return said(f"{SENT} {where_to}. {_at_once(desk, request)}")


async def bring_back(desk: Reception, bridge: Bridge, words: Words) -> None:
    """Say in the asker's thread what somebody of the on-call team wrote."""
    to_stay = words.text.strip().casefold().startswith(KEPT_HERE)
    if to_stay or words.user == bridge.asker or not words.text.strip():
        return
    if await desk.memories.heard.first_time(words.key):
        await desk.delivery.post(bridge.back, _brought(bridge, words))


def drawn(request: Request, link: str | None) -> Message:
    """A request as the on-call team reads it: who, what, where, and what I said."""
    who, asked = _who(request), _asked(request.reply)
    blocks = (
        kit.section("who", who),
        *_quoted("asked", asked),
        *(_quoted("note", request.note) if request.note else ()),
        *_quoted("said", f"I said: {request.reply.answer}"),
        *_where(request, link),
        kit.context("how", [kit.words(_HOW)]),
    )
    return Message(joined((who, escaped(shortened(asked, LONGEST_WORDS))), " "), blocks)


def warning_of(request: Request, contacts: Contacts) -> str:
    """What is said before an emergency is sent on; empty where there is none."""
    return f"{_RINGS_NOBODY} {_telephone(contacts)}" if request.is_urgent else ""


def contact_message(contact: Contact | None) -> Message:
    """Whom to ask, who comes next, and when that was last checked."""
    if contact is None:
        return said(
            "No on-call contact is configured here. Ask your on-call trial team, or"
            " whoever runs me to set one."
        )
    ladder = "".join(f"\nIf nobody answers: {rung}" for rung in contact.ladder)
    return said(
        f"On call: {contact.says}{ladder}\nLast checked on {day(contact.checked)}."
    )


_HOW = Markup(
    "What you write in this thread goes back to the asker, with your name. Begin with"
    f" `{KEPT_HERE}` to keep it here."
)


_RINGS_NOBODY = (
    "This writes a message marked URGENT into the on-call channel. It rings nobody, and"
    " nobody may be reading: telephone as well, and first."
)


def _at_once(desk: Reception, request: Request) -> str:
    """Whom to turn to without waiting for words in a channel."""
    if request.is_urgent:
        told = "That message rings nobody, so telephone all the same."
        return f"{told} {_telephone(desk.house.contacts)}"
    return _ask(desk)


def _telephone(contacts: Contacts) -> str:
    """Whom to ring in an emergency: who is configured, or the local procedure."""
    first, then = contacts.emergency, contacts.on_call
    said = "Use your hospital's emergency procedure now."
    if first is not None:
        said = f"Call {first.says} now (checked {day(first.checked)})."
    if then is not None:
        said += f" On call: {then.says} (checked {day(then.checked)})."
    return said


def _ask(desk: Reception) -> str:
    contact = desk.house.contacts.on_call
    if contact is None:
        return "If it cannot wait, ask your on-call trial team directly."
    checked = day(contact.checked)
    return f"If it cannot wait: {contact.says} (checked {checked})."


def _who(request: Request) -> Markup:
    asker = Markup(f"<@{request.asker.user}>")
    if not request.is_urgent:
        return joined((asker, Markup("asks the on-call team:")), " ")
    told = Markup(
        "wrote what I read as an emergency, and asks the on-call team to look now."
        " They were told to telephone as well."
    )
    return joined((Markup("URGENT:"), asker, told), " ")


def _asked(reply: Composition) -> str:
    hidden = reply.decision in BOUNDARY_DECISIONS or not reply.question
    return WITHHELD if hidden else reply.question


def _quoted(name: str, text: str) -> tuple[Block, ...]:
    short = shortened(text, LONGEST_WORDS)
    parts = enumerate(pieces(short, SECTION_TEXT), start=1)
    return tuple(kit.section(f"{name}-{place}", part) for place, part in parts)


def _where(request: Request, link: str | None) -> tuple[Block, ...]:
    """The place, and the way there once Slack has told it."""
    open_in = Markup(f"Asked in <#{request.channel}>.")
    lines = [open_in if request.is_open else Markup("Asked in private.")]
    lines += [] if link is None else [linked("Where it was asked", link)]
    return (kit.context("where", map(kit.words, lines)),)


async def _permalink(desk: Reception, request: Request) -> str | None:
    if not request.is_open:
        return None
    try:
        answer = await desk.client.chat_getPermalink(
            channel=request.channel, message_ts=request.ts
        )
    except SlackApiError:
        return None
    return str(answer.get("permalink") or "") or None


def _brought(bridge: Bridge, words: Words) -> Message:
    opening = Markup(f"<@{bridge.asker}>, <@{words.user}> of the on-call team answers:")
    lines = (part for part in pieces(_harmless(words.text), SECTION_TEXT))
    blocks = (
        kit.section("who", opening),
        *(kit.section(f"words-{n}", line) for n, line in enumerate(lines, start=1)),
        kit.context("whose", [kit.words(_WHOSE)]),
    )
    return Message(opening, blocks)


_WHOSE = Markup("A person's words, not from the trial file.")

_LINK = re.compile(r"<(https?://[^>|]*)(?:\|([^>]*))?>")
_NAMED = re.compile(r"<[@#!][^>|]*\|([^>]*)>")
_CALLED = re.compile(r"<[@#!][^>]*>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def _harmless(text: str) -> str:
    """Words as Slack has them, without what would ring for anybody."""
    text = _LINK.sub(lambda found: " ".join(filter(None, found.group(2, 1))), text)
    text = _CALLED.sub("(somebody)", _NAMED.sub(r"\1", text))
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text
