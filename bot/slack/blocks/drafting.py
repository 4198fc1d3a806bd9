"""Draws the window in which a curator drafts a fact, and what became of the draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from bot.curation.fields import ASKED, OPTIONAL, Fields
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Source
from bot.knowledge.terms import Topic
from bot.promise.tickets import Ticket
from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import OPTION, OPTIONS, SECTION_TEXT
from bot.slack.blocks.text import escaped, plain, shortened
from bot.slack.blocks.views import Form, paragraphs, window


TO_DRAFT = "ticket-draft"
MORE: Mapping[str, str] = {  # beside the fields that every draft needs
    "pair_with": "the id of the harms that a benefit must travel with, or empty",
}
SHOWN: Mapping[str, str] = {**ASKED, **MORE}
TITLES = {"by": "Your name, as it will stand in the pack", "pair_with": "Harms"}
LONG = frozenset({"statement"})


@dataclass(frozen=True, slots=True)
class Offered:
    """A draft as its author gets it."""

    name: str
    patch: str
    pushed: str = ""  # one sentence about the branch


def field_of(name: str) -> str:
    """The name of a field in the window."""
    return f"draft-{name}"


def fields_for(ticket: Ticket) -> Fields:
    """What a ticket already says of its subject."""
    if ticket.gap is not None:
        return Fields(gap=str(ticket.gap))
    return Fields(measure=", ".join(ticket.concepts))


def drafting(
    ticket: int, filled: Fields, knowledge: Knowledge, fault: str = ""
) -> Block:
    """A window with a field for all that a draft needs."""
    gaps = (g for g in knowledge.gaps.values() if str(g.number) == filled.gap)
    gap = next(gaps, None)
    if gap is not None and not filled.label:
        filled = replace(
            filled,
            label=gap.label,
            measure=", ".join(gap.measure),
            covers=", ".join(gap.covers),
        )
    said = fault or "A draft is told to nobody until somebody else has verified it."
    blocks = (
        *paragraphs("said", said),
        *(_field(name, filled, knowledge) for name in SHOWN),
    )
    carries = {"ticket": ticket, "gap": filled.gap}
    return window("Draft a fact", blocks, Form("Draft", TO_DRAFT, carries))


def drafted(offered: Offered) -> Message:
    """The draft as a patch in so many words, and what comes next."""
    return _offering(offered, "save the patch below as", tuple(_preformatted(offered)))


def attached(offered: Offered) -> Message:
    """The same where the patch is a file beside it."""
    return _offering(offered, "save the file beside this,", ())


def filename(offered: Offered) -> str:
    """What the file with the patch is called."""
    return f"{offered.name}.patch"


def _offering(offered: Offered, how: str, patch: tuple[Block, ...]) -> Message:
    name, file = offered.name, filename(offered)
    said = (
        f"The draft {name} keeps every rule. Nobody is told it until somebody else has"
        f" held it against its source: {how} {file}, then"
        f" becar7 verify {name} --by NAME --patch {file}"
    )
    blocks = (
        *paragraphs("said", said),
        *(paragraphs("pushed", offered.pushed) if offered.pushed else ()),
        *patch,
    )
    return Message(escaped(f"{said} {offered.pushed}".strip()), blocks)


def _field(name: str, filled: Fields, knowledge: Knowledge) -> Block:
    typed = getattr(filled, name)
    element = _element(name, typed, knowledge)
    title = TITLES.get(name, name.capitalize())
    block = kit.field(field_of(name), title, element, SHOWN[name])
    if name in OPTIONAL | MORE.keys():
        block["optional"] = True
    return block


def _element(name: str, typed: str, knowledge: Knowledge) -> Block:
    if name == "topic":
        return _select({one: one for one in get_args(Topic)}, typed)
    if name == "source" and len(knowledge.sources) <= OPTIONS:
        return _select(_by_name(knowledge.sources.values()), typed)
    element: Block = {"type": "plain_text_input", "multiline": name in LONG}
    return element | ({"initial_value": typed} if typed else {})


def _by_name(works: Iterable[Source]) -> dict[str, str]:
    """Each work by its id: its title, then the id, in the order of the alphabet."""
    named = {work.id: _named(work) for work in works}
    return dict(sorted(named.items(), key=lambda one: one[1].casefold()))


def _named(work: Source) -> str:
    room = OPTION - len(f" · {work.id}")
    return f"{shortened(plain(work.title), max(room, 1))} · {work.id}"


def _select(choices: Mapping[str, str], chosen: str) -> Block:
    options = {
        value: kit.option(shortened(plain(text), OPTION), value)
        for value, text in choices.items()
    }
    select: Block = {"type": "static_select", "options": list(options.values())}
    return select | ({"initial_option": options[chosen]} if chosen in options else {})


def _preformatted(offered: Offered) -> Iterator[Block]:
    """The patch, cut between lines where it is too long for one block."""
    lines = offered.patch.splitlines(keepends=True)
    for place, part in enumerate(_pieces(lines), start=1):
        yield kit.preformatted(f"patch-{place}", part)


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    piece = ""
    for line in lines:
        if piece and len(piece) + len(line) > SECTION_TEXT:
            yield piece
            piece = ""
        piece += line
    if piece:
        yield piece
