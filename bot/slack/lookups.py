"""Looks up what a command asks for besides an answer: sources, gaps, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.answering.catalogue import Catalogue, Change
from bot.answering.citing import vancouver
from bot.answering.composition import Composition
from bot.answering.wording import day
from bot.knowledge.bibliography import link_of
from bot.knowledge.model import Gap, Source
from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import (
    ACTIONS_ELEMENTS,
    BUTTON_TEXT,
    IN_MESSAGE,
    SECTION_TEXT,
    packs,
)
from bot.slack.blocks.notices import help_with, said
from bot.slack.blocks.text import (
    Markup,
    bold,
    escaped,
    linked,
    pieces,
    plain,
    shortened,
)
from bot.slack.board import today
from bot.slack.on_call import contact_message
from bot.slack.person import Person
from bot.slack.reception import Reception
from bot.slack.showing import chooser_message, pictures_for
from bot.slack.subcommands import Commanded
from bot.understanding.question import Question


LATEST_CHANGES = 5  # of four lines each; what one message takes in
LATEST_CHECKED = 8  # entries; what one glance takes in
NARROWER = "These follow; each gets a button when words after `gaps` find it:"
SHOWN_GAPS = 20  # gaps with a button; the rest by number and words


async def look_up(
    desk: Reception, commanded: Commanded, asker: Person
) -> tuple[Message, ...]:
    """What a subcommand other than `ask` shows."""
    match commanded.verb:
        case "figure":
            return await _figures(desk, commanded.rest, asker)
        case "cite":
            return await _references(desk, commanded.rest, asker)
        case "source":
            return await _source(desk, commanded.rest, asker)
        case _:
            return _without_question(desk, commanded)


def entry_buttons(name: str, entries: Iterable[tuple[str, str]]) -> tuple[Block, ...]:
    """Rows of buttons, one for each label and entry of the pack."""
    buttons = [
        kit.button(f"entry-{name}-{place}", _short(label), target)
        for place, (label, target) in enumerate(entries, start=1)
    ]
    starts = range(0, len(buttons), ACTIONS_ELEMENTS)
    return tuple(
        kit.actions(f"{name}-{place}", buttons[start : start + ACTIONS_ELEMENTS])
        for place, start in enumerate(starts, start=1)
    )


def gaps_message(gaps: tuple[Gap, ...], words: str) -> Message:
    """What no source reports, with a button for each."""
    if not gaps:
        return said(f"No gap on file names: {words}.")
    about = f" about {words}" if words else ""
    title = f"{len(gaps)} things that no source reports{about}"
    buttons = ((f"{gap.number} · {gap.label}", gap.id) for gap in gaps[:SHOWN_GAPS])
    lines = [f"{gap.number} · {gap.label}" for gap in gaps[SHOWN_GAPS:]]
    lines = [NARROWER, *lines] if lines else []
    blocks = (
        *_bold("title", title),
        *entry_buttons("gap", buttons),
        *_paragraphs("rest", "\n".join(lines)),
    )
    return Message(escaped(title), blocks)


def changes_message(catalogue: Catalogue, today: date) -> Message:
    """How the trial stands, what changed and why, what is checked and overdue."""
    status, title = catalogue.trial.status, "What changed"
    lines = [f"{status.says} (as of {day(status.as_of)})"]
    lines += map(_told, catalogue.changes(LATEST_CHANGES))
    lines += [] if len(lines) > 1 else ["No fact has been changed or taken out so far."]
    blocks = (
        *_bold("title", title),
        *_paragraphs("line", "\n".join(lines)),
        *_bold("checked-title", "Checked last"),
        *_paragraphs("checked", "\n".join(_upkeep(catalogue, today))),
    )
    return Message(Markup(title), blocks)


def source_message(work: Source, number: str) -> Message:
    """One work by its number, with where it can be opened."""
    title = linked(f"[{number}] {work.title}", link_of(work))
    return Message(title, (*_bold("number", f"[{number}]"), *work_blocks(work)))


def work_blocks(work: Source) -> tuple[Block, ...]:
    """A work: its reference, through what it was read, and where it can be opened."""
    reviewed = "peer reviewed" if work.peer_reviewed else "not peer reviewed"
    small = [escaped(f"{work.kind} · {reviewed} · read as: {work.read_as}")]
    address = linked("Open", link_of(work))
    small += [address] if link_of(work) and len(address) <= SECTION_TEXT else []
    return (
        *_paragraphs("reference", vancouver(work)),
        kit.context("read", map(kit.words, small)),
    )


def _told(change: Change) -> str:
    """One change: the day, what it said, what it says, why, and who answers for it."""
    now = f"now: {change.now}" if change.now else "now: taken out."
    return (
        f"{day(change.on)} · {change.label}\nwas: {change.was}\n{now}\n"
        f"why: {change.why} ({change.by})"
    )


def _upkeep(catalogue: Catalogue, today: date) -> Iterator[str]:
    """What was checked last, what should have been, and which pack this is."""
    for fact in catalogue.latest(LATEST_CHECKED):
        yield f"{day(fact.verified.on)} · {fact.label}"
    overdue = catalogue.overdue(today)
    late = "; ".join(f"{f.label} (since {day(f.review_by)})" for f in overdue)
    yield f"Review overdue: {late or 'none'}."
    yield f"Knowledge version {catalogue.knowledge.version}."


def _short(label: str) -> str:
    return shortened(plain(label), BUTTON_TEXT)


def _without_question(desk: Reception, commanded: Commanded) -> tuple[Message, ...]:
    match commanded.verb:
        case "gaps":
            gaps = desk.house.catalogue.gaps(commanded.rest)
            return _whole(gaps_message(gaps, commanded.rest))
        case "oncall":
            return (contact_message(desk.house.contacts.on_call),)
        case "what-changed":
            return _whole(changes_message(desk.house.catalogue, today()))
        case _:
            return (help_with(desk.house.command),)


async def _figures(desk: Reception, words: str, asker: Person) -> tuple[Message, ...]:
    """The picture that words name or ask for; the list of all where there are none."""
    if words:
        return await pictures_for(desk, words, asker)
    last = await _reply_about(desk, "", asker)
    return (await chooser_message(desk, last, asker),)


async def _references(
    desk: Reception, words: str, asker: Person
) -> tuple[Message, ...]:
    """How to cite what an answer rests on; the last one where no words are given."""
    reply = await _reply_about(desk, words, asker)
    works = [] if reply is None else _works(desk.house.catalogue, reply)
    if not works:
        return (said("There is nothing to cite: ask first, or put a question after."),)
    lines = "\n".join(f"{n}. {vancouver(work)}" for n, work in enumerate(works, 1))
    button = kit.button("copy-citation", "Copy citation", ",".join(w.id for w in works))
    blocks = (*_paragraphs("reference", lines), kit.actions("actions", [button]))
    return _whole(Message(Markup("How to cite"), blocks))


async def _source(desk: Reception, name: str, asker: Person) -> tuple[Message, ...]:
    """A work by its number in the asker's last reply, else by that in the pack."""
    catalogue, number = desk.house.catalogue, name.strip("[]")
    last = await _reply_about(desk, "", asker)
    cited = {} if last is None else {str(c.number): c.source for c in last.citations}
    work = catalogue.work(cited.get(number, number))
    if work is None:
        return (
            said(f"There is no source {number} in your last reply or in the file."),
        )
    return _whole(source_message(work, number))


async def _reply_about(
    desk: Reception, words: str, asker: Person
) -> Composition | None:
    question = Question.of(words)
    if not question.empty:
        return desk.house.answers.reply_to(question)
    own = await desk.memories.questions.own(asker)
    return await desk.memories.replies.find(own[0].reply, asker.team) if own else None


def _works(catalogue: Catalogue, reply: Composition) -> list[Source]:
    found = (catalogue.work(citation.source) for citation in reply.citations)
    return [work for work in found if work is not None]


def _whole(message: Message) -> tuple[Message, ...]:
    """The message in as many as its blocks need."""
    packed = packs(message.blocks, IN_MESSAGE)
    return tuple(Message(message.text, blocks) for blocks in packed)


def _bold(name: str, text: str) -> tuple[Block, ...]:
    parts = enumerate(bold(text, SECTION_TEXT), start=1)
    return tuple(kit.section(f"{name}-{place}", part) for place, part in parts)


def _paragraphs(name: str, text: str) -> tuple[Block, ...]:
    parts = enumerate(pieces(text, SECTION_TEXT), start=1)
    return tuple(kit.section(f"{name}-{place}", part) for place, part in parts)
