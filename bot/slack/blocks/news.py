"""Draws what people are told without having asked just now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.answering.wording import day
from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import SECTION_TEXT
from bot.slack.blocks.text import Markup, escaped, joined, pieces, shortened


LONGEST_WORDS = 300  # characters of a question that is quoted back


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for in vain, and when."""

    person: str  # user id; empty in a direct message, where nobody else reads
    words: str
    at: float  # seconds since 1970


def answered(asked: Asked, reply: Message, fact: str) -> Message:
    """Tell somebody that there is an answer now to what they asked."""
    opening = joined((_to(asked.person), escaped(_since(asked))), "")
    button = kit.button("entry-news-1", "Show the whole answer", fact)
    blocks = (
        *_paragraphs("news", (opening,)),
        *reply.blocks,
        kit.actions("news-more", [button]),
    )
    return Message(joined((opening, reply.text), " "), blocks)


def corrected(person: str, what: Mapping[str, Any]) -> Message:
    """Tell the readers of an earlier answer what has changed since."""
    opening = joined(
        (
            _to(person),
            escaped(f"Something I said here has changed since: {what['label']}."),
        ),
        "",
    )
    now = what["now"] or "I no longer say anything about this."
    lines = (
        f"Then I said: {what['was']}",
        f"Now: {now}",
        f"Why it changed: {what['why']}",
    )
    blocks = (
        *_paragraphs("news", (opening,)),
        *(b for n, line in enumerate(lines) for b in _told(f"line-{n}", line)),
        kit.context("why", [kit.words(_WHY_TOLD)]),
    )
    return Message(joined((opening, *map(escaped, lines)), "\n"), blocks)


def digest(
    what: Mapping[str, Any], most: Iterable[str], late: Iterable[str]
) -> Message:
    """Tell the curators what became of a week, with every number in words."""
    since = float(what["since"])
    span = f"since {_day(since)}" if since else "so far"
    title = f"What people asked in vain, {span}"
    counts = [
        f"Questions without an answer: {what['asked']}; new tickets: {what['opened']}",
        f"Replies that did not help: {what['unhelpful']}",
        f"Tickets worked on: {what['acted']}; closed: {what['closed']}",
        f"Facts that earlier answers told otherwise: {what['corrections']}",
        f"Facts to be looked at again: {what['overdue']}",
    ]
    asked = [f"Most asked: {line}" for line in most]
    overdue = [f"Overdue since then: {line}" for line in late]
    lines = [*counts, *asked, *overdue]
    blocks = (
        kit.header("digest", title),
        *(b for n, line in enumerate(lines) for b in _told(f"digest-{n}", line)),
        kit.context("where", [kit.words(_WHERE)]),
    )
    return Message(escaped("\n".join([title, *lines])), blocks)


_WHY_TOLD = Markup("A curator asked me to tell you. Ask me again for the whole answer.")
_WHERE = Markup("The board is in my Home tab, and in `becar7 gaps list`.")


def _since(asked: Asked) -> str:
    quoted = f": “{shortened(asked.words, LONGEST_WORDS)}”" if asked.words else ""
    return f"On {_day(asked.at)} I had no answer for you{quoted}. Now there is one."


def _to(person: str) -> Markup:
    return Markup(f"<@{person}> " if person else "")


def _day(moment: float) -> str:
    return day(_date(moment))


def _date(moment: float) -> date:
    return datetime.fromtimestamp(moment, UTC).date()


def _told(name: str, text: str) -> tuple[Block, ...]:
    return _paragraphs(name, pieces(text, SECTION_TEXT))


def _paragraphs(name: str, texts: Iterable[Markup]) -> tuple[Block, ...]:
    return tuple(kit.section(f"{name}-{n}", one) for n, one in enumerate(texts, 1))
